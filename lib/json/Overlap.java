package lib.json;

import module java.base;

/// What a text has in common with an earlier one: its beginning, and its end. The values in them are known.
final class Overlap {
    /// A value in a text, from its first byte to behind its last; `fresh`: no earlier text had it.
    record Part(int from, int to, JsonContainer value, boolean fresh) { }

    /// A text that is read by itself.
    static final Overlap NONE = new Overlap(new byte[0], new byte[0], List.of(), 0);

    private final byte[] json;
    private final List<Part> before;
    private final List<Part> parts = new ArrayList<>();
    private final int beginning, end, shift;
    private int next;   // of those before
    private int newFrom, newTo = Integer.MAX_VALUE;   // between the known parts of the beginning and those of the end
    private int known;

    /// The first `beginning` bytes are those of the earlier text.
    Overlap(byte[] json, byte[] earlier, List<Part> before, int beginning) {
        this.json = json;
        this.before = before;
        this.beginning = beginning;
        this.shift = json.length - earlier.length;
        this.end = json.length - Utf8.sameEnd(json, earlier, Math.min(json.length, earlier.length) - beginning);
    }

    /// The part that begins here, if the earlier text had it. They are asked for in their order.
    Optional<Part> at(int from) {
        var inEnd = from >= end;
        var there = inEnd ? from - shift : from;
        while (next < before.size() && before.get(next).from < there) next++;
        if (next == before.size() || before.get(next).from != there) return Optional.empty();
        var part = before.get(next);
        var to = part.to + from - there;
        if (!inEnd && to > beginning) return Optional.empty();
        if (inEnd) newTo = Math.min(newTo, from);
        else newFrom = to;
        known += to - from;
        parts.add(new Part(from, to, part.value, false));
        return Optional.of(parts.getLast());
    }

    /// Keeps a part that was read.
    JsonContainer kept(int from, int to, JsonContainer value) {
        parts.add(new Part(from, to, value, true));
        return value;
    }

    /// Where what is new begins.
    int newFrom() { return newFrom; }

    /// Where it ends.
    int newTo(int length) { return Math.min(newTo, length); }

    /// All parts. The new ones of a text that is mostly known do not keep the whole text: else a long conversation would keep itself
    /// as many times as it has turns.
    List<Part> parts() {
        if (known < json.length / 2) return List.copyOf(parts);
        return parts.stream().map(part -> part.fresh ? own(part) : part).toList();
    }

    private Part own(Part part) {
        var copy = SliceReader.read(Arrays.copyOfRange(json, part.from, part.to)).orElse(part.value);
        return copy instanceof JsonContainer value ? new Part(part.from, part.to, value, true) : part;
    }

    /// Whether nearly all is known, so that the earlier text is this one's beginning.
    boolean isContinued() { return known >= json.length / 4 * 3; }
}
