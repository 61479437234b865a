package lib.json;

/// An object or a list. One that was read knows the bytes that it was read from, and is written as they are for as long as
/// neither it nor what is in it changes: the schemas of the client's tools go through FreeCC as a copy. Its copy shares what is
/// in it until somebody looks into one of the two.
abstract sealed class JsonContainer extends JsonElement permits JsonArray, JsonObject {
    private Slice slice;   // null for what was made here, or has changed
    private JsonContainer holder;   // the first that it was put into: a change here is one there
    private boolean shared, open;

    /// It was read from these bytes, which have no space between their tokens.
    void readFrom(byte[] json, int from, int to) { slice = new Slice(json, from, to); }

    /// What is in it is about to be handed out.
    void opened() {
        open = true;
        if (!shared) return;
        own();
        shared = false;
    }

    /// It is about to change.
    void changing() {
        opened();
        for (var one = this; one != null; one = one.holder) one.slice = null;
    }

    /// Puts copies in the place of what it shares.
    abstract void own();

    /// Notes where the value is.
    <T extends JsonElement> T held(T value) {
        if (value instanceof JsonContainer inner && inner.holder == null) inner.holder = this;
        return value;
    }

    /// A copy of the value for this holder.
    JsonElement heldCopy(JsonElement value) { return held(value.deepCopy()); }

    /// Takes a value over from a holder that nobody else has seen.
    void adopt(JsonElement value) {
        if (value instanceof JsonContainer inner) inner.holder = this;
    }

    /// Separates a copy from this original: when somebody looks into one of them, or at once if somebody has looked into this one.
    <T extends JsonContainer> T separated(T copy) {
        JsonContainer other = copy;
        other.slice = slice;
        if (slice == null || open) {
            copy.own();
            return copy;
        }
        shared = true;
        other.shared = true;
        return copy;
    }

    boolean isSlice() { return slice != null; }

    /// The bytes that it was read from, or null.
    Slice slice() { return slice; }
}
