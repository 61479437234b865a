package lib.json;

import module java.base;

/// Reads JSON in one pass over its bytes; strings and numbers stay slices of them. What is not plain JSON is left to
/// `CarefulReader`, which also says what is wrong with it. Beside gson's tree, FreeCC answers 1.4 times the requests of
/// 111 kB a second, and a request of 47 MB takes less than 3 times its size instead of 13.
final class SliceReader {
    private static final long ONES = Utf8.ONES, HIGH = Utf8.BEYOND_ASCII;
    private static final int DEEPEST = 200, SHORT = 1024;
    private static final Names KEYS = new Names();

    private static final class Odd extends RuntimeException {
        static final Odd IT = new Odd();

        Odd() { super(null, null, false, false); }
    }

    private final byte[] in;
    private final Overlap overlap;
    private final boolean keeps;   // objects and lists know their bytes: not those of a stream's event
    private int at, depth, count;
    private int spaced = -1;   // where the last thing ended that is not written as it came: space, or an object with a key twice
    private long beyondAscii;
    private boolean plain;
    private boolean defers;   // some objects are only checked, and read when somebody asks
    private boolean apart;    // the values here are parts that an earlier text may have, too

    private SliceReader(byte[] in, boolean defers, Overlap overlap) {
        this.in = in;
        this.defers = defers;
        this.keeps = defers;
        this.overlap = overlap;
        this.apart = overlap != Overlap.NONE;
    }

    /// The whole object there, which was only checked before.
    static JsonObject object(byte[] json, int from) {
        var reader = at(json, from);
        reader.defers = false;
        return reader.object(false);
    }

    /// A reader of a value there, which was read before.
    static SliceReader at(byte[] json, int from) {
        var reader = new SliceReader(json, true, Overlap.NONE);
        reader.at = from;
        return reader;
    }

    /// The tree, or nothing if the bytes are not plain JSON.
    static Optional<JsonElement> read(byte[] json) { return read(json, Overlap.NONE); }

