package lib.calls;

import module java.base;

import lib.message.*;
import lib.reply.*;

/// Gives the calls of every dialect the client's own tool names. Arguments that stand behind a name go where they belong.
record NamedCalls(ToolNames names, Consumer<Event> out) implements Consumer<Event> {
    @Override public void accept(Event event) {
        if (!(event instanceof Event.ToolCall(var id, var name))) {
            out.accept(event);
            return;
        }
        var known = names.received(name);
        out.accept(new Event.ToolCall(id, known));
        var behind = known.equals(name) ? "" : ToolNames.argumentsBehind(name);
        if (!behind.isEmpty()) out.accept(new Event.ToolInput(id, behind));
    }
}
