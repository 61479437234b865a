package lib.calls;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;

/// Turns calls of `more_tools` back into calls of the tools that it stands for.
record OverflowTools(Consumer<Event> out, Map<String, StringBuilder> boxed) implements Consumer<Event> {
    OverflowTools(Consumer<Event> out) { this(out, new LinkedHashMap<>()); }

    @Override public void accept(Event event) {
        switch (event) {
            case Event.ToolCall(var id, var name) when name.equals(Toolbox.MORE) -> boxed.put(id, new StringBuilder());
            case Event.ToolInput(var id, var json) when boxed.containsKey(id) -> boxed.get(id).append(json);
            case Event.Stop stop -> {
                boxed.forEach(this::unbox);
                out.accept(stop);
            }
            case Event.Thinking _, Event.Signature _, Event.Redacted _, Event.Text _, Event.ToolCall _, Event.ToolInput _,
                Event.Usage _, Event.Relay _, Event.Searching _ -> out.accept(event);
        }
    }

    /// The tool's name and input as the model gave them; the client reports anything that is missing.
    private void unbox(String id, StringBuilder json) {
        var call = Json.objectIn(json.toString());
        var name = Json.text(call, "tool");
        out.accept(new Event.ToolCall(id, name.isEmpty() ? Toolbox.MORE : name));
        out.accept(new Event.ToolInput(id, name.isEmpty() ? json.toString() : Json.write(Json.at(call, "input"))));
    }
}
