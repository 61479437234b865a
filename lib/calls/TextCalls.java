package lib.calls;

import module java.base;

import lib.message.*;
import lib.reply.*;

/// Makes tool calls of what a server has left in the text or in the thoughts, because it does not know its model's syntax.
/// They come at the end of the reply, and only if the server has made no call itself.
final class TextCalls implements Consumer<Event> {
    private final Consumer<Event> out;
    private final FoundCalls found;
    private final CallScanner text, thought;

    TextCalls(FoundCalls found, String model, Consumer<Event> out) {
        this.out = out;
        this.found = found;
        this.text = new CallScanner(Formats.of(model), piece -> out.accept(new Event.Text(piece)), this::take);
        this.thought = new CallScanner(Formats.inThought(), piece -> out.accept(new Event.Thinking(piece)), this::take);
    }

    private boolean take(Passage passage, String written) {
        if (!found.take(passage, written)) return false;
        if (!passage.thought().isBlank()) out.accept(new Event.Thinking(passage.thought()));
        return true;
    }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.Text(var piece) -> {
                if (!piece.isEmpty()) thought.end();
                text.write(piece);
            }
            case Event.Thinking(var piece) -> {
                if (!piece.isEmpty()) text.end();
                thought.write(piece);
            }
            case Event.Signature _, Event.Redacted _ -> {
                thought.end();
                out.accept(event);
            }
            case Event.ToolCall(var id, var name) -> {
                found.made(id, name, ToolNames.argumentsBehind(name));
                thought.called();
                text.called();
                out.accept(event);
            }
            case Event.Stop(var reason, _) -> {
                thought.end();
                text.end(Cursor.Rest.after(reason));
                found.write(out);
                out.accept(event);
            }
            case Event.ToolInput(var id, var piece) -> {
                found.input(id, piece);
                out.accept(event);
            }
            case Event.Usage _, Event.Relay _, Event.Searching _ -> out.accept(event);
        }
    }
}
