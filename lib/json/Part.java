package lib.json;

import module java.base;

/// A value in a text that a later text may have, too. Once one does, the value is read by itself and holds its own bytes, so that a
/// long conversation does not keep every text that it was sent in.
final class Part {
    /// What is shorter costs less to read again.
    private static final int SHORTEST = 32;
    /// Bytes of heap for what is shared: by itself, for each of its bytes and for each value in it, with what follows from it.
    private static final int ITSELF = 1000, BYTE = 4, VALUE = 64;

    private byte[] json;   // of the whole text, until the value is read
    private final int from, length;
    private Optional<JsonElement> value = Optional.empty();
    private long cost;

    /// A value in bytes that were read before.
    Part(byte[] json, int from, int to) {
        this.json = json;
        this.from = from;
        this.length = to - from;
    }

    /// Whether this value, which was read, may be shared: it is as it came, and long.
    static boolean canBe(JsonElement value, int length) {
        return length >= SHORTEST
            && (value instanceof JsonContainer read ? read.isSlice() : value instanceof JsonPrimitive text && text.isSlice());
    }

    int length() { return length; }

    /// About how many bytes of heap it takes beside the text.
    synchronized long cost() { return cost; }

    /// The value, to be changed by whoever asks.
    JsonElement copy() { return shared().deepCopy(); }

    private synchronized JsonElement shared() {
        if (value.isEmpty()) {
            var reader = SliceReader.at(Arrays.copyOfRange(json, from, from + length), 0);
            value = Optional.of(reader.item());
            json = new byte[0];
            cost = ITSELF + (long) BYTE * length + (long) VALUE * reader.count();
            if (value.get() instanceof JsonContainer read) read.slice().repeats = true;
        }
        return value.get();
    }
}
