package lib.json;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Requests that repeat one another, read with what is known of the earlier ones, are what they are by themselves.
class ParseCacheTest {
    private static final String TOOLS = ",\"system\":[{\"text\":\"S\u00e9\"}],\"tools\":[{\"name\":\"T\",\"input_schema\":{\"type\":\"object\"}}],\"max_tokens\":9}";

    private final ParseCache cache = new ParseCache(0);

    private static String request(String... turns) { return "{\"model\":\"m\",\"messages\":[" + String.join(",", turns) + "]" + TOOLS; }

    private static String turn(String text) { return "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}"; }

    private JsonObject parse(String json) { return (JsonObject) cache.parse(bytes(json)); }

    private static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

    private static JsonElement at(JsonObject request, int turn) { return Json.list(request, "messages").get(turn); }

    /// However deep the change is, it is written, and only there.
    @Test void eachRequestHasCopiesOfItsOwn() {
        var json = request(turn("a"), turn("b"));
        var requests = Stream.generate(() -> parse(json)).limit(4).toList();
        var changed = requests.get(2);
        Json.put(Json.at(Json.list(at(changed, 0), "content").getFirst()), "text", "x");
        Json.put(Json.at(Json.list(changed, "tools").getFirst(), "input_schema"), "type", "y");
        Json.drop(changed, "max_tokens");
        assertEquals(request(turn("x"), turn("b")).replace("object", "y").replace(",\"max_tokens\":9", ""), Json.write(changed));
        for (var other : List.of(0, 1, 3)) assertEquals(json, Json.write(requests.get(other)));
        assertEquals(json, Json.write(parse(json)));
    }

    @Test void whatIsWrongIsSaidAsEver() {
        var json = request(turn("a"), turn("b"));
        parse(json);
        for (var wrong : List.of(json.substring(0, json.length() - 1), json + "}", json.replace("\"b\"", "\"b"), json.replace("}],\"system", "},],\"system"))) {
            var expected = assertThrows(Json.Malformed.class, () -> Json.parse(bytes(wrong))).getMessage();
            assertEquals(expected, assertThrows(Json.Malformed.class, () -> parse(wrong), wrong).getMessage());
        }
        assertEquals(json, Json.write(parse(json)));
    }

    /// Bytes lost, doubled, replaced and moved, turns added and taken away, in texts that follow one another.
    @Test void damaged() {
        var chance = new Random(11);
        var pieces = List.of("", "é", "漢", "😀", "\\n", "\"", ",", "{}", "[]", "null", " ", "\n", turn("x") + ",", "," + turn("y"), "\"model\":1,",
            "\"messages\":[],", ",\"messages\":[1,{}]", "\"messages\":{},", "}", "]");
        var read = 0;
        for (var i = 0; i < 60_000; i++) {
            if (i % 6 == 0) last = bytes(request(Stream.generate(() -> turn("é".repeat(chance.nextInt(4)) + chance.nextInt(3))).limit(chance.nextInt(5)).toArray(String[]::new)));
            else {
                var at = chance.nextInt(last.length);
                var lost = Math.min(chance.nextInt(3) == 0 ? chance.nextInt(4) : 0, last.length - at);
                var out = new ByteArrayOutputStream();
                out.write(last, 0, at);
                out.writeBytes(chance.nextInt(9) == 0 ? new byte[]{(byte) (chance.nextInt(128) - 128)} : bytes(pieces.get(chance.nextInt(pieces.size()))));
                out.write(last, at + lost, last.length - at - lost);
                last = out.toByteArray();
            }
            if (agrees(last)) read++;
        }
        assertTrue(read > 15_000, "only " + read + " could be read");
    }

    private byte[] last = {};

    private boolean agrees(byte[] json) {
        var text = new String(json, StandardCharsets.UTF_8);
        JsonElement alone;
        try {
            alone = Json.parse(json);
        } catch (Json.Malformed e) {
            assertEquals(e.getMessage(), assertThrows(Json.Malformed.class, () -> cache.parse(json), text).getMessage());
            return false;
        }
        var known = cache.parse(json);
        assertEquals(Json.write(alone), Json.write(known), text);
        assertEquals(alone, known, text);
        assertEquals(Json.write(alone), Json.write(Json.copy(known)), text);
        return true;
    }

    /// Long ones are read by themselves, and many go.
    @Test void whatIsKeptIsBounded() throws Exception {
        for (var i = 0; i < 300; i++) parse(request(turn("a".repeat(1 + i * 3)), turn(String.valueOf(i).repeat(500))));
        var field = ParseCache.class.getDeclaredField("texts");
        field.setAccessible(true);
        assertEquals(64, ((Deque<?>) field.get(cache)).size());
    }

    /// A conversation that grows keeps one text, and its turns not the texts that they came in.
    @Test void aLongConversationIsKeptOnce() throws Exception {
        var turns = new ArrayList<String>();
        for (var i = 0; i < 100; i++) {
            turns.add(turn("turn " + i + " ".repeat(300)));
            assertEquals(request(turns.toArray(String[]::new)), Json.write(parse(request(turns.toArray(String[]::new)))));
        }
        var field = ParseCache.class.getDeclaredField("texts");
        field.setAccessible(true);
        assertTrue(((Deque<?>) field.get(cache)).size() < 8);
    }

    @Test void severalAtOnce() throws Exception {
        var wrong = new ConcurrentLinkedQueue<String>();
        var threads = IntStream.range(0, 4).mapToObj(number -> Thread.ofPlatform().start(() -> {
            for (var i = 0; i < 2_000; i++) {
                var json = request(turn("a"), turn(String.valueOf(i % 3)), turn(String.valueOf(number)));
                var own = parse(json);
                Json.put(Json.at(Json.list(at(own, i % 3), "content").getFirst()), "text", "own");
                Json.put(Json.at(Json.list(own, "tools").getFirst(), "input_schema"), "type", number);
                if (!Json.write(parse(json)).equals(json)) wrong.add(json);
                if (!Json.text(Json.list(at(own, i % 3), "content").getFirst(), "text").equals("own")) wrong.add("own " + json);
            }
        })).toList();
        for (var thread : threads) thread.join();
        assertEquals(List.of(), List.copyOf(wrong));
    }
}
