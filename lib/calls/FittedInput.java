package lib.calls;

import module java.base;

import lib.message.*;
import lib.wire.*;

/// The input of one call as it arrives. A text where the tool's schema allows none, such as a list that was sent as a JSON
/// string, becomes what it spells; all else passes as it came.
final class FittedInput {
    private record Level(InputShape shape, boolean isObject) { }

    private final InputShape root;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final StringBuilder out = new StringBuilder(), text = new StringBuilder();
    private InputShape next;   // of the value that comes next
    private boolean inText, escaped, isKey, keyNext, held;

    FittedInput(InputShape root) {
        this.root = root;
        this.next = root;
    }

    String take(String piece) {
        out.setLength(0);
        for (var i = 0; i < piece.length(); i++) {
            if (inText) inText(piece.charAt(i));
            else between(piece.charAt(i));
        }
        return out.toString();
    }

    /// What was held back of a text that never ended.
    String rest() { return held ? text.toString() : ""; }

    private void inText(char c) {
        if (isKey || held) text.append(c);
        if (!held) out.append(c);
        if (escaped) escaped = false;
        else if (c == '\\') escaped = true;
        else if (c == '"') end();
    }

    private void end() {
        inText = false;
        if (isKey) next = levels.peek().shape.property(spelled());
        else if (held) {
            var value = next.typed(spelled());
            out.append(Json.isText(value) ? text : Json.write(value));
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
                levels.push(new Level(next, c == '{'));
                keyNext = c == '{';
                next = next.items();
            }
            case '}', ']' -> {
                keyNext = false;
                if (!levels.isEmpty()) levels.pop();
                if (levels.isEmpty()) next = root;   // what follows an empty object may be the real one
                else if (!levels.peek().isObject) next = levels.peek().shape.items();
            }
            case ',' -> keyNext = !levels.isEmpty() && levels.peek().isObject;
            case '"' -> {
                inText = true;
                isKey = keyNext;
                keyNext = false;
                held = !isKey && !levels.isEmpty() && !next.allowsText();
                text.setLength(0);
                if (isKey || held) text.append(c);
                if (held) return;
            }
            default -> { }
        }
        out.append(c);
    }
}