    /// The same, but what an earlier text had, too, is taken from there.
    static Optional<JsonElement> read(byte[] json, Overlap overlap) {
        var reader = new SliceReader(json, json.length > SHORT || overlap != Overlap.NONE, overlap);   // all of an event is read
        try {
            var tree = reader.value();
            reader.space();
            return reader.at == json.length && reader.isUtf8() ? Optional.of(tree) : Optional.empty();
        } catch (Odd | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private boolean isUtf8() { return beyondAscii == 0 || Utf8.isValid(in, overlap.newFrom(), overlap.newTo(in.length)); }

    /// A value that an earlier text may have had, too: then it is not read again.
    private JsonElement part() {
        var known = overlap.at(at);
        if (known.isPresent()) {
            at = known.get().to();
            return known.get().part().copy();
        }
        var from = at;
        apart = false;
        var value = item();
        apart = true;
        if (Part.canBe(value, at - from)) overlap.add(from, at, depth > 1);
        return value;
    }

    /// How many values were read.
    int count() { return count; }

    private void space() {
        while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) spaced = ++at;
    }

    private JsonElement value() {
        space();
        return switch (in[at]) {
            case '{' -> object(false);
            case '[' -> array();
            case '"' -> text();
            case 't' -> word("true", new JsonPrimitive(true));
            case 'f' -> word("false", new JsonPrimitive(false));
            case 'n' -> word("null", JsonNull.INSTANCE);
            default -> number();
        };
    }

    /// An object `inList` may have others in it that only some requests look into, such as a tool's schema and the input of a call.
    private JsonObject object(boolean inList) {
        var object = new JsonObject();
        var from = at;
        var members = 0;
        if (isEmpty('}')) return object;
        do {
            members++;
            quote();
            var key = key();
            colon();
            object.put(key, apart ? member(key) : inList && defers && in[at] == '{' ? unread() : value());
        } while (isFollowed('}'));
        if (object.size() < members) spaced = at;   // a key comes twice
        if (keeps && spaced <= from) object.readFrom(in, from, at);
        return object;
    }

    /// A conversation's turns are parts, and so is any other value.
    private JsonElement member(String key) { return in[at] == '[' && key.equals("messages") ? array() : part(); }

    private void quote() {
        space();
        if (in[at] != '"') throw Odd.IT;
    }

    private void colon() {
        space();
        if (in[at++] != ':') throw Odd.IT;
        space();
    }

    /// Checks an object; what is in it is read when somebody asks. Most of a request's keys are in its tools' schemas, which pass as
    /// they are. One with spaces in it is read at once, and so is everything after it.
    private JsonObject unread() {
        var from = at;
        skip();
        if (spaced <= from) return new JsonObject(in, from, at);
        defers = false;
        at = from;
        return object(false);
    }

    /// Goes past a value.
    private void skip() {
        space();
        switch (in[at]) {
            case '{' -> {
                if (isEmpty('}')) return;
                do {
                    quote();
                    skipText();
                    colon();
                    skip();
                } while (isFollowed('}'));
            }
            case '[' -> {
                if (isEmpty(']')) return;
                do skip(); while (isFollowed(']'));
            }
            case '"' -> skipText();
            default -> value();
        }
    }

    private JsonArray array() {
        var array = new JsonArray();
        var from = at;
        if (isEmpty(']')) return array;
        do {
            space();
            array.put(apart ? part() : item());
        } while (isFollowed(']'));
        if (keeps && spaced <= from) array.readFrom(in, from, at);
        return array;
    }

    /// A value in a list.
    JsonElement item() { return in[at] == '{' ? object(true) : value(); }

    private boolean isEmpty(char end) {
        count++;
        if (++depth > DEEPEST) throw Odd.IT;
        at++;
        space();
        if (in[at] != end) return false;
        at++;
        depth--;
        return true;
    }

    private boolean isFollowed(char end) {
        space();
        var b = in[at++];
        if (b == ',') return true;
        if (b != end) throw Odd.IT;
        depth--;
        return false;
    }

    private JsonPrimitive text() {
        count++;
        var from = at;
        skipText();
        return new JsonPrimitive(in, from, at, plain);
    }

    private String key() {
        var from = at;
        skipText();
        return plain ? KEYS.of(in, from + 1, at - 1) : new JsonPrimitive(in, from, at, false).spelled();
    }

    /// Goes past the closing quote, eight bytes at a time where none of them is a quote, a backslash or a control character.
    private void skipText() {
        plain = true;
        at++;
        while (true) {
            while (at + 8 <= in.length) {
                var eight = (long) Utf8.LONG.get(in, at);
                var special = Utf8.zero(eight ^ '"' * ONES) | Utf8.zero(eight ^ '\\' * ONES) | eight - ' ' * ONES & ~eight & HIGH;
                if (special != 0) {
                    var ordinary = Long.numberOfTrailingZeros(special) >>> 3;
                    beyondAscii |= ordinary == 0 ? 0 : eight << 64 - 8 * ordinary & HIGH;
                    at += ordinary;
                    break;
                }
                beyondAscii |= eight & HIGH;
                at += 8;
            }
            var b = in[at++];
            if (b == '"') return;
            if (b == '\\') escape();
            else if (b < 0) beyondAscii = HIGH;
            else if (b < ' ') throw Odd.IT;
        }
    }

    private void escape() {
        plain = false;
        switch (in[at++]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> { }
            case 'u' -> {
                for (var i = 0; i < 4; i++) if (Character.digit(in[at++], 16) < 0) throw Odd.IT;
            }
            default -> throw Odd.IT;
        }
    }

    private JsonElement word(String word, JsonElement value) {
        for (var i = 0; i < word.length(); i++) if (in[at++] != word.charAt(i)) throw Odd.IT;
        return value;
    }

    private JsonPrimitive number() {
        count++;
        var from = at;
        if (in[at] == '-') at++;
        var first = at;
        digits();
        if (in[first] == '0' && at > first + 1) throw Odd.IT;
        if (isNext('.')) {
            at++;
            digits();
        }
        if (isNext('e') || isNext('E')) {
            at++;
            if (isNext('+') || isNext('-')) at++;
            digits();
        }
        return new JsonPrimitive(in, from, at, true);
    }

    private boolean isNext(char c) { return at < in.length && in[at] == c; }

    private void digits() {
        var from = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') at++;
        if (at == from) throw Odd.IT;
    }
}
