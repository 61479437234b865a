package lib.calls;

import module java.base;

import lib.json.*;
import lib.message.*;

/// The input of one call as it arrives. A text where the tool's schema allows none, such as a list that was sent as a JSON
/// string, becomes what it spells. An empty value that the schema does not allow is left out, where it is optional: some
/// models fill in every property. All else passes as it came.
final class FittedInput {
    /// An object or a list that is open. `bare`: no property of it has gone out yet.
    private static final class Level {
        private final InputShape shape;
        private final boolean isObject;
        private boolean bare = true;

        Level(InputShape shape, boolean isObject) {
            this.shape = shape;
            this.isObject = isObject;
        }
    }

    private final InputShape root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder(), text = new StringBuilder();
    private final StringBuilder lead = new StringBuilder();   // a property from its comma on, until its value is known not to be empty
    private InputShape next;   // of the value that comes next
    private String key = "";
    private boolean inText, escaped, isKey, keyNext, held, leads;
    private char begun;   // a value that may turn out to be empty: its first character

    FittedInput(InputShape root) {
        this.root = root;
        this.next = root;
    }

    String take(String piece) {
        out.setLength(0);
        for (var i = 0; i < piece.length(); i++) {
            if (begun != 0) begun(piece.charAt(i));
            else if (inText) inText(piece.charAt(i));
            else between(piece.charAt(i));
        }
        return out.toString();
    }

    /// What was held back of an input that never ended.
    String rest() { return lead + (held ? text.toString() : ""); }

    private void write(char c) { (leads ? lead : out).append(c); }

    /// The value goes out, and what led to it.
    private void keep() {
        if (!leads) return;
        leads = false;
        var level = levels.peek();
        if (level.bare && lead.indexOf(",") == 0) lead.deleteCharAt(0);
        level.bare = false;
        out.append(lead);
        lead.setLength(0);
    }

    private void drop() {
        leads = false;
        lead.setLength(0);
    }

    private boolean isDropped(String empty) { return isDropped(Json.parse(empty)); }

    private boolean isDropped(JsonElement value) { return leads && !keyNext && levels.peek().shape.drops(key, value); }

    /// One more character of a value that may be empty: the second of a text, a list or an object, or a letter of `null`.
    private void begun(char c) {
        var first = begun;
        if (first != '"' && (first == 'n' ? Character.isLetter(c) : Character.isWhitespace(c))) {
            lead.append(c);
            return;
        }
        begun = 0;
        var empty = switch (first) {
            case '"' -> c == '"';
            case 'n' -> lead.indexOf("null", lead.length() - 4) >= 0;
            default -> c == (first == '[' ? ']' : '}');
        };
        if (empty) drop();
        else keep();
        if (first == '"' && !empty) {
            inText = true;
            inText(c);
        } else if (first == 'n' || !empty) {
            if (first != 'n') enter(first == '{');
            between(c);
        }
    }

    private void inText(char c) {
        if (isKey || held) text.append(c);
        if (!held) write(c);
        if (escaped) escaped = false;
        else if (c == '\\') escaped = true;
        else if (c == '"') end();
    }

    private void end() {
        inText = false;
        if (isKey) {
            key = spelled();
            next = levels.peek().shape.property(key);
        } else if (held) {
            var value = next.typed(spelled());
            if (isDropped(value)) drop();
            else {
                keep();
                out.append(Json.isText(value) ? text : Json.write(value));
            }
        }
        held = false;
    }

    private String spelled() {
        try {
            return Json.text(Json.parse(text.toString()));
        } catch (Json.Malformed e) {
            return "";
        }
    }

    private void between(char c) {
        switch (c) {
            case '{', '[' -> {
                if (isDropped(c == '{' ? "{}" : "[]")) {
                    begun = c;
                    lead.append(c);
                    return;
                }
                keep();
                out.append(c);
                enter(c == '{');
                return;
            }
            case '}', ']' -> {
                keep();   // a comma before the end
                out.append(c);
                leave();
                return;
            }
            case ',' -> {
                keep();
                keyNext = !levels.isEmpty() && levels.peek().isObject;
                leads = keyNext && levels.peek().shape.hasOptional();
            }
            case '"' -> {
                quote();
                return;
            }
            case ':', ' ', '\n', '\t', '\r' -> { }
            case 'n' -> {
                if (isDropped("null")) begun = c;
                else keep();
            }
            default -> keep();
        }
        write(c);
    }

    private void enter(boolean object) {
        levels.push(new Level(next, object));
        keyNext = object;
        leads = object && next.hasOptional();
        next = next.items();
    }

    private void leave() {
        keyNext = false;
        if (!levels.isEmpty()) levels.pop();
        if (levels.isEmpty()) next = root;   // what follows an empty object may be the real one
        else if (!levels.peek().isObject) next = levels.peek().shape.items();
    }

    private void quote() {
        isKey = keyNext;
        keyNext = false;
        held = !isKey && !levels.isEmpty() && !next.allowsText();
        if (!isKey && !held && isDropped("\"\"")) begun = '"';
        else {
            if (!isKey && !held) keep();
            inText = true;
        }
        text.setLength(0);
        if (isKey || held) text.append('"');
        if (!held) write('"');
    }
}
