package lib.reply;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whatever a dialect says, in whatever order, what reaches the client is a legal stream, and the whole message is
/// what that stream adds up to. The seed of a failure is printed.
class ReplyFuzzTest {
    private static final int ROUNDS = 4_000;
    private static final List<String> ARGUMENTS = List.of("{}", "{\"a\":1}", "{\"a\":\"}\\\"{\"}", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "{\"file\":\"\u2028\ud83d\ude00\\n\"}",
        "", " ", "null", "\"{\\\"a\\\":1}\"", "\"\"", " {\"a\":1} ", "{\"a\":1}{\"a\":1}", "{\"a\":1}</tool_call>", "[1]", "a: 1", "{\"a\":", "{\"a\":\"cut", "{a:1}", "{\"a\":]}");
    private static final List<String> REASONS = List.of("end_turn", "max_tokens", "tool_use", "refusal", "model_context_window_exceeded", "pause_turn");

    @Test void everyStreamIsLegalAndTheWholeIsTheSame() {
        for (var seed = 0L; seed < ROUNDS; seed++) {
            var events = events(new Random(seed));
            try {
                check(events);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", events " + events + "\n" + e, e);
            }
        }
    }

    private static void check(List<Event> events) {
        var bytes = new ByteArrayOutputStream();
        var sse = new Sse(bytes, "msg_1", "m");
        hear(events, new Reply(sse, 10, () -> { }));
        sse.flush();
        var stream = bytes.toString(StandardCharsets.UTF_8);
        StreamLaw.check(stream);
        var whole = new MessageBuilder("msg_1", "m");
        hear(events, new Reply(whole, 10, () -> { }));
        var added = Accumulated.of(stream);
        assertEquals(Json.find(Json.parse(whole.json()), "content"), added.content());
        for (var same : List.of("stop_reason", "stop_sequence", "usage")) assertEquals(Json.find(Json.parse(whole.json()), same), Json.find(added.end(), same));
        said(events, added.content());
    }

    private static void hear(List<Event> events, Reply reply) {
        events.forEach(reply);
        reply.end();
    }

    /// Nothing is lost, nothing is added, and what belongs together stays so.
    private static void said(List<Event> events, JsonElement content) {
        var text = new StringBuilder();
        var thinking = new StringBuilder();
        var calls = new ArrayList<String>();
        for (var event : events)
            switch (event) {
                case Event.Text(var piece) -> text.append(piece);
                case Event.Thinking(var piece) -> thinking.append(piece);
                case Event.ToolCall(var id, _) -> calls.add(id);
                case Event.Signature _, Event.Redacted _, Event.ToolInput _, Event.Usage _, Event.Stop _, Event.Relay _, Event.Searching _ -> { }
            }
        assertEquals(text.toString(), all(content, "text"));
        assertEquals(thinking.toString(), all(content, "thinking"));
        assertEquals(calls, Json.list(content).stream().map(block -> Json.text(block, "id")).filter(id -> !id.isEmpty()).toList());
        for (var block : Json.list(content)) if (Json.text(block, "type").equals("tool_use")) assertTrue(Json.find(block, "input").isJsonObject());
    }

    private static String all(JsonElement content, String key) {
        return String.join("", Json.list(content).stream().map(block -> Json.text(block, key)).toList());
    }

    /// Any events in any order; the arguments of a call come after it, in fragments, between those of others.
    private static List<Event> events(Random chance) {
        var events = new ArrayList<Event>();
        var pending = new ArrayList<Event.ToolInput>();
        var calls = 0;
        for (var i = chance.nextInt(16); i > 0; i--) {
            switch (chance.nextInt(9)) {
                case 0, 1 -> events.add(new Event.Text(word(chance)));
                case 2, 3 -> events.add(new Event.Thinking(word(chance)));
                case 4 -> events.add(new Event.Signature("s" + i));
                case 5 -> events.add(new Event.Usage(chance.nextInt(50), chance.nextInt(9), chance.nextInt(9), chance.nextInt(50) - 1));
                case 6 -> events.add(new Event.Stop(one(REASONS, chance)));   // the last one counts
                default -> {
                    var id = "call_" + calls++;
                    events.add(new Event.ToolCall(id, "T"));
                    var rest = one(ARGUMENTS, chance);
                    while (!rest.isEmpty()) {
                        var cut = 1 + chance.nextInt(rest.length());
                        pending.add(new Event.ToolInput(id, rest.substring(0, cut)));
                        rest = rest.substring(cut);
                    }
                }
            }
            while (!pending.isEmpty() && chance.nextInt(3) > 0) events.add(next(pending, chance));
        }
        while (!pending.isEmpty()) events.add(next(pending, chance));
        events.add(chance.nextInt(6) == 0 ? new Event.Stop("stop_sequence", "END") : new Event.Stop(one(REASONS, chance)));
        return events;
    }

    /// A fragment of any call, but the fragments of one call in their order.
    private static Event.ToolInput next(List<Event.ToolInput> pending, Random chance) {
        var id = one(pending, chance).id();
        var first = pending.stream().filter(piece -> piece.id().equals(id)).findFirst().orElseThrow();
        pending.remove(first);
        return first;
    }

    private static String word(Random chance) { return one(List.of("", "a", "two words ", "\n", "\u2028", "\ud83d\ude00", "<think>", "\"\\"), chance); }

    private static <T> T one(List<T> of, Random chance) { return of.get(chance.nextInt(of.size())); }

    /// What a client makes of the stream, in the plainest way.
    private record Accumulated(JsonElement content, JsonObject end) {
        static Accumulated of(String stream) {
            var blocks = new ArrayList<JsonObject>();
            var input = new StringBuilder();
            var end = new JsonObject();
            for (var line : stream.split("\n")) {
                if (!line.startsWith("data: ")) continue;
                var data = Json.objectIn(line.substring(6));
                switch (Json.text(data, "type")) {
                    case "content_block_start" -> {
                        blocks.add(Json.at(data, "content_block"));
                        input.setLength(0);
                    }
                    case "content_block_delta" -> {
                        var key = Json.text(data, "delta", "type").replaceFirst("_delta$", "");
                        if (key.equals("input_json")) input.append(Json.text(data, "delta", "partial_json"));
                        else Json.put(blocks.getLast(), key, Json.text(blocks.getLast(), key) + Json.text(data, "delta", key));
                    }
                    case "content_block_stop" -> {
                        if (Json.text(blocks.getLast(), "type").equals("tool_use")) Json.put(blocks.getLast(), "input",
                            Json.isObject(input.toString()) ? Json.objectIn(input.toString()) : Json.object("_raw", input.toString()));
                    }
                    case "message_delta" -> {
                        end = Json.shallow(Json.at(data, "delta"));
                        Json.put(end, "usage", Json.find(data, "usage"));
                    }
                    default -> { }
                }
            }
            return new Accumulated(Json.arrayOf(blocks), end);
        }
    }
}
