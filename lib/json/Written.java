package lib.json;

import module java.base;

/// JSON as it is written, as a key to look something up by. That of a tree which nobody has touched is not written for it.
public final class Written {
    private final Slice slice;
    private final int hash;

    Written(Slice slice) {
        this.slice = slice;
        var sum = new CRC32C();   // the processor computes it
        sum.update(slice.json, slice.from, slice.length());
        this.hash = (int) sum.getValue();
    }

    public int length() { return slice.length(); }

    /// The same with bytes of its own, so that a map which keeps it does not keep the whole request.
    public Written own() { return new Written(new Slice(Arrays.copyOfRange(slice.json, slice.from, slice.to), 0, length())); }

    @Override public boolean equals(Object other) {
        return other instanceof Written that && hash == that.hash
            && Arrays.equals(slice.json, slice.from, slice.to, that.slice.json, that.slice.from, that.slice.to);
    }

    @Override public int hashCode() { return hash; }
}
