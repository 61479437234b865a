package lib.answer;

import module java.base;

import lib.reply.*;

/// Splits `<think>...</think>` off the beginning of a text, for hosts that leave it in. A text that only speaks of
/// such tags later on stays as it is.
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
            var begun = text.stripLeading();
            if (OPEN.startsWith(begun)) {   // not enough to tell, or nothing but space
                held = text;
                return;
            }
            where = begun.startsWith(OPEN) ? Where.INSIDE : Where.TEXT;
            if (where == Where.INSIDE) text = begun.substring(OPEN.length());
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

    /// Nothing more belongs to this text. One that never closed its tag was all thinking; one of nothing but space says nothing.
    public void end() {
        var rest = held;
        held = "";
        if (where == Where.INSIDE) think(rest);
        else if (where == Where.START && !rest.isBlank()) out.accept(new Event.Text(rest));
        if (where != Where.START) where = Where.TEXT;
    }
}
