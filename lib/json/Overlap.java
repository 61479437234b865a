package lib.json;

import module java.base;

/// What a text has in common with an earlier one: its beginning, and its end. The parts in them are known.
final class Overlap {
    /// Where a part is in a text, from its first byte to behind its last; `fresh`: the earlier text did not have it.
    record Place(int from, int to, Part part, boolean fresh) { }

    /// Of a text that is read by itself: nobody asks it for parts.
    static final Overlap NONE = new Overlap(new byte[0], new byte[0], List.of());

    private final byte[] json;
    private final List<Place> before, places = new ArrayList<>();
    private final int beginning, end, shift;   // `shift`: how much later the end is than in the earlier text
    private int next;   // of those before
    private int newFrom, newTo = Integer.MAX_VALUE;   // between the known parts of the beginning and those of the end
    private int known, fresh;

    Overlap(byte[] json, byte[] earlier, List<Place> before) {
        var mismatch = Arrays.mismatch(json, earlier);
        this.json = json;
        this.before = before;
        this.beginning = mismatch < 0 ? json.length : mismatch;
        this.shift = json.length - earlier.length;
        this.end = json.length - Utf8.sameEnd(json, earlier, Math.min(json.length, earlier.length) - beginning);
    }

    /// The part that begins here, if the earlier text had it. They are asked for in their order.
    Optional<Place> at(int from) {
        if (from >= beginning && from < end) return Optional.empty();
        var moved = from < end ? 0 : shift;
        while (next < before.size() && before.get(next).from < from - moved) next++;
        if (next == before.size() || before.get(next).from != from - moved) return Optional.empty();
        var place = new Place(from, before.get(next).to + moved, before.get(next).part, false);
        if (from < end && place.to > beginning) return Optional.empty();
        if (from < end) newFrom = place.to;
        else newTo = Math.min(newTo, from);
        known += place.to - from;
        places.add(place);
        return Optional.of(place);
    }

    /// Keeps a part that was read.
    void add(int from, int to) {
        fresh += to - from;
        places.add(new Place(from, to, new Part(json, from, to), true));
    }

    /// Where what is new begins.
    int newFrom() { return newFrom; }

    /// Where it ends.
    int newTo(int length) { return Math.min(newTo, length); }

    /// All parts. Where some are known, a new one does not keep the text that it is in, unless it is most of it: else a conversation
    /// would keep itself as many times as it has turns.
    List<Place> places() {
        if (known == 0) return List.copyOf(places);
        return places.stream().map(place -> place.fresh && place.to - place.from < json.length / 2
            ? new Place(place.from, place.to, place.part.own(), true) : place).toList();
    }

    /// Whether most of the text is in parts, which a later one can share.
    boolean isKept() { return known + fresh > json.length / 2; }

    /// Whether nearly all of the earlier text is in this one.
    boolean isContinued() { return known > (json.length - shift) / 4 * 3; }
}
