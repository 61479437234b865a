package lib.json;

/// The bytes that a tree was read from.
record Slice(byte[] json, int from, int to) {
    int length() { return to - from; }
}
