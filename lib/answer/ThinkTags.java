package lib.answer;

import module java.base;

import lib.quirk.*;
import lib.reply.*;
import lib.route.*;

/// Splits `<think>...</think>` off the start of a text, for hosts that leave it in. Tags later in the text are part of it, but
/// for a closing one that nothing opened.
/// Some models' templates put the opening tag into the prompt, so that only the closing one arrives: their text is held back until
/// it is clear whether it is thinking.
public final class ThinkTags {
    /// Models whose template ends with `<think>`, always or when they are asked to think: their tokenizer_config.json ; 2026-11.
    private static final Pattern ALWAYS = Pattern.compile(
            "(?<![a-z\\d])r1(?![a-z\\d])|qwq|(?<!non-)thinking|reasoner|minimax-?m[2-9]"),
        SWITCHED = Pattern.compile("deepseek-v3\\.[1-9]|qwen-?3\\.[5-9]|glm-?(4\\.[7-9]|[5-9])|nemotron-?3|mimo-v2");
    private static final String OPEN = "<think>", CLOSE = "</think>";

    private enum Where { START, UNOPENED, INSIDE, AFTER, TEXT }

    private final Consumer<Event> out;
    private final StringBuilder unopened = new StringBuilder();
    private final LoneTag lone = new LoneTag(OPEN, CLOSE);
    private boolean opensInPrompt;
    private String held = "";
    private Where where = Where.START;

    public ThinkTags(ReplyContext context, Consumer<Event> out) {
        this.out = out;
        var name = context.model().toLowerCase(Locale.ROOT);
        // Most hosts of the others separate thoughts from text, so that their text need not wait.
        this.opensInPrompt = ALWAYS.matcher(name).find()
            || context.thinks() && context.route().has(ReasoningQuirks.TEMPLATE_SWITCH) && SWITCHED.matcher(name).find();
    }

    /// Whether a whole text may begin with a thought.
    public static boolean areIn(String text) { return text.contains(OPEN) || text.contains(CLOSE); }

    /// For an API that has a place for thoughts, in case a server leaves them in the text all the same.
    public static Consumer<Event> within(ReplyContext context, Consumer<Event> heard) {
        var signed = new ThoughtSignatures(context, heard);   // of the thoughts in tags; the API's own are signed by its dialect
        var tags = new ThinkTags(context, signed);
        return event -> {
            switch (event) {
                case Event.Text(var text) -> tags.write(text);
                case Event.Thinking(var text) -> {
                    if (!text.isEmpty()) tags.thought();
                    heard.accept(event);
                }
                case Event.Usage _ -> heard.accept(event);
                default -> {
                    tags.end();
                    signed.accept(event);
                }
            }
        };
    }

    /// The host tells thoughts from text itself.
    public void thought() { opensInPrompt = false; }

    public void write(String piece) {
        if (piece.isEmpty()) return;
        var text = held + piece;
        held = "";
        if (where == Where.START) {
            var start = text.stripLeading();
            if (OPEN.startsWith(start) || CLOSE.startsWith(start)) {   // undecided, or only space
                held = text;
                return;
            }
            where = start.startsWith(OPEN) ? Where.INSIDE : start.startsWith(CLOSE) ? Where.AFTER : opensInPrompt ? Where.UNOPENED
                : Where.TEXT;
            if (where == Where.INSIDE) text = start.substring(OPEN.length());
            if (where == Where.AFTER) text = start.substring(CLOSE.length());
        }
        if (where == Where.UNOPENED) {
            var from = Math.max(0, unopened.length() - CLOSE.length());
            unopened.append(text);
            var end = unopened.indexOf(CLOSE, from);
            if (end < 0) return;
            think(unopened.substring(0, end));
            text = unopened.substring(end + CLOSE.length());
            unopened.setLength(0);
            where = Where.AFTER;
        }
        if (where == Where.INSIDE) {
            var end = text.indexOf(CLOSE);
            if (end < 0) {
                var keep = StopSequences.overlap(text, CLOSE);
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
        say(lone.take(text));
    }

    private void say(String text) {
        if (!text.isEmpty()) out.accept(new Event.Text(text));
    }

    private void think(String text) {
        if (!text.isEmpty()) out.accept(new Event.Thinking(text));
    }

    /// The text ends here. If its tag was never closed, all of it was thinking; a blank text is dropped.
    public void end() {
        var rest = held;
        held = "";
        say(unopened.toString());
        unopened.setLength(0);
        if (where == Where.INSIDE) think(rest);
        else if (where == Where.START && !rest.isBlank()) say(rest);
        else say(lone.rest());
        if (where != Where.START) where = Where.TEXT;
    }
}
