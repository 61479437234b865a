package lib.json;

import module java.base;

/// A string, a number, true or false. One that was read is a slice of the bytes that it was read from: it is decoded only when its
/// text is asked for, and is written as it came.
public final class JsonPrimitive extends JsonElement {
    private final byte[] json;   // null for a value that was made here
    private final int from, to;
    private final boolean plain;
    private Object value;   // a String, Number or Boolean; null for a slice that nobody has asked about

    JsonPrimitive(Object value) {
        this.value = value;
        json = null;
        from = to = 0;
        plain = true;
    }

    /// A string with its quotes, or a number; `plain` if no character of it is escaped.
    JsonPrimitive(byte[] json, int from, int to, boolean plain) {
        this.json = json;
        this.from = from;
        this.to = to;
        this.plain = plain;
    }

    boolean isSlice() { return json != null; }

    boolean isString() { return isSlice() ? json[from] == '"' : value instanceof String; }

    boolean isNumber() { return isSlice() ? json[from] != '"' : value instanceof Number; }

    boolean isBoolean() { return value instanceof Boolean; }

    boolean isTrue() { return Boolean.TRUE.equals(value); }

    /// A string's text, or a number or boolean as it is spelled.
    String spelled() {
        if (value == null) value = isString() ? text() : new String(json, from, to - from, StandardCharsets.ISO_8859_1);
        return value.toString();
    }

    double decimal() { return value instanceof Number number ? number.doubleValue() : Double.parseDouble(spelled()); }

    private String text() {
        var text = new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
        if (plain) return text;
        var out = new StringBuilder(text.length());
        var done = 0;
        for (var at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', done)) {
            var escaped = text.charAt(at + 1);
            out.append(text, done, at);
            done = at + 2;
            switch (escaped) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    done = at + 6;
                    out.append((char) Integer.parseInt(text, at + 2, done, 16));
                }
                default -> out.append(escaped);
            }
        }
        return out.append(text, done, text.length()).toString();
    }

    /// About how many bytes it is written as.
    int length() { return isSlice() ? to - from : spelled().length() * 9 / 8 + 2; }

    boolean isEmpty() { return isSlice() ? to - from == 2 : spelled().isEmpty(); }

    /// Decodes only a text that begins with space or with an escape.
    boolean isBlank() {
        if (isSlice()) for (var i = from + 1; i < to - 1; i++) {
            if (json[i] > ' ' && json[i] != '\\') return false;
            if (json[i] != ' ') return spelled().isBlank();
        }
        return isSlice() || spelled().isBlank();
    }

    /// Decodes nothing: `beginning` is spelled in JSON as it is.
    boolean startsWith(String beginning) {
        if (!isSlice()) return spelled().startsWith(beginning);
        if (to - from - 2 < beginning.length()) return false;
        for (var i = 0; i < beginning.length(); i++) if (json[from + 1 + i] != beginning.charAt(i)) return false;
        return true;
    }

    /// A string without its quotes, as part of another.
    void writeTextTo(Utf8 out) {
        if (isSlice()) out.add(json, from + 1, to - 1);
        else out.escaped(spelled());
    }

    void writeTo(Utf8 out) {
        if (isSlice()) out.add(json, from, to);
        else if (isString()) out.quoted(spelled());
        else out.add(spelled());
    }

    @Override JsonPrimitive deepCopy() { return this; }

    /// Numbers are equal however they are spelled.
    @Override public boolean equals(Object other) {
        if (other == this) return true;
        if (!(other instanceof JsonPrimitive that) || that.isString() != isString() || that.isBoolean() != isBoolean()) return false;
        return isNumber() ? Double.compare(decimal(), that.decimal()) == 0 : spelled().equals(that.spelled());
    }

    @Override public int hashCode() { return isNumber() ? Double.hashCode(decimal()) : spelled().hashCode(); }
}
