package lib.json;

import module java.base;

/// JSON as it is written, as a key to look something up by. That of a tree which nobody has touched is not written for it.
public final class Written {
    private final byte[] json;
    private final int from, to, hash;

    Written(byte[] json, int from, int to) {
        this.json = json;
        this.from = from;
        this.to = to;
        var sum = new CRC32C();   // the processor computes it
        sum.update(json, from, to - from);
        this.hash = (int) sum.getValue();
    }

    public int length() { return to - from; }

    /// The same with bytes of its own, so that a map which keeps it does not keep the whole request.
    public Written own() { return new Written(Arrays.copyOfRange(json, from, to), 0, length()); }

    @Override public boolean equals(Object other) {
        return other instanceof Written that && hash == that.hash && Arrays.equals(json, from, to, that.json, that.from, that.to);
    }

    @Override public int hashCode() { return hash; }
}
