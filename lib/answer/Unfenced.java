package lib.answer;

import module java.base;

import lib.reply.*;
import lib.wire.*;

/// Takes an answer that is to be JSON out of the code fence that some models put around it, and out of the words beside it.
public final class Unfenced implements Consumer<Event> {
    private static final String FENCE = "```";
    private static final int MOST_FENCES = 8;

    private final Consumer<Event> out;
    private final StringBuilder held = new StringBuilder();
    private boolean begun, plain;   // what began as JSON does passes as it comes

    Unfenced(Consumer<Event> out) { this.out = out; }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.Text(var piece) when plain -> out.accept(event);
            case Event.Text(var piece) -> {
                held.append(piece);
                if (begun || held.toString().isBlank()) return;
                begun = true;
                plain = startsAsJson(held.toString().strip());
                if (plain) release(held.toString());
            }
            case Event.ToolCall _, Event.Stop _ -> {
                release(inside(held.toString()));
                out.accept(event);
            }
            case Event.Thinking _, Event.Signature _, Event.Redacted _, Event.ToolInput _, Event.Usage _, Event.Relay _,
                Event.Searching _ -> out.accept(event);
        }
    }

    private void release(String text) {
        held.setLength(0);
        out.accept(new Event.Text(text));
    }

    /// The JSON inside the first fence that has any; else the text as it is.
    public static String inside(String text) {
        var fences = 0;
        if (startsAsJson(text.strip())) return text;
        for (var open = text.indexOf(FENCE); open >= 0 && fences++ < MOST_FENCES; open = text.indexOf(FENCE, open + FENCE.length())) {
            var start = text.indexOf('\n', open) + 1;
            var end = text.lastIndexOf(FENCE);
            var json = start == 0 || end < start ? "" : text.substring(start, end).strip();
            if (isJson(json)) return json;
            var near = start == 0 ? -1 : text.indexOf("\n" + FENCE, start - 1);
            if (near >= start && isJson(text.substring(start, near).strip())) return text.substring(start, near).strip();
        }
        return text;
    }

    private static boolean startsAsJson(String text) { return text.startsWith("{") || text.startsWith("["); }

    private static boolean isJson(String text) {
        if (!startsAsJson(text)) return false;
        try {
            Json.parse(text);
            return true;
        } catch (Json.Malformed e) {
            return false;
        }
    }
}
