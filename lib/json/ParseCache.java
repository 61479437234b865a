package lib.json;

import module java.base;

/// Reads the requests of conversations. Each repeats the one before it, byte for byte, and adds a turn: the tools, the system prompt
/// and the turns that an earlier request had are not read again. Each request gets copies of its own. What is kept of the latest
/// conversations takes a small part of the heap, and goes when that is full.
public final class ParseCache {
    private static final int MOST = 64, SMALLEST = 1 << 10, LARGEST = 4 << 20;
    private static final long ROOM = Runtime.getRuntime().maxMemory() / 32;

    /// A text that was read, and the parts in it that another one may have, too. Those that continue one another are of one line.
    private record Text(byte[] json, List<Overlap.Part> parts, Object line) {
        static final Text NONE = new Text(new byte[0], List.of(), Text.class);

        /// How many bytes it begins with that the other one begins with, too.
        int same(byte[] other) {
            var at = Arrays.mismatch(json, other);
            return at < 0 ? json.length : at;
        }
    }

    private final int smallest;
    private final Deque<SoftReference<Text>> texts = new ArrayDeque<>();   // the latest first

    public ParseCache() { this(SMALLEST); }

    /// The length from which a text is kept.
    public ParseCache(int smallest) { this.smallest = smallest; }

    /// The tree in these bytes.
    public JsonElement parse(byte[] json) {
        if (json.length < smallest || json.length > LARGEST) return Json.parse(json);
        var earlier = earlier(json);
        var overlap = new Overlap(json, earlier.json, earlier.parts, earlier.same(json));
        var tree = SliceReader.read(json, overlap);
        if (tree.isEmpty()) return Json.parse(json);
        keep(new Text(json, overlap.parts(), overlap.isContinued() ? earlier.line : new Object()));
        return tree.get();
    }

    /// The text that begins most like this one.
    private Text earlier(byte[] json) {
        var best = Text.NONE;
        var most = 0;
        for (var one : latest()) {
            var same = one.same(json);
            if (same <= most) continue;
            most = same;
            best = one;
        }
        return best;
    }

    private synchronized List<Text> latest() { return texts.stream().map(SoftReference::get).filter(Objects::nonNull).toList(); }

    /// In the place of the one that it continues.
    private synchronized void keep(Text text) {
        texts.removeIf(kept -> Optional.ofNullable(kept.get()).map(Text::line).orElse(text.line) == text.line);
        texts.addFirst(new SoftReference<>(text));
        var sum = 0L;
        for (var kept : List.copyOf(texts)) {
            sum += Optional.ofNullable(kept.get()).map(one -> one.json.length).orElse(0);
            if (sum > ROOM || texts.size() > MOST && kept == texts.getLast()) texts.remove(kept);
        }
    }
}
