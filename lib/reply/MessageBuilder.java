package lib.reply;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Builds one whole message from the same blocks that make up a stream.
public final class MessageBuilder implements Blocks {
    private final String id, model;
    private final List<JsonElement> content = new ArrayList<>();
    private final StringBuilder piece = new StringBuilder(), signature = new StringBuilder();
    private final List<JsonElement> citations = new ArrayList<>();
    private JsonObject block = new JsonObject();
    private String json = "";
    private long kept;

    public MessageBuilder(String id, String model) {
        this.id = id;
        this.model = model;
    }

    @Override public void start(Event.Usage usage) { }

    @Override public void open(int index, JsonObject block) {
        this.block = block;
        piece.setLength(0);
        signature.setLength(0);
        citations.clear();
    }

    @Override public void delta(int index, String type, String key, String text) {
        kept += text.length();
        if (kept > Bounds.KEPT) throw Bounds.exceeded("a message", Bounds.KEPT);
        (key.equals("signature") ? signature : piece).append(text);
    }

    @Override public void cite(int index, JsonObject citation) { citations.add(citation); }

    @Override public void close(int index) {
        switch (Json.text(block, "type")) {
            case "text" -> {
                Json.put(block, "text", piece.toString());
                if (!citations.isEmpty()) Json.put(block, "citations", Json.arrayOf(citations));
            }
            case "thinking" -> {
                Json.put(block, "thinking", piece.toString());
                Json.put(block, "signature", signature.toString());
            }
            case "tool_use", "server_tool_use" -> Json.put(block, "input", input(piece.toString()));
            default -> { }
        }
        content.add(block);
    }

    /// Arguments that are not a JSON object still reach the client, which reports the error to the model.
    private static JsonObject input(String text) {
        return Json.isObject(text) ? Json.objectIn(text) : Json.object("_raw", text);
    }

    @Override public void end(String reason, String sequence, Event.Usage usage) {
        json = Json.write(Json.object("id", id, "type", "message", "role", "assistant", "model", model,
            "content", Json.arrayOf(content), "stop_reason", reason, "stop_sequence", sequence.isEmpty() ? null : sequence,
            "usage", Sse.usage(usage)));
    }

    @Override public void relay(Frame frame) { json = frame.data(); }

    /// The blocks so far.
    public List<JsonElement> content() { return content; }

    public String json() { return json; }
}
