package lib.wire;

import module java.base;

/// A growing byte buffer: writing JSON and events straight into it costs half as much as going through strings.
public final class Utf8 {
    private byte[] bytes;
    private int length;

    public Utf8(int capacity) { bytes = new byte[capacity]; }

    public Utf8 add(String text) { return add(text.getBytes(StandardCharsets.UTF_8)); }

    private Utf8 add(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    public Utf8 add(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    public Utf8 add(long number) { return add(Long.toString(number)); }

    /// The text as a JSON string. A lone surrogate is escaped, so that it survives UTF-8.
    public Utf8 quoted(String text) {
        add('"');
        var encoded = text.getBytes(StandardCharsets.UTF_8);
        if (hasLoneSurrogate(text)) return slowly(text).add('"');
        var from = 0;
        room(encoded.length);
        for (var i = 0; i < encoded.length; i++) {
            var b = encoded[i];
            if (b >= ' ' && b != '"' && b != '\\' || b < 0) continue;
            span(encoded, from, i);
            escaped(b);
            from = i + 1;
        }
        span(encoded, from, encoded.length);
        return add('"');
    }

    private void span(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
    }

    private void escaped(int c) {
        switch (c) {
            case '"' -> add("\\\"");
            case '\\' -> add("\\\\");
            case '\n' -> add("\\n");
            case '\r' -> add("\\r");
            case '\t' -> add("\\t");
            default -> add("\\u%04x".formatted(c));
        }
    }

    private Utf8 slowly(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1)))
                add(text.substring(i, ++i + 1));
            else if (Character.isSurrogate(c) || c < ' ' || c == '"' || c == '\\') escaped(c);
            else add(String.valueOf(c));
        }
        return this;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(++i))) return true;
        }
        return false;
    }

    private void room(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }

    public int length() { return length; }

    public boolean isEmpty() { return length == 0; }

    public byte[] bytes() { return Arrays.copyOf(bytes, length); }

    @Override public String toString() { return new String(bytes, 0, length, StandardCharsets.UTF_8); }

    /// Writes the content and empties the buffer.
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
