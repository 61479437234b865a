package lib.json;

import module java.base;

/// Reads the requests of conversations. Each repeats the one before it, byte for byte, and adds a turn: the tools, the system prompt
/// and the turns that an earlier request had are not read again, nor is what follows from them found out again (`Json.found`). Each
/// request gets copies of its own. The latest conversations are kept, up to a sixteenth of the heap. A request of 111 kB that differs
/// from the one before it in its last turn takes 0.76 of the time to its first token; one with nothing in common, as long as before.
public final class ParseCache {
    private static final int SMALLEST = 1 << 10, LARGEST = 4 << 20;
    private static final long HEAP = Runtime.getRuntime().maxMemory(), ROOM = HEAP / 16;
    /// One user has few conversations at once; a server for many has a larger heap.
    private static final int MOST = (int) Math.clamp(HEAP / (16 << 20), 16, 1024);

    /// A text that was read, and the parts in it. Those that continue one another are of one line, of which the latest is kept.
    private record Text(byte[] json, List<Overlap.Place> places, Object line, long cost) {
        static final Text NONE = new Text(new byte[0], List.of(), "none", 0);
    }

    /// A text, and how many bytes of its beginning another one has, too.
    private record Neighbour(Text text, int same) { }

    private final int smallest;
    private final SequencedMap<Object, Text> byLine = new LinkedHashMap<>();   // the latest last
    private final NavigableMap<byte[], Text> byBeginning = new TreeMap<>(Arrays::compareUnsigned);   // neighbours begin alike
    private long cost;

    public ParseCache() { this(SMALLEST); }

    /// The length from which a text is kept.
    public ParseCache(int smallest) { this.smallest = smallest; }

    /// The tree in these bytes.
    public JsonElement parse(byte[] json) {
        if (json.length < smallest || json.length > LARGEST) return Json.parse(json);
        var neighbour = neighbour(json);
        var earlier = neighbour.text;
        var overlap = new Overlap(json, earlier.json, earlier.places, neighbour.same);
        var tree = SliceReader.read(json, overlap);
        if (tree.isEmpty()) return Json.carefully(json);
        if (overlap.isKept()) keep(json, overlap.places(), overlap.isContinued() ? earlier.line : new Object());
        return tree.get();
    }

    /// The text that begins most like this one.
    private synchronized Neighbour neighbour(byte[] json) {
        return Stream.of(byBeginning.floorEntry(json), byBeginning.higherEntry(json)).filter(Objects::nonNull)
            .map(entry -> new Neighbour(entry.getValue(), Utf8.sameBeginning(json, entry.getKey())))
            .max(Comparator.comparing(Neighbour::same)).orElse(new Neighbour(Text.NONE, 0));
    }

    private synchronized void keep(byte[] json, List<Overlap.Place> places, Object line) {
        var text = new Text(json, places, line, json.length + places.stream().mapToLong(place -> place.part().cost()).sum());
        drop(byLine.get(line));
        drop(byBeginning.get(json));
        byLine.put(line, text);
        byBeginning.put(json, text);
        cost += text.cost;
        while (byLine.size() > MOST || cost > ROOM) drop(byLine.firstEntry().getValue());
    }

    private void drop(Text text) {
        if (text == null) return;
        byLine.remove(text.line);
        byBeginning.remove(text.json);
        cost -= text.cost;
    }

    /// How many texts are kept.
    synchronized int size() { return byLine.size(); }

    /// About how many bytes of heap they take.
    synchronized long cost() { return cost; }
}
