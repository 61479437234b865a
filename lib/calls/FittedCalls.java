package lib.calls;

import module java.base;

import lib.message.*;
import lib.reply.*;

/// Fits the input of calls to what their tools take.
record FittedCalls(Map<String, InputShape> tools, Consumer<Event> out, Map<String, FittedInput> open) implements Consumer<Event> {
    FittedCalls(Map<String, InputShape> tools, Consumer<Event> out) { this(tools, out, new LinkedHashMap<>()); }

    @Override public void accept(Event event) {
        if (event instanceof Event.ToolInput(var id, var json) && open.containsKey(id)) {
            var fitted = open.get(id).take(json);
            if (!fitted.isEmpty()) out.accept(new Event.ToolInput(id, fitted));
            return;
        }
        if (event instanceof Event.ToolCall(var id, var name) && tools.containsKey(name)) open.put(id, new FittedInput(tools.get(name)));
        if (event instanceof Event.Stop) open.forEach((id, input) -> {
            if (!input.rest().isEmpty()) out.accept(new Event.ToolInput(id, input.rest()));
        });
        out.accept(event);
    }
}
