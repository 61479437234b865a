package lib.reply;

import com.anthropic.core.ObjectMappers;
import lib.wire.Json;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Whatever a dialect says, in whatever order and in whatever pieces: the stream is legal, and the whole message
/// says the same. A failure names the seed that made it.
class ReplyFuzzTest {
    private static final int ROUNDS = 3_000;

    @Test void noSequenceOfEventsMakesAnIllegalStream() throws Exception {
        for (long seed = 1; seed <= ROUNDS; seed++) {
            var events = events(new Random(seed));
            try {
                var bytes = new ByteArrayOutputStream();
                play(new Sse(bytes, "msg_1", "m"), events);
                var streamed = StreamLaw.check(bytes.toString(StandardCharsets.UTF_8));
                var whole = new Whole("msg_1", "m");
                play(whole, events);
                // Of arguments that are no JSON the SDK makes nothing, and Whole what the client can refuse.
                if (!whole.json().contains("_raw")) same(whole.json(), ObjectMappers.jsonMapper().writeValueAsString(streamed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + events + "\n" + e, e);
            }
        }
    }

    private static void play(Blocks blocks, List<Event> events) {
        var reply = new Reply(blocks, 7, () -> { });
        events.forEach(reply);
        reply.end();
    }

    private static void same(String whole, String streamed) {
        for (var field : List.of("content", "stop_reason")) assertEquals(plain(whole, field), plain(streamed, field), field);
    }

    /// What both say; the SDK adds fields of its own to a block.
    private static String plain(String message, String field) {
        var found = Json.find(Json.parse(message), field);
        if (!found.isJsonArray()) return Json.text(found);
        var blocks = new ArrayList<String>();
        for (var block : Json.list(found)) blocks.add(Json.text(block, "type") + Json.text(block, "text") + Json.text(block, "thinking") + Json.text(block, "signature")
            + Json.text(block, "id") + Json.text(block, "name") + (Json.has(block, "input") ? Json.write(Json.at(block, "input")) : ""));
        return String.join("\n", blocks);
    }

    private static List<Event> events(Random chance) {
        var events = new ArrayList<Event>();
        var waiting = new ArrayList<Event>();   // pieces of arguments still to come, in order for each call
        var calls = 0;
        for (var steps = chance.nextInt(25); steps > 0; steps--) switch (chance.nextInt(7)) {
            case 0 -> events.add(new Event.Thinking(text(chance)));
            case 1 -> events.add(new Event.Signature("sig" + chance.nextInt(9)));
            case 2 -> events.add(new Event.Text(text(chance)));
            case 3 -> events.add(new Event.Usage(chance.nextInt(100), chance.nextInt(100), 0, chance.nextInt(100)));
            case 4 -> {
                var id = "call_" + ++calls;
                events.add(new Event.ToolCall(id, "Tool" + calls));
                for (var piece : pieces(arguments(chance), chance)) waiting.add(new Event.ToolInput(id, piece));
            }
            default -> {
                if (!waiting.isEmpty()) events.add(waiting.remove(firstOfSomeCall(waiting, chance)));
            }
        }
        if (chance.nextInt(4) > 0) events.addAll(waiting);   // or the stream was cut
        else if (!waiting.isEmpty()) events.add(new Event.ToolInput(((Event.ToolInput) waiting.getFirst()).id(), "{\"broken"));
        events.add(new Event.Stop(List.of("end_turn", "tool_use", "max_tokens", "refusal").get(chance.nextInt(4))));
        return events;
    }

    private static int firstOfSomeCall(List<Event> waiting, Random chance) {
        var id = ((Event.ToolInput) waiting.get(chance.nextInt(waiting.size()))).id();
        for (var i = 0; i < waiting.size(); i++) if (((Event.ToolInput) waiting.get(i)).id().equals(id)) return i;
        throw new IllegalStateException();
    }

    private static String text(Random chance) { return List.of("", "word ", "世界", "👋\n", "\"quoted\"", "\u2028").get(chance.nextInt(6)); }

    private static String arguments(Random chance) {
        return List.of("", "{}", "{\"a\":1}", "{\"a\":{\"b\":[\"}\",\"\\\"\"]}}", "{\"a\":1}{\"a\":1}", "{\"a\":1}</tool>", "null", "\"{\\\"a\\\":1}\"", "{\"broken", "broken").get(chance.nextInt(10));
    }

    private static List<String> pieces(String text, Random chance) {
        var pieces = new ArrayList<String>();
        for (var from = 0; from < text.length(); ) {
            var to = Math.min(text.length(), from + chance.nextInt(5));
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
