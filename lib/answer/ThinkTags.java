package lib.answer;

import module java.base;

import lib.reply.*;

/// Splits `<think>...</think>` off the start of a text, for hosts that leave it in. Tags later in the text are part of it.
public final class ThinkTags {
    private static final String OPEN = "<think>", CLOSE = "</think>";

    private enum Where { START, INSIDE, AFTER, TEXT }

    private final Consumer<Event> out;
    private String held = "";
    private Where where = Where.START;

    public ThinkTags(Consumer<Event> out) { this.out = out; }

    public void write(String piece) {
        if (piece.isEmpty()) return;
        var text = held + piece;
        held = "";
        if (where == Where.START) {
            var start = text.stripLeading();
            if (OPEN.startsWith(start)) {   // undecided, or only space
                held = text;
                return;
            }
            where = start.startsWith(OPEN) ? Where.INSIDE : Where.TEXT;
            if (where == Where.INSIDE) text = start.substring(OPEN.length());
        }
        if (where == Where.INSIDE) {
            var end = text.indexOf(CLOSE);
            if (end < 0) {
                var keep = StopAt.overlap(text, CLOSE);
                think(text.substring(0, text.length() - keep));
                held = text.substring(text.length() - keep);
                return;
            }
            think(text.substring(0, end));
            text = text.substring(end + CLOSE.length());
            where = Where.AFTER;
        }
        if (where == Where.AFTER) {
            text = text.stripLeading();
            if (text.isEmpty()) return;
            where = Where.TEXT;
        }
        out.accept(new Event.Text(text));
    }

    private void think(String text) {
        if (!text.isEmpty()) out.accept(new Event.Thinking(text));
    }

    /// The text ends here. If its tag was never closed, all of it was thinking; a blank text is dropped.
    public void end() {
        var rest = held;
        held = "";
        if (where == Where.INSIDE) think(rest);
        else if (where == Where.START && !rest.isBlank()) out.accept(new Event.Text(rest));
        if (where != Where.START) where = Where.TEXT;
    }
}
