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
        if (event instanceof Event.Text(var piece)) {
            if (!piece.isEmpty()) thought.end();
            text.write(piece);
            return;
        }
        if (event instanceof Event.Thinking(var piece)) {
            if (!piece.isEmpty()) text.end();
            thought.write(piece);
            return;
        }
        if (event instanceof Event.Signature || event instanceof Event.Redacted) thought.end();
        else if (event instanceof Event.ToolInput(var id, var piece)) found.input(id, piece);
        else if (event instanceof Event.ToolCall(var id, var name)) {
            found.made(id, name, ToolNames.argumentsBehind(name));
            thought.called();
            text.called();
        } else if (event instanceof Event.Stop(var reason, _)) {
            thought.end();
            text.end(Cursor.Rest.after(reason));
            found.write(out);
        }
        out.accept(event);
    }
}
