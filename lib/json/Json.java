package lib.json;

import module java.base;
import com.google.gson.Strictness;

/// Reads, changes and writes JSON trees. Missing values read as empty, never as null.
public final class Json {
    private Json() {}

    /// The text is not valid JSON; the message says where.
    public static final class Malformed extends RuntimeException {
        Malformed(String message) { super(message); }
    }

    // Reading

    public static JsonElement parse(byte[] utf8) { return SliceReader.read(utf8).orElseGet(() -> carefully(utf8)); }

    static JsonElement carefully(byte[] utf8) {
        return CarefulReader.read(new String(utf8, StandardCharsets.UTF_8), CarefulReader.STRICT);
    }

    public static JsonElement parse(String text) {
        if (Utf8.hasLoneSurrogate(text)) return CarefulReader.read(text, CarefulReader.STRICT);   // it has no bytes
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The object in the text, or an empty one if the text is anything else.
    public static JsonObject objectIn(String text) { return objectIn(() -> parse(text)); }

    public static JsonObject objectIn(byte[] utf8) { return objectIn(() -> parse(utf8)); }

    private static JsonObject objectIn(Supplier<JsonElement> reader) {
        try {
            return reader.get() instanceof JsonObject object ? object : new JsonObject();
        } catch (Malformed e) {
            return new JsonObject();
        }
    }

    /// The same of what is JSON only almost, such as an object that Python printed.
    public static Optional<JsonElement> loose(String text) {
        try {
            return Optional.of(CarefulReader.read(text, Strictness.LENIENT)).filter(JsonElement::isJsonObject);
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    public static boolean isObject(String text) {
        try {
            return parse(text).isJsonObject();
        } catch (Malformed e) {
            return false;
        }
    }

    /// The value at the end of the path, or JSON's null.
    public static JsonElement find(JsonElement from, String... path) {
        var here = from;
        for (var key : path) {
            if (!(here instanceof JsonObject object)) return JsonNull.INSTANCE;
            here = object.get(key);
        }
        return here == null ? JsonNull.INSTANCE : here;
    }

    public static JsonObject at(JsonElement from, String... path) {
        return find(from, path) instanceof JsonObject object ? object : new JsonObject();
    }

    public static List<JsonElement> list(JsonElement from, String... path) {
        return find(from, path) instanceof JsonArray array ? array.asList() : List.of();
    }

    public static String text(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isString() ? value.spelled() : "";
    }

    /// A string, number or boolean as text; otherwise empty.
    public static String spelled(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value ? value.spelled() : "";
    }

    public static long number(JsonElement from, String... path) {
        return isNumber(from, path) ? (long) ((JsonPrimitive) find(from, path)).decimal() : 0;
    }

    public static double decimal(JsonElement from, String... path) {
        return isNumber(from, path) ? ((JsonPrimitive) find(from, path)).decimal() : 0;
    }

    public static boolean flag(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isTrue();
    }

    public static boolean has(JsonElement from, String... path) { return !find(from, path).isJsonNull(); }

    /// The key is there, though its value may be null.
    public static boolean mentions(JsonElement from, String key) { return from instanceof JsonObject object && object.get(key) != null; }

    public static boolean isText(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isString();
    }

    /// A text of nothing but space, or no text.
    public static boolean isBlank(JsonElement from, String... path) {
        return !(find(from, path) instanceof JsonPrimitive value) || !value.isString() || value.isBlank();
    }

    /// The empty text, or no text.
    public static boolean isEmpty(JsonElement from, String... path) {
        return !(find(from, path) instanceof JsonPrimitive value) || !value.isString() || value.isEmpty();
    }

    /// A text that begins with this one, which has only letters that JSON writes as they are.
    public static boolean startsWith(JsonElement from, String beginning, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isString() && value.startsWith(beginning);
    }

    public static boolean isNumber(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isNumber();
    }

    public static boolean isFlag(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isBoolean();
    }

    public static List<String> keys(JsonElement from) {
        return from instanceof JsonObject object ? object.keys() : List.of();
    }

    // Building

    /// An object of alternating keys and values; a value may be a JSON tree, a string, a number or a boolean.
    public static JsonObject object(Object... keysAndValues) {
        var object = new JsonObject();
        for (var i = 0; i < keysAndValues.length; i += 2) object.add((String) keysAndValues[i], tree(keysAndValues[i + 1]));
        return object;
    }

    public static JsonArray array(Object... values) {
        var array = new JsonArray();
        for (var value : values) array.add(tree(value));
        return array;
    }

    public static JsonArray arrayOf(Iterable<?> values) {
        var array = new JsonArray();
        for (var value : values) array.add(tree(value));
        return array;
    }

    public static void put(JsonObject object, String key, Object value) { object.add(key, tree(value)); }

    public static void drop(JsonObject object, String key) { object.remove(key); }

    /// Drops every other key.
    public static void keep(JsonObject object, Collection<String> keys) {
        for (var key : object.keys()) if (!keys.contains(key)) object.remove(key);
    }

    public static <T extends JsonElement> T copy(T tree) {
        @SuppressWarnings("unchecked") var copy = (T) tree.deepCopy();
        return copy;
    }

    /// Copies the values that exist.
    public static void pass(JsonObject from, JsonObject to, String... keys) {
        for (var key : keys) if (has(from, key)) to.add(key, from.get(key));
    }

    /// A shallow copy: its own keys, the same values.
    public static JsonObject shallow(JsonObject object) {
        var copy = new JsonObject();
        object.forEach(copy::add);
        return copy;
    }

    /// The texts as one, with `between` between them. What was read is copied without being decoded.
    public static JsonElement joined(List<JsonElement> texts, String between) {
        if (texts.size() == 1) return texts.getFirst();
        var length = 2;
        for (var text : texts) length += between.length() + length(text);
        var out = new Utf8(length).add('"');
        for (var i = 0; i < texts.size(); i++) {
            if (i > 0) out.escaped(between);
            if (texts.get(i) instanceof JsonPrimitive text) text.writeTextTo(out);
        }
        return slice(out.add('"'));
    }

    /// JSON as a text that contains it.
    public static JsonElement quoted(JsonElement tree) {
        var json = bytes(tree);
        return slice(new Utf8(json.length + json.length / 8 + 16).add('"').escaped(json).add('"'));
    }

    private static JsonElement slice(Utf8 written) {
        var json = written.bytes();
        return new JsonPrimitive(json, 0, json.length, false);
    }

    /// A value as JSON.
    public static JsonElement tree(Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof JsonElement tree) return tree;
        if (value instanceof String text) return new JsonPrimitive(text);
        if (value instanceof Boolean flag) return new JsonPrimitive(flag);
        if (value instanceof Number number) return new JsonPrimitive(number);
        throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }

    // Writing

    public static String write(JsonElement tree) { return written(tree).toString(); }

    public static byte[] bytes(JsonElement tree) { return written(tree).bytes(); }

    /// As a key to look something up by.
    public static Written key(JsonElement tree) {
        if (tree instanceof JsonContainer read && read.isSlice()) return new Written(read.slice());
        var json = bytes(tree);
        return new Written(new Slice(json, 0, json.length));
    }

    /// What follows from a tree. For an unchanged tree that an earlier text had as well, it is found once and kept under `what`, so it
    /// must never change, and must depend on nothing but the tree.
    public static <T> T found(JsonElement tree, Object what, Supplier<T> finding) {
        return repeated(tree).map(slice -> {
            @SuppressWarnings("unchecked") var known = (T) slice.finding(what);
            if (known != null) return known;
            var found = finding.get();
            if (tree instanceof JsonContainer read && read.slice() == slice) slice.keep(what, found);
            return found;
        }).orElseGet(finding);
    }

    /// A check that such a tree passes once.
    public static void once(JsonElement tree, Object what, Runnable check) {
        found(tree, what, () -> {
            check.run();
            return true;
        });
    }

    private static Optional<Slice> repeated(JsonElement tree) {
        return tree instanceof JsonContainer read && read.isSlice() && read.slice().repeats ? Optional.of(read.slice()) : Optional.empty();
    }

    /// The same for a list that is made from several trees. Each caller gets a copy.
    public static JsonArray made(List<JsonElement> trees, Object what, Supplier<JsonArray> making) {
        var slices = trees.stream().map(Json::repeated).flatMap(Optional::stream).toList();
        if (slices.isEmpty() || slices.size() < trees.size()) return making.get();
        return copy(found(trees.getFirst(), new Slice.Together(slices, what), () -> (JsonArray) parse(bytes(making.get()))));
    }

    private static Utf8 written(JsonElement tree) {
        var out = new Utf8(length(tree));
        write(tree, out);
        return out;
    }

    /// About how many bytes it takes: a buffer that grows copies what it has once more each time.
    private static int length(JsonElement tree) {
        if (tree instanceof JsonContainer read && read.isSlice()) return read.slice().length();
        if (tree instanceof JsonPrimitive value) return value.length();
        var sum = new int[]{4};   // null, or what encloses the rest
        if (tree instanceof JsonObject object) object.forEach((key, value) -> sum[0] += key.length() + 4 + length(value));
        else if (tree instanceof JsonArray array) for (var value : array) sum[0] += 1 + length(value);
        return sum[0];
    }

    private static void write(JsonElement tree, Utf8 out) {
        if (tree instanceof JsonContainer read && read.isSlice()) out.add(read.slice());
        else if (tree instanceof JsonObject object) {
            out.add('{');
            object.forEach((key, value) -> {
                out.separated('{').quoted(key).add(':');
                write(value, out);
            });
            out.add('}');
        } else if (tree instanceof JsonArray array) {
            out.add('[');
            for (var value : array) write(value, out.separated('['));
            out.add(']');
        } else if (tree instanceof JsonPrimitive value) value.writeTo(out);
        else out.add("null");
    }

    /// Calls `visit` for every object in the tree, parents first.
    public static void eachObject(JsonElement tree, Consumer<JsonObject> visit) {
        if (tree instanceof JsonObject object) {
            visit.accept(object);
            for (var key : keys(object)) eachObject(object.get(key), visit);
        } else if (tree instanceof JsonArray array) {
            for (var value : array) eachObject(value, visit);
        }
    }
}
