package lib.json;

import module java.base;

/// What a text has in common with an earlier one: its beginning, and its end. The parts in them are known.
final class Overlap {
    /// Where a part is in a text.
    record Place(int from, Part part, boolean isTurn) {
        int to() { return from + part.length(); }
    }

    /// Of a text that is read by itself: nobody asks it for parts.
    static final Overlap NONE = new Overlap(new byte[0], new byte[0], List.of(), 0);

    private final byte[] json;
    private final List<Place> before, places = new ArrayList<>();
    private final int beginning, end, shift;   // `shift`: how much later the end is than in the earlier text
    private int next;   // of those before
    private int newFrom, newTo = Integer.MAX_VALUE;   // between the known parts of the beginning and those of the end
    private int inParts, knownTurns;

    /// The first `beginning` bytes are those of the earlier text.
    Overlap(byte[] json, byte[] earlier, List<Place> before, int beginning) {
        this.json = json;
        this.before = before;
        this.beginning = beginning;
        this.shift = json.length - earlier.length;
        this.end = json.length - Utf8.sameEnd(json, earlier, Math.min(json.length, earlier.length) - beginning);
    }

    /// The part that begins here, if the earlier text had it. They are asked for in their order.
    Optional<Place> at(int from) {
        if (from >= beginning && from < end) return Optional.empty();
        var moved = from < end ? 0 : shift;
        while (next < before.size() && before.get(next).from < from - moved) next++;
        if (next == before.size() || before.get(next).from != from - moved) return Optional.empty();
        var place = new Place(from, before.get(next).part, before.get(next).isTurn);
        if (from < end && place.to() > beginning) return Optional.empty();
        if (from < end) newFrom = place.to();
        else newTo = Math.min(newTo, from);
        if (place.isTurn) knownTurns++;
        keep(place);
        return Optional.of(place);
    }

    /// Keeps a part that was read.
    void add(int from, int to, boolean isTurn) { keep(new Place(from, new Part(json, from, to), isTurn)); }

    private void keep(Place place) {
        places.add(place);
        inParts += place.part.length();
    }

    /// Where what is new begins.
    int newFrom() { return newFrom; }

    /// Where it ends.
    int newTo(int length) { return Math.min(newTo, length); }

    List<Place> places() { return List.copyOf(places); }

    /// Whether most of the text is in parts, which a later one can share.
    boolean isKept() { return inParts > json.length / 2; }

    /// Whether the text goes on with the earlier conversation: most of its turns are in it. Tools alone are in others, too.
    boolean isContinued() { return knownTurns > 0 && knownTurns >= before.stream().filter(Place::isTurn).count() / 2; }
}
