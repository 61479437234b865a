package lib.reply;

import module java.base;

import lib.json.*;

/// Anthropic's frames as the events that any other dialect produces, for an exchange in which several messages become one.
/// Their usage comes as an event beside them.
public final class FrameEvents implements Consumer<Event> {
    private final Consumer<Event> out;
    private final Map<Long, String> calls = new HashMap<>();

    public FrameEvents(Consumer<Event> out) { this.out = out; }

    @Override public void accept(Event event) {
        if (!(event instanceof Event.Relay(var frame))) {
            out.accept(event);
            return;
        }
        var data = frame.object();
        if (frame.event().isEmpty() && Json.text(data, "type").equals("message"))
            MessageFrames.of(data).forEach(this::read);
        else read(data);
    }

    private void read(JsonObject data) {
        switch (Json.text(data, "type")) {
            case MessageFrames.BLOCK_START -> begin(Json.number(data, "index"), Json.at(data, "content_block"));
            case MessageFrames.BLOCK_DELTA -> piece(Json.number(data, "index"), Json.at(data, "delta"));
            case "message_delta" -> {
                var reason = Json.text(data, "delta", "stop_reason");
                out.accept(new Event.Stop(reason.isEmpty() ? "end_turn" : reason, Json.text(data, "delta", "stop_sequence")));
            }
            default -> { }
        }
    }

    private void begin(long index, JsonObject block) {
        switch (Json.text(block, "type")) {
            case "text" -> out.accept(new Event.Text(Json.text(block, "text")));
            case "thinking" -> out.accept(new Event.Thinking(Json.text(block, "thinking")));
            case "redacted_thinking" -> out.accept(new Event.Redacted(Json.text(block, "data")));
            case "tool_use" -> {
                var id = Json.text(block, "id");
                calls.put(index, id);
                out.accept(new Event.ToolCall(id, Json.text(block, "name")));
            }
            default -> { }
        }
    }

    private void piece(long index, JsonObject delta) {
        switch (Json.text(delta, "type")) {
            case "text_delta" -> out.accept(new Event.Text(Json.text(delta, "text")));
            case "thinking_delta" -> out.accept(new Event.Thinking(Json.text(delta, "thinking")));
            case "signature_delta" -> out.accept(new Event.Signature(Json.text(delta, "signature")));
            case "input_json_delta" -> {
                if (calls.containsKey(index)) out.accept(new Event.ToolInput(calls.get(index), Json.text(delta, "partial_json")));
            }
            default -> { }
        }
    }
}
