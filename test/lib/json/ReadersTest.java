package lib.json;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lib.json.*;

/// The two readers see the same in every JSON text of every case, whole and damaged, and what was read is written as the same JSON.
class ReadersTest {
    private static final String LATER = "[\"" + "x".repeat(1024) + "\",{\"x\":?}]";

    /// Each request, and each line of each reply: all that these tests read.
    private static Stream<String> texts() throws IOException {
        try (var files = Files.walk(Path.of("test/cases"))) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList().stream().flatMap(file -> {
                try {
                    var text = Files.readString(file);
                    return Stream.concat(Pattern.compile("(?m)^-- .* --$").splitAsStream(text).map(String::strip),
                        text.lines().map(line -> line.replaceFirst("^data: ?", "").strip()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).filter(text -> text.startsWith("{") || text.startsWith("[")).distinct();
        }
    }

    private static JsonElement carefully(String text) { return CarefulReader.read(text, CarefulReader.STRICT); }

    /// Alone, and where a long text has objects that are read when somebody asks.
    private static void agree(byte[] json) {
        same(json);
        same(spliced(LATER.getBytes(StandardCharsets.UTF_8), LATER.indexOf('?'), 1, json));
    }

    private static void same(byte[] json) {
        var read = SliceReader.read(json);
        if (read.isEmpty()) return;
        var text = new String(json, StandardCharsets.UTF_8);
        var careful = carefully(text);
        assertEquals(careful, carefully(Json.write(Json.copy(read.get()))), text);
        assertEquals(careful, carefully(Json.write(read.get())), text);
        assertEquals(careful, Json.copy(read.get()), text);
        assertEquals(careful, read.get(), text);
        assertEquals(careful, carefully(Json.write(Json.copy(read.get()))), text);
    }

    @Test void whole() throws IOException {
        var read = new int[1];
        texts().map(text -> text.getBytes(StandardCharsets.UTF_8)).forEach(json -> {
            if (SliceReader.read(json).isPresent()) read[0]++;
            agree(json);
        });
        assertTrue(read[0] > 5_000, "only " + read[0] + " texts were read as slices");
    }

    /// A byte replaced, doubled or lost, and the end cut off: what the quick reader accepts, the other accepts as the same.
    @Test void damaged() throws IOException {
        var chance = new Random(7);
        var bytes = "{}[]\",:\\u0e1.-+tfn /\n\t\u0001\u00e9".getBytes(StandardCharsets.UTF_8);
        texts().filter(text -> text.length() < 600).limit(4_000).map(text -> text.getBytes(StandardCharsets.UTF_8)).forEach(json -> {
            for (var i = 0; i < 12; i++) {
                var at = chance.nextInt(json.length);
                var damaged = switch (i % 4) {
                    case 0 -> Arrays.copyOf(json, at);
                    case 1 -> spliced(json, at, 1, new byte[0]);
                    case 2 -> spliced(json, at, 0, new byte[]{json[at]});
                    default -> spliced(json, at, 1, new byte[]{bytes[chance.nextInt(bytes.length)]});
                };
                agree(damaged);
            }
        });
    }

    private static byte[] spliced(byte[] json, int at, int lost, byte[] more) {
        var out = new ByteArrayOutputStream();
        out.write(json, 0, at);
        out.writeBytes(more);
        out.write(json, at + lost, json.length - at - lost);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1.50", "1e400", "-1.5E-7", "123456789012345678901234567890", "\"\"", "\"a\\/b\\u0041\\ud83d\\ude00\\n\"",
        "\"half \\ud83d\"", "\" é漢😀 \"", "true", "false", "null", "{}", "[]", " [ 1 , { \"a\" : [ ] } ] ", "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"\\u0061\":1}", "{\"\":{\"\":[]}}", "\"\u2028\"", "\"12345678\\\"12345678\""})
    void aSlice(String json) {
        assertTrue(SliceReader.read(json.getBytes(StandardCharsets.UTF_8)).isPresent(), json);
        agree(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Left to the careful reader, which accepts some of it.
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "01", "1.", ".5", "-", "+1", "1e", "nul", "True", "{a:1}", "{'a':1}", "[1,]", "{\"a\":1,}", "{,}", "[", "{\"a\"", "{\"a\":",
        "\"a", "\"a\\", "\"\\x\"", "\"\\u12\"", "\"tab\there\"", "1 2", "{} {}", "\uFEFF{}", "/* a */ 1", "NaN"})
    void odd(String json) { assertTrue(SliceReader.read(json.getBytes(StandardCharsets.UTF_8)).isEmpty(), json); }

    @Test void nestedDeeply() {
        var deep = "[".repeat(250) + "]".repeat(250);
        assertTrue(SliceReader.read(deep.getBytes(StandardCharsets.UTF_8)).isEmpty());
        assertEquals(deep, Json.write(Json.parse(deep)));
        assertThrows(Json.Malformed.class, () -> Json.parse("[".repeat(100_000)));
    }

    /// A slice would carry bytes on that are not UTF-8; they become replacement characters.
    @Test void bytesThatAreNotUtf8() {
        for (var broken : List.of(new byte[]{(byte) 0xff}, new byte[]{(byte) 0xc3}, new byte[]{(byte) 0xed, (byte) 0xa0, (byte) 0xbd}))
            for (var before : List.of("", "a", "1234567", "12345678", "123456789012345")) for (var after : List.of("", "a", "12345678")) {
                var json = new ByteArrayOutputStream();
                json.writeBytes(("\"" + before).getBytes(StandardCharsets.UTF_8));
                json.writeBytes(broken);
                json.writeBytes((after + "\"").getBytes(StandardCharsets.UTF_8));
                assertTrue(Json.write(Json.parse(json.toByteArray())).contains("\uFFFD"), before + " " + after);
            }
    }

    /// As the JDK's decoder sees it, of bytes around which the rules change, in every place of the eight that are looked at at once.
    @Test void whatUtf8Is() {
        var chance = new Random(7);
        var edges = new int[]{0x00, 0x22, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
            0xF1, 0xF3, 0xF4, 0xF5, 0xF7, 0xF8, 0xFF};
        var valid = 0;
        for (var i = 0; i < 400_000; i++) {
            var before = i % 3 == 0 ? "" : "é漢😀abcdefgh".substring(chance.nextInt(2) == 0 ? 0 : 4, 4 + chance.nextInt(9));
            var out = new ByteArrayOutputStream();
            out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
            for (var left = chance.nextInt(5); left > 0; left--) out.write(edges[chance.nextInt(edges.length)]);
            out.writeBytes("ijklmnopqr".substring(0, chance.nextInt(10)).getBytes(StandardCharsets.UTF_8));
            var bytes = out.toByteArray();
            var expected = isDecoded(bytes);
            if (expected) valid++;
            assertEquals(expected, Utf8.isValid(bytes, 0, bytes.length), () -> HexFormat.of().formatHex(bytes));
        }
        assertTrue(valid > 50_000 && valid < 350_000, valid + " of them are UTF-8");
    }

    private static boolean isDecoded(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /// From a string that was built in memory.
    @Test void halfASurrogatePair() { assertEquals("\"\\ud83d\"", Json.write(Json.parse("\"\ud83d\""))); }

    @Test void anObjectOfManyKeys() {
        for (var count : List.of(3, 12, 13, 40)) {
            var object = new JsonObject();
            for (var i = 0; i < count; i++) Json.put(object, "key " + i, i);
            Json.put(object, "key 1", "again");
            Json.drop(object, "key 0");
            Json.drop(object, "missing");
            Json.put(object, "key 0", true);
            assertEquals(count, object.size());
            assertEquals(List.of("key 1", "key 2"), Json.keys(object).subList(0, 2));
            assertEquals("key 0", Json.keys(object).getLast());
            assertEquals("again", Json.text(object, "key 1"));
            assertEquals(object, Json.parse(Json.write(object)));
            assertEquals(object.hashCode(), Json.parse(Json.write(object)).hashCode());
        }
    }

    /// A copy shares what was read with the original, until somebody looks into one of them.
    @Test void aCopyIsOfItsOwn() {
        var json = "{\"a\":{\"b\":[1,{\"c\":\"x\"}]},\"d\":[{\"e\":1}]}";
        var original = Json.objectIn(json);
        var copy = Json.copy(original);
        var another = Json.copy(copy);
        Json.put(Json.at(Json.list(copy, "a", "b").getLast()), "c", "y");
        Json.drop(Json.at(Json.list(original, "d").getFirst()), "e");
        assertEquals("{\"a\":{\"b\":[1,{\"c\":\"y\"}]},\"d\":[{\"e\":1}]}", Json.write(copy));
        assertEquals("{\"a\":{\"b\":[1,{\"c\":\"x\"}]},\"d\":[{}]}", Json.write(original));
        assertEquals(json, Json.write(another));
    }

    /// An object in an object in a list is read when somebody asks what is in it: each way to ask finds it as it was.
    @Test void whatIsReadLater() {
        var inner = "{\"a\":{\"b\":[1]},\"c\":2}";
        Supplier<JsonObject> fresh = () -> Json.at(Json.list(Json.parse(LATER.replace("?", inner))).getLast(), "x");
        assertEquals(List.of("a", "c"), Json.keys(fresh.get()));
        assertEquals(2, fresh.get().size());
        assertTrue(Json.mentions(fresh.get(), "c"));
        assertEquals(Json.parse(inner), fresh.get());
        assertEquals(fresh.get(), Json.parse(inner));
        assertEquals(Json.parse(inner).hashCode(), fresh.get().hashCode());
        assertEquals(inner, Json.write(Json.shallow(fresh.get())));
        var changed = fresh.get();
        Json.drop(changed, "a");
        Json.put(changed, "d", 3);
        assertEquals("{\"c\":2,\"d\":3}", Json.write(changed));
        var original = fresh.get();
        var copy = Json.copy(original);
        Json.put(Json.at(original, "a"), "b", 0);
        Json.put(copy, "c", 0);
        assertEquals("{\"a\":{\"b\":0},\"c\":2}", Json.write(original));
        assertEquals("{\"a\":{\"b\":[1]},\"c\":0}", Json.write(copy));
        var twice = LATER.replace("?", "{\"a\":1,\"a\":2}");
        var whole = Json.parse(twice);
        assertEquals(twice, Json.write(whole));
        var late = Json.at(Json.list(whole).getLast(), "x");
        assertEquals(2, Json.number(late, "a"));
        assertEquals(twice, Json.write(whole));
        Json.put(late, "b", 3);
        assertEquals(LATER.replace("?", "{\"a\":2,\"b\":3}"), Json.write(whole));
    }

    /// Which would take time in proportion to its depth, if what is put off were put off again within.
    @Test void deepWithSpacesAndWithout() {
        for (var inner : List.of("[1,2]", "[1, 2]")) {
            var deep = "[{\"a\":{\"b\":".repeat(40) + inner + "}}]".repeat(40);
            var text = LATER.replace("?", deep);
            var read = Json.parse(text);
            assertEquals(text.replace(" ", ""), Json.write(read));
            var seen = new int[1];
            Json.eachObject(read, _ -> seen[0]++);
            assertEquals(81, seen[0]);
            assertEquals(carefully(text), read);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":[1,]}", "{\"a\":tru}", "{\"a\":\"\\x\"}", "{\"a\":1"})
    void whatIsReadLaterIsCheckedAtOnce(String inner) {
        assertTrue(SliceReader.read(LATER.replace("?", inner).getBytes(StandardCharsets.UTF_8)).isEmpty());
    }

    /// What was read is written as it came, unless it can have changed, has space in it, or names a key twice.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":{"b":"\\u0041"}} | {"a":{"b":"\\u0041"}}
        {"a": {"b":1} , "c":[1, 2]} | {"a":{"b":1},"c":[1,2]}
        {"a":1,"a":2} | {"a":2}
        [{"c":{"a":1,"a":2}}] | [{"c":{"a":2}}]
        [{"a":{"b": 1}}] | [{"a":{"b":1}}]
        """)
    void written(String json, String written) { assertEquals(written, Json.write(Json.parse(json))); }
}
