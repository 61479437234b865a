package lib.reply;

import module java.base;

import lib.json.*;

/// A whole message as the frames of a stream, and frames as a whole message, for imitations of Anthropic's API that send
/// one where the other was asked for. https://docs.claude.com/en/docs/build-with-claude/streaming
public final class MessageFrames {
    public static final String BLOCK_START = "content_block_start", BLOCK_DELTA = "content_block_delta", BLOCK_STOP = "content_block_stop";
    private static final Set<String> FRAMES = Set.of("message_start", "message_delta", "message_stop", "message", BLOCK_START, BLOCK_DELTA,
        BLOCK_STOP, "ping");

    /// What comes in deltas: the field of the block, the delta's type, and the delta's field.
    private record Part(String field, String delta, String key) {
        static final List<Part> ALL = List.of(
            new Part("text", "text_delta", "text"), new Part("thinking", "thinking_delta", "thinking"),
            new Part("signature", "signature_delta", "signature"), new Part("input", "input_json_delta", "partial_json"));

        boolean isIn(JsonElement block) {
            return switch (Json.text(block, "type")) {
                case "text" -> field.equals("text");
                case "thinking" -> field.equals("thinking") || field.equals("signature");
                case "tool_use", "server_tool_use" -> field.equals("input");
                default -> false;   // such a block comes whole in its start
            };
        }
    }

    private MessageFrames() {}

    public static boolean isFrame(String type) { return FRAMES.contains(type); }

    public static JsonObject text(long index, String text) { return delta(index, "text", text); }

    /// A piece of that field of a block.
    public static JsonObject delta(long index, String field, String piece) {
        return delta(index, Part.ALL.stream().filter(part -> part.field.equals(field)).findFirst().orElseThrow(), piece);
    }

    private static JsonObject delta(long index, Part part, String piece) {
        return Json.object("type", BLOCK_DELTA, "index", index, "delta", Json.object("type", part.delta, part.key, piece));
    }

    public static List<JsonObject> of(JsonObject message) {
        var frames = new ArrayList<JsonObject>();
        var start = Json.shallow(message);
        Json.put(start, "content", Json.array());
        Json.put(start, "stop_reason", null);
        Json.put(start, "stop_sequence", null);
        frames.add(Json.object("type", "message_start", "message", start));
        var index = 0;
        for (var block : Json.list(message, "content")) {
            var begun = Json.shallow(Json.at(block));
            for (var part : Part.ALL) if (part.isIn(block)) Json.put(begun, part.field, part.field.equals("input") ? new JsonObject() : "");
            frames.add(Json.object("type", BLOCK_START, "index", index, "content_block", begun));
            for (var part : Part.ALL) {
                if (!part.isIn(block)) continue;
                var whole = part.field.equals("input") ? Json.write(Json.at(block, "input")) : Json.text(block, part.field);
                if (!whole.isEmpty()) frames.add(delta(index, part, whole));
            }
            frames.add(Json.object("type", BLOCK_STOP, "index", index++));
        }
        var end = Json.object("stop_reason", Json.find(message, "stop_reason"), "stop_sequence", Json.find(message, "stop_sequence"));
        frames.add(Json.object("type", "message_delta", "delta", end, "usage", Json.at(message, "usage")));
        frames.add(Json.object("type", "message_stop"));
        return frames;
    }

    /// Puts a message together from its frames.
    public static final class Builder {
        private final Map<Long, JsonObject> blocks = new TreeMap<>();
        private final Map<Long, Map<String, StringBuilder>> pieces = new HashMap<>();
        private JsonObject message = new JsonObject();

        public boolean isBegun() { return !message.isEmpty(); }

        public void add(String type, JsonObject frame) {
            var index = Json.number(frame, "index");
            switch (type) {
                case "message_start" -> message = Json.copy(Json.at(frame, "message"));
                case BLOCK_START -> blocks.put(index, Json.copy(Json.at(frame, "content_block")));
                case BLOCK_DELTA -> delta(index, Json.at(frame, "delta"));
                case "message_delta" -> {
                    for (var key : Json.keys(Json.at(frame, "delta"))) Json.put(message, key, Json.find(frame, "delta", key));
                    var usage = Json.copy(Json.at(message, "usage"));
                    for (var key : Json.keys(Json.at(frame, "usage"))) Json.put(usage, key, Json.find(frame, "usage", key));
                    Json.put(message, "usage", usage);
                }
                default -> { }
            }
        }

        private void delta(long index, JsonObject delta) {
            var ofBlock = pieces.computeIfAbsent(index, _ -> new HashMap<>());
            for (var part : Part.ALL)
                if (Json.text(delta, "type").equals(part.delta))
                    ofBlock.computeIfAbsent(part.field, _ -> new StringBuilder()).append(Json.text(delta, part.key));
            if (!Json.has(delta, "citation") || !blocks.containsKey(index)) return;
            var block = blocks.get(index);
            var citations = new ArrayList<>(Json.list(block, "citations"));
            citations.add(Json.find(delta, "citation"));
            Json.put(block, "citations", Json.arrayOf(citations));
        }

        public String json() {
            blocks.forEach((index, block) -> pieces.getOrDefault(index, Map.of()).forEach((field, text) ->
                Json.put(block, field, field.equals("input") ? Json.objectIn(text.toString()) : Json.text(block, field) + text)));
            Json.put(message, "content", Json.arrayOf(blocks.values()));
            return Json.write(message);
        }
    }
}
