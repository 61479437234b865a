package lib.json;

/// An object or a list. One that was read knows the bytes that it was read from, and is written as they are for as long as
/// nobody has had a chance to change it or what is in it: the schemas of the client's tools go through FreeCC as a copy. Until
/// then, its copy shares what is in it.
abstract sealed class JsonContainer extends JsonElement permits JsonArray, JsonObject {
    private byte[] json;   // null for what was made here, or may have changed
    private int from, to;
    private boolean shared;

    /// It was read from these bytes, which have no space between their tokens.
    void readFrom(byte[] json, int from, int to) {
        this.json = json;
        this.from = from;
        this.to = to;
    }

    /// What is in it is about to be handed out, or to change.
    void touched() {
        json = null;
        if (!shared) return;
        own();
        shared = false;
    }

    /// Puts copies in the place of what it shares.
    abstract void own();

    /// Separates a copy from this original: when one of them is touched, or at once if somebody may have looked into this one.
    <T extends JsonContainer> T separated(T copy) {
        if (!isSlice()) {
            copy.own();
            return copy;
        }
        shared = true;
        JsonContainer other = copy;
        other.shared = true;
        copy.readFrom(json, from, to);
        return copy;
    }

    boolean isSlice() { return json != null; }

    /// Reads the bytes once more.
    JsonObject again() { return SliceReader.object(json, from); }

    int sliceLength() { return to - from; }

    Written slice() { return new Written(json, from, to); }

    void writeSliceTo(Utf8 out) { out.add(json, from, to); }
}
