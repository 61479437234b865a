package lib.json;

import module java.base;

/// A value in a text that a later one may have, too. It is read for itself once there is one that has it.
final class Part {
    /// What is shorter costs less to read again.
    private static final int SHORTEST = 32;
    /// Bytes of heap for a value of a tree.
    private static final int VALUE = 64;

    private final byte[] json;
    private final int from, to;
    private Optional<JsonElement> value = Optional.empty();
    private long cost;

    /// A value in bytes that were read before.
    Part(byte[] json, int from, int to) {
        this.json = json;
        this.from = from;
        this.to = to;
        this.cost = to - from;
    }

    /// Whether this value, which was read, may be shared: it is as it came, and long.
    static boolean canBe(JsonElement value, int length) {
        return length >= SHORTEST
            && (value instanceof JsonContainer read ? read.isSlice() : value instanceof JsonPrimitive text && text.isSlice());
    }

    /// The same with bytes of its own.
    Part own() { return new Part(Arrays.copyOfRange(json, from, to), 0, to - from); }

    /// About how many bytes of heap it takes, with what follows from it.
    synchronized long cost() { return cost; }

    /// The value, to be changed by whoever asks.
    JsonElement copy() { return shared().deepCopy(); }

    private synchronized JsonElement shared() {
        if (value.isEmpty()) {
            var reader = SliceReader.at(json, from);
            value = Optional.of(reader.item());
            cost = 3L * (to - from) + (long) VALUE * reader.count();
            if (value.get() instanceof JsonContainer read) read.slice().repeats = true;
        }
        return value.get();
    }
}
