package lib.reply;

import lib.wire.*;

/// The arguments of one tool call as they arrive. Knows when the JSON object is whole; what follows it (the
/// object a second time, a stray tag) is dropped, as models and their parsers do add such things.
final class Arguments {
    private final StringBuilder odd = new StringBuilder();
    private int depth;
    private boolean begun, inText, escaped, whole;

    /// The part of the piece that belongs to the object and can go out now.
    String take(String piece) {
        if (whole) return "";
        if (!odd.isEmpty()) {
            odd.append(piece);
            return "";
        }
        var from = 0;
        if (!begun) {
            while (from < piece.length() && Character.isWhitespace(piece.charAt(from))) from++;
            if (from == piece.length()) return "";
            if (piece.charAt(from) != '{') {
                odd.append(piece);
                return "";
            }
            begun = true;
        }
        for (var i = from; i < piece.length(); i++) {
            read(piece.charAt(i));
            if (whole) return piece.substring(from, i + 1);
        }
        return piece.substring(from);
    }

    private void read(char c) {
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

    /// Nothing more will come: what is still to be written. Arguments that are no object are repaired where their
    /// meaning is plain (nothing, null, an object inside a string), else left for the client to refuse.
    String rest() {
        if (begun) return "";
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
        return text;
    }

    /// The call got no further than the limit on output let it.
    boolean cut() { return begun && !whole; }
}
