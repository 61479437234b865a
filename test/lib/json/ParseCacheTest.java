package lib.json;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
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

    /// A finding is made once for each slice: the same answer means that the turn was known.
    private static Object finding(JsonElement of) { return Json.found(of, "test", Object::new); }

    private static JsonElement at(JsonObject request, int turn) { return Json.list(request, "messages").get(turn); }

    @Test void whatFollowsFromAPartIsFoundOnce() {
        parse(request(turn("a"), turn("b")));
        var second = parse(request(turn("a"), turn("c"), turn("d")));
        var third = parse(request(turn("a"), turn("c"), turn("x"), turn("y")));
        var fourth = parse(request(turn("a"), turn("c"), turn("x"), turn("z")));
        assertSame(finding(at(second, 0)), finding(at(third, 0)));
        assertSame(finding(Json.find(second, "tools")), finding(Json.find(fourth, "tools")));
        assertSame(finding(at(third, 1)), finding(at(fourth, 1)));
        assertNotSame(finding(at(fourth, 3)), finding(at(fourth, 3)));   // nobody has sent this one before
        Json.put((JsonObject) at(fourth, 0), "role", "assistant");
        assertNotSame(finding(at(third, 0)), finding(at(fourth, 0)));
        assertNotSame(finding(at(fourth, 0)), finding(at(fourth, 0)));
    }

    /// It changes while something is found out about it.
    @Test void aFindingAboutWhatItChangesIsNotKept() {
        parse(request(turn("a")));
        for (var i = 0; i < 3; i++) {
            var turn = (JsonObject) at(parse(request(turn("a"))), 0);
            assertTrue(Json.found(turn, "test", () -> {
                Json.drop(turn, "role");
                return Json.text(turn, "role").isEmpty();
            }));
            assertFalse(Json.has(turn, "role"));
        }
    }

    /// What is made of a tree may be changed by whoever gets it.
    @Test void whatIsMadeIsACopy() {
        parse(request(turn("a")));
        var made = 0;
        for (var i = 0; i < 3; i++) {
            var count = made;
            var copy = Json.made(List.of(at(parse(request(turn("a"))), 0)), "test", () -> Json.array(Json.object("made", count)));
            made++;
            assertEquals("[{\"made\":0}]", Json.write(copy));
            Json.put(Json.at(Json.list(copy).getFirst()), "made", "changed");
            copy.add(JsonNull.INSTANCE);
        }
    }

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

    @Test void whatIsKeptIsBounded() {
        for (var i = 0; i < 2_000; i++) parse(request(turn("a".repeat(1 + i * 3)), turn(String.valueOf(i).repeat(500))));
        assertTrue(cache.size() < 1_500, cache.size() + " texts");
        assertTrue(cache.cost() <= Runtime.getRuntime().maxMemory() / 16, cache.cost() + " bytes");
    }

    /// Its turns do not keep the texts that they came in, whatever else those have.
    @Test void aLongConversationIsKeptOnce() {
        for (var system : List.of("\"" + "s".repeat(100_000) + "\"", "[{\"text\":\"" + "s".repeat(100_000) + "\"}]", "\"short\"")) {
            var grown = new ParseCache(0);
            var turns = new ArrayList<String>();
            var last = "";
            for (var i = 0; i < 100; i++) {
                turns.add(turn("turn " + i + " ".repeat(300)));
                last = request(turns.toArray(String[]::new)).replace("\"system\":", "\"first\":" + system + ",\"system\":");
                assertEquals(last, Json.write(grown.parse(bytes(last))));
            }
            assertTrue(grown.size() < 8, grown.size() + " texts");
            assertTrue(grown.cost() < 20L * last.length(), grown.cost() + " bytes for a text of " + last.length());
        }
    }

    /// However long what came in between is, and whatever else was asked meanwhile.
    @Test void theEndIsKnownBehindLongTurns() {
        var turns = new ArrayList<String>(List.of(turn("a".repeat(3_000))));
        for (var i = 0; i < 5; i++) {
            var longer = parse(request(turns.toArray(String[]::new)));
            if (i > 1) assertSame(finding(Json.find(longer, "tools")), finding(Json.find(parse(request(turns.toArray(String[]::new))), "tools")));
            parse(request(turn("a short one of a subagent, number " + i)));
            var again = parse(request(turns.toArray(String[]::new)));
            assertSame(finding(at(again, 0)), finding(at(again, 0)));
            turns.addAll(List.of(turn("b".repeat(10_000)), turn(i + "c".repeat(5_000)), turn("d")));
        }
    }

    /// As parallel sessions do that have only just begun.
    @Test void twoConversationsWithTheSameToolsAreBothKept() {
        var tools = "{\"name\":\"" + "t".repeat(60_000) + "\"}";
        List<List<String>> both = List.of(new ArrayList<>(), new ArrayList<>());
        for (var i = 0; i < 6; i++)
            for (var number = 0; number < 2; number++) {
                both.get(number).add(turn("turn " + i + " of conversation " + number));
                parse(request(both.get(number).toArray(String[]::new)).replace("\"tools\":[", "\"tools\":[" + tools + ","));
            }
        assertTrue(cache.size() >= 2 && cache.size() < 6, cache.size() + " texts");
        var again = parse(request(both.getFirst().toArray(String[]::new)));
        assertSame(finding(at(again, 3)), finding(at(again, 3)));
    }

    /// What is made for many models is kept for two.
    @Test void whatIsMadeIsBounded() {
        parse(request(turn("a")));
        var made = new AtomicInteger();
        var turn = at(parse(request(turn("a"))), 0);
        for (var round = 0; round < 3; round++)
            for (var model = 0; model < 20; model++) Json.made(List.of(turn), "model " + model, () -> Json.array(made.incrementAndGet()));
        assertEquals(60, made.get());
        for (var i = 0; i < 3; i++) Json.made(List.of(turn), "model 19", () -> Json.array(made.incrementAndGet()));
        assertEquals(60, made.get());
    }

    /// With a key twice in an object that is read late: to compare it reads it.
    @Test void severalCompareWhatIsReadLate() throws Exception {
        var twice = request(turn("a")).replace("{\"type\":\"object\"}", "{\"type\":\"object\",\"type\":\"object\",\"d\":\"" + "x".repeat(1_500) + "\"}");
        var wrong = new ConcurrentLinkedQueue<Throwable>();
        for (var round = 0; round < 200; round++) {
            var fresh = new ParseCache(0);
            fresh.parse(bytes(twice));
            var threads = IntStream.range(0, 2).mapToObj(_ -> Thread.ofPlatform().start(() -> {
                try {
                    var tools = Json.list(fresh.parse(bytes(twice)), "tools");
                    assertEquals(1, tools.stream().distinct().count());
                    assertEquals(tools.getFirst(), Json.copy(tools.getFirst()));
                } catch (Throwable e) {
                    wrong.add(e);
                }
            })).toList();
            for (var thread : threads) thread.join();
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    /// What has no parts to share is not kept.
    @Test void whatCannotBeSharedIsNotKept() {
        parse(request(turn("a")).replace(":", ": "));
        parse("{\"messages\":[" + "1,".repeat(500) + "1]}");
        assertEquals(0, cache.size());
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
