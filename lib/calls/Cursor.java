package lib.calls;

import module java.base;

import lib.json.*;

/// A place in a text that may go on. What cannot be what was expected ends the reading with `Mismatch`, what may yet be it
/// with `Unfinished`.
final class Cursor {
    /// The text is not of this format.
    static final class Mismatch extends RuntimeException {
        Mismatch() { super(null, null, false, false); }
    }

    /// More text is needed to tell.
    static final class Unfinished extends RuntimeException {
        Unfinished() { super(null, null, false, false); }
    }

    /// What comes after the text.
    enum Rest {
        /// More of it.
        MORE,
        /// Nothing, and perhaps its end is missing.
        CUT,
        /// Nothing: the model had finished.
        NOTHING;

        static Rest after(String stopReason) { return stopReason.equals("max_tokens") ? CUT : NOTHING; }
    }

    private static final int DEEPEST = 100;
    private static final Pattern NAME = Pattern.compile("[\\w.:/-]+");

    private final String text;
    private final Rest rest;
    private int at, reached, depth;

    Cursor(String text, int at, Rest rest) {
        this.text = text;
        this.at = at;
        this.rest = rest;
    }

    int at() { return at; }

    void back(int to) { at = to; }

    boolean isAtEnd() { return at == text.length(); }

    boolean isLast() { return rest != Rest.MORE; }

    RuntimeException unfinished() {
        reached = text.length();
        return isLast() ? new Mismatch() : new Unfinished();
    }

    /// How far it has looked.
    int reached() { return Math.max(reached, at); }

    /// Into an object or a list inside another: models nest a few, and what nests hundreds is not a call.
    void enter() {
        if (++depth > DEEPEST) throw new Mismatch();
    }

    void leave() { depth--; }

    char peek() {
        if (isAtEnd()) throw unfinished();
        return text.charAt(at);
    }

    /// Whether the text goes on like this.
    boolean sees(String mark) {
        if (text.startsWith(mark, at)) return true;
        if (!isLast() && text.length() - at < mark.length() && mark.regionMatches(0, text, at, text.length() - at)) throw unfinished();
        return false;
    }

    boolean skip(String mark) {
        if (!sees(mark)) return false;
        at += mark.length();
        return true;
    }

    boolean skipAny(List<String> marks) { return marks.stream().anyMatch(this::skip); }

    void need(String mark) {
        if (skip(mark)) return;
        throw isAtEnd() ? unfinished() : new Mismatch();
    }

    /// What closes a call that is whole without it. Models forget it at the end of an answer, and servers take it for the end.
    boolean skipClose(String mark) { return skip(mark) || isLast() && skipPartOf(mark); }

    /// What closes a call that might have gone on before it.
    boolean skipEnd(String mark) { return skip(mark) || rest == Rest.NOTHING && skipPartOf(mark); }

    void needClose(String mark) {
        if (!skipClose(mark)) need(mark);
    }

    void needEnd(String mark) {
        if (!skipEnd(mark)) need(mark);
    }

    private boolean skipPartOf(String mark) {
        if (!mark.regionMatches(0, text, at, text.length() - at)) return false;
        at = text.length();
        return true;
    }

    /// White space, also spelled out as `\n`, as some servers send it.
    void space() {
        while (!isAtEnd() && (Character.isWhitespace(text.charAt(at)) || sees("\\n"))) at += text.charAt(at) == '\\' ? 2 : 1;
    }

    void blanks() {
        while (!isAtEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) at++;
    }

    /// Nothing more stands in the line, or the next mark.
    void lineEnds() {
        var end = at;
        blanks();
        if (isAtEnd() && !isLast()) throw unfinished();
        if (!isAtEnd() && "\r\n<[]".indexOf(peek()) < 0) throw new Mismatch();
        at = end;
    }

    String until(String mark) {
        var end = text.indexOf(mark, at);
        if (end < 0) throw unfinished();
        var found = text.substring(at, end);
        at = end + mark.length();
        return found;
    }

    /// A name that this mark follows: short, and without white space inside.
    String nameBefore(String mark) {
        var name = name();
        need(mark);
        return name;
    }

    String name() { return match(NAME); }

    char take() {
        var c = peek();
        at++;
        return c;
    }

    /// What the pattern matches here, which must not reach to the end of a text that goes on.
    String match(Pattern pattern) {
        var found = pattern.matcher(text).region(at, text.length());
        if (!found.lookingAt()) throw isAtEnd() ? unfinished() : new Mismatch();
        if (found.end() == text.length() && !isLast()) throw new Unfinished();
        at = found.end();
        return found.group();
    }

    /// A raw value up to its closing mark, which may also stand in the value: the one counts that something of these follows.
    String value(String close, String... next) {
        for (var end = text.indexOf(close, at); end >= 0; end = text.indexOf(close, end + 1)) {
            var after = new Cursor(text, end + close.length(), rest);
            after.space();
            if (after.isAtEnd() && !isLast()) throw unfinished();
            if (Stream.of(next).noneMatch(after::skipEnd)) continue;
            var found = text.substring(at, end);
            at = end + close.length();
            return found;
        }
        throw unfinished();
    }

    /// A JSON object or list.
    JsonElement json() {
        var depth = 0;
        var inText = false;
        if (peek() != '{' && peek() != '[') throw new Mismatch();
        for (var i = at; i < text.length(); i++) {
            var c = text.charAt(i);
            if (inText) {
                if (c == '\\') i++;
                else if (c == '"') inText = false;
            } else if (c == '"') inText = true;
            else if (c == '{' || c == '[') depth++;
            else if ((c == '}' || c == ']') && --depth == 0) return parsed(i + 1);
        }
        throw unfinished();
    }

    private JsonElement parsed(int end) {
        reached = end;
        try {
            var json = Json.parse(text.substring(at, end));
            at = end;
            return json;
        } catch (Json.Malformed e) {
            throw new Mismatch();
        }
    }

    /// An object in braces, whose keys and values are written as that format writes them.
    JsonObject object(Function<Cursor, String> key, Function<Cursor, JsonElement> value) {
        enter();
        var object = new JsonObject();
        need("{");
        space();
        while (!skip("}")) {
            var name = key.apply(this);
            space();
            need(":");
            space();
            Json.put(object, name, value.apply(this));
            space();
            if (!skip(",") && !sees("}")) throw new Mismatch();
            space();
        }
        leave();
        return object;
    }
}
