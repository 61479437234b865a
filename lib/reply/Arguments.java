package lib.reply;

import lib.json.*;

/// The arguments of one tool call as they arrive. Knows when the JSON object is whole. Models and their parsers add to it:
/// an empty object before the real one is dropped, and so is what follows (the object a second time, a stray tag).
public final class Arguments {
    private final StringBuilder odd = new StringBuilder();
    private String opening = "";   // the brace of an empty object, if it has not gone out
    private int depth;
    private boolean begun, bare, empty, inText, escaped, whole;

    /// The part of the piece that belongs to the object and can be sent now.
    public String take(String piece) {
        if (whole) return "";
        if (!odd.isEmpty()) {
            odd.append(piece);
            return "";
        }
        var from = 0;
        var brace = "";
        if (!begun || empty) {
            while (from < piece.length() && Character.isWhitespace(piece.charAt(from))) from++;
            if (from == piece.length()) return "";
            if (piece.charAt(from) != '{') return noObject(piece);
            if (empty) {
                from++;
                brace = opening;
            }
            bare = !begun;
            begun = true;
            empty = false;
        }
        for (var i = from; i < piece.length(); i++) {
            if (bare && depth == 1 && piece.charAt(i) == '}') {
                empty = true;
                opening = piece.substring(from, i).strip();
                return take(piece.substring(i + 1));
            }
            read(piece.charAt(i));
            if (whole) return brace + piece.substring(from, i + 1);
        }
        return brace + piece.substring(from);
    }

    private String noObject(String piece) {
        whole = empty;
        if (!empty) odd.append(piece);
        return empty ? opening + "}" : "";
    }

    private void read(char c) {
        bare &= depth == 0 || Character.isWhitespace(c);
        if (escaped) escaped = false;
        else if (inText) {
            if (c == '\\') escaped = true;
            else if (c == '"') inText = false;
        } else switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> depth++;
            case '}', ']' -> whole = --depth == 0;
            default -> { }
        }
    }

    boolean whole() { return whole; }

    /// An empty object has come, and nothing after it yet.
    boolean isEmpty() { return empty && !whole; }

    /// What remains to be sent at the end. Arguments that are not an object are repaired if their meaning is clear (nothing,
    /// null, an object inside a string, a list or a code fence); otherwise the client refuses them.
    public String rest() {
        if (begun) return isEmpty() ? opening + "}" : "";
        if (odd.isEmpty()) return "{}";
        var text = odd.toString().strip();
        if (text.equals("null")) return "{}";
        if (text.startsWith("\"")) {
            try {
                var inner = Json.text(Json.parse(text));
                if (inner.isBlank()) return "{}";
                if (Json.isObject(inner)) return inner;
            } catch (Json.Malformed e) {
                return text;
            }
        }
        return within(text);
    }

    private static String within(String text) {
        var at = text.indexOf('{');
        if (at < 0) return text;
        var inner = new Arguments();
        var object = inner.take(text.substring(at));
        return inner.whole() && Json.isObject(object) ? object : text;
    }

    /// Whether the output limit cut the call off.
    boolean cut() { return begun && !whole && !empty; }
}
