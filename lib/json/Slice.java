package lib.json;

import module java.base;

/// The bytes that a tree was read from, and what was found out about the tree.
final class Slice {
    private static final int MOST = 16, MOST_TOGETHER = 2;   // made for two models: the one that serves, and another

    final byte[] json;
    final int from, to;
    boolean repeats;   // it was in an earlier text, too, so that it pays to keep what is found out
    private volatile Map<Object, Object> findings = Map.of();

    Slice(byte[] json, int from, int to) {
        this.json = json;
        this.from = from;
        this.to = to;
    }

    /// Several, one after the other, and what is found out about them.
    record Together(List<Slice> slices, Object what) {
        @Override public boolean equals(Object other) {
            if (!(other instanceof Together that) || slices.size() != that.slices.size() || !what.equals(that.what)) return false;
            for (var i = 0; i < slices.size(); i++) if (slices.get(i) != that.slices.get(i)) return false;
            return true;
        }

        @Override public int hashCode() { return System.identityHashCode(slices.getLast()) * 31 + what.hashCode(); }
    }

    int length() { return to - from; }

    Object finding(Object key) { return findings.get(key); }

    /// If two threads find something at the same time, one of the findings may be lost.
    void keep(Object key, Object finding) {
        var all = new LinkedHashMap<>(findings);
        all.put(key, finding);
        var made = all.keySet().stream().filter(Together.class::isInstance).toList();
        if (made.size() > MOST_TOGETHER) all.remove(made.getFirst());
        if (all.size() > MOST) all.pollFirstEntry();
        findings = all;
    }
}
