package lib.json;

import module java.base;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A growing byte buffer: writing JSON and events straight into it costs half as much as going through strings.
public final class Utf8 {
    /// Eight bytes at once.
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final long ONES = 0x0101010101010101L, BEYOND_ASCII = 0x80 * ONES;

    private static final int SHORT = 48;   // copying so few characters costs less than allocating their bytes

    private byte[] bytes;
    private int length;

    public Utf8(int capacity) { bytes = new byte[capacity]; }

    public Utf8 add(String text) {
        if (text.length() > SHORT) return add(text.getBytes(StandardCharsets.UTF_8));
        room(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c > '\u007F') return add(text.substring(i).getBytes(StandardCharsets.UTF_8));
            bytes[length++] = (byte) c;
        }
        return this;
    }

    Utf8 add(Slice slice) { return add(slice.json, slice.from, slice.to); }

    private Utf8 add(byte[] more) { return add(more, 0, more.length); }

    public Utf8 add(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, length, end - start);
        length += end - start;
        return this;
    }

    /// A comma, unless a list or an object has only just been opened.
    Utf8 separated(char open) { return bytes[length - 1] == open ? this : add(','); }

    public Utf8 add(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    public Utf8 add(long number) { return add(Long.toString(number)); }

    /// The text as a JSON string. A lone surrogate is escaped, so that it survives UTF-8.
    public Utf8 quoted(String text) { return add('"').escaped(text).add('"'); }

    /// The same without its quotes.
    Utf8 escaped(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);   // a lone surrogate becomes a question mark
        return contains(utf8, '?') && hasLoneSurrogate(text) ? slowly(text) : escaped(utf8);
    }

    private static boolean contains(byte[] bytes, char wanted) {
        for (var b : bytes) if (b == wanted) return true;
        return false;
    }

    Utf8 escaped(byte[] utf8) {
        var from = 0;
        room(utf8.length);
        for (var i = 0; i < utf8.length; i++) {
            var b = utf8[i];
            if (b >= ' ' && b != '"' && b != '\\' || b < 0) continue;
            add(utf8, from, i);
            escaped(b);
            from = i + 1;
        }
        return add(utf8, from, utf8.length);
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

    static boolean hasLoneSurrogate(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(++i))) return true;
        }
        return false;
    }

    /// Whether the bytes are UTF-8: https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506 (table 3-7). Eight
    /// at a time: the bytes that continue a character are exactly those that must.
    static boolean isValid(byte[] bytes, int from, int to) {
        long wrong = 0, open = 0;   // `open`: must continue a character of the last eight
        for (var at = from; at < to; at += 8) {
            var eight = eight(bytes, at, to);
            var beyond = eight & BEYOND_ASCII;
            if ((beyond | open) == 0) continue;
            var first = beyond & eight << 1;    // the first of two or more
            var longer = first & eight << 2;    // of three or more
            var longest = longer & eight << 3;  // of four
            wrong |= beyond ^ first ^ (open | first << 8 | longer << 16 | longest << 24);
            wrong |= zero(eight & ~ONES ^ 0xC0 * ONES);   // C0 and C1 would begin an ASCII character
            open = first >>> 56 | longer >>> 48 | longest >>> 40;
            for (; longer != 0; longer &= longer - 1) {
                var i = at + (Long.numberOfTrailingZeros(longer) >>> 3);
                if (i + 1 == to || !isSecond(bytes[i] & 0xFF, bytes[i + 1] & 0xFF)) return false;
            }
        }
        return (wrong | open) == 0;
    }

    /// How many bytes both begin with.
    static int sameBeginning(byte[] one, byte[] other) {
        var at = Arrays.mismatch(one, other);
        return at < 0 ? one.length : at;
    }

    /// How many bytes both end with, `most` at the most.
    static int sameEnd(byte[] one, byte[] other, int most) {
        var same = 0;
        while (same + 8 <= most && last(one, same) == last(other, same)) same += 8;
        while (same < most && one[one.length - same - 1] == other[other.length - same - 1]) same++;
        return same;
    }

    /// The eight before the last `behind`.
    private static long last(byte[] bytes, int behind) { return (long) LONG.get(bytes, bytes.length - behind - 8); }

    /// Filled up with zeros at the end.
    private static long eight(byte[] bytes, int at, int to) {
        if (at + 8 <= to) return (long) LONG.get(bytes, at);
        var rest = 0L;
        for (var i = to - 1; i >= at; i--) rest = rest << 8 | bytes[i] & 0xFF;
        return rest;
    }

    /// Has the high bit of each byte that is zero, and perhaps of others after the first of them.
    static long zero(long eight) { return eight - ONES & ~eight & BEYOND_ASCII; }

    private static boolean isSecond(int first, int second) {
        var least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        var most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        return first <= 0xF4 && second >= least && second <= most;
    }

    private void room(int more) {
        if (length + more > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }

    public int length() { return length; }

    public boolean isEmpty() { return length == 0; }

    /// The content; the buffer is empty afterwards.
    public byte[] take() {
        var taken = bytes();
        length = 0;
        return taken;
    }

    public byte[] bytes() { return Arrays.copyOf(bytes, length); }

    @Override public String toString() { return new String(bytes, 0, length, StandardCharsets.UTF_8); }

    /// Writes the content and empties the buffer.
    public void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }
}
