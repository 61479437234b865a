package lib.calls;

import module java.base;

import lib.message.*;
import lib.reply.*;

/// Fits the input of calls to what their tools take.
record FittedCalls(Map<String, InputShape> tools, Consumer<Event> out, Map<String, FittedInput> open) implements Consumer<Event> {
    FittedCalls(Map<String, InputShape> tools, Consumer<Event> out) { this(tools, out, new LinkedHashMap<>()); }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.ToolCall(var id, var name) when tools.containsKey(name) -> {
                open.put(id, new FittedInput(tools.get(name)));
                out.accept(event);
            }
            case Event.ToolInput(var id, var json) when open.containsKey(id) -> {
                var fitted = open.get(id).take(json);
                if (!fitted.isEmpty()) out.accept(new Event.ToolInput(id, fitted));
            }
            case Event.Stop _ -> {
                open.forEach((id, input) -> {
                    if (!input.rest().isEmpty()) out.accept(new Event.ToolInput(id, input.rest()));
                });
                out.accept(event);
            }
            case Event.Text _, Event.Thinking _, Event.Signature _, Event.Redacted _, Event.ToolCall _, Event.ToolInput _,
                Event.Usage _, Event.Relay _, Event.Searching _ -> out.accept(event);
        }
    }
}
