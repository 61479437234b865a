package lib.wire;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.Streams;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

/// The only file that calls gson's methods. Missing values read as empty, never as null.
public final class Json {
    private Json() {}

    /// The text is not valid JSON; the message says where.
    public static final class Malformed extends RuntimeException {
        Malformed(String message) { super(message); }
    }

    // Reading

    public static JsonElement parse(byte[] utf8) { return parse(new String(utf8, StandardCharsets.UTF_8)); }

    public static JsonElement parse(String text) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LEGACY_STRICT);   // STRICT refuses lone surrogates, which JavaScript sends and accepts
        try {
            var tree = Streams.parse(reader);   // JsonParser would switch to lenient
            if (reader.peek() != JsonToken.END_DOCUMENT) throw new Malformed("text after the end of the JSON value");
            return tree;
        } catch (MalformedJsonException | EOFException e) {
            throw new Malformed(plain(e.getMessage()));
        } catch (JsonParseException | IOException e) {
            throw new Malformed(plain(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    /// The object in the text, or an empty one if the text is anything else.
    public static JsonObject objectIn(String text) {
        try {
            return parse(text) instanceof JsonObject object ? object : new JsonObject();
        } catch (Malformed e) {
            return new JsonObject();
        }
    }

    /// The same of what is JSON only almost, such as an object that Python printed.
    public static Optional<JsonElement> loose(String text) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LENIENT);
        try {
            return Optional.of(Streams.parse(reader)).filter(JsonElement::isJsonObject);
        } catch (JsonParseException e) {
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

    private static String plain(String message) {
        return message == null ? "unexpected end" : message.lines().findFirst().orElse("").replaceAll("Use JsonReader.*", "").strip();
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
        return find(from, path) instanceof JsonPrimitive value && value.isString() ? value.getAsString() : "";
    }

    /// A string, number or boolean as text; otherwise empty.
    public static String spelled(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    public static long number(JsonElement from, String... path) {
        return isNumber(from, path) ? (long) find(from, path).getAsDouble() : 0;
    }

    public static double decimal(JsonElement from, String... path) {
        return isNumber(from, path) ? find(from, path).getAsDouble() : 0;
    }

    public static boolean flag(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isBoolean() && value.getAsBoolean();
    }

    public static boolean has(JsonElement from, String... path) { return !find(from, path).isJsonNull(); }

    public static boolean isText(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isString();
    }

    public static boolean isNumber(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isNumber();
    }

    public static boolean isFlag(JsonElement from, String... path) {
        return find(from, path) instanceof JsonPrimitive value && value.isBoolean();
    }

    public static Collection<String> keys(JsonElement from) {
        return from instanceof JsonObject object ? List.copyOf(object.keySet()) : List.of();
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
        for (var entry : object.entrySet()) copy.add(entry.getKey(), entry.getValue());
        return copy;
    }

    /// A value as JSON.
    public static JsonElement tree(Object value) {
        return switch (value) {
            case null -> JsonNull.INSTANCE;
            case JsonElement tree -> tree;
            case String text -> new JsonPrimitive(text);
            case Boolean flag -> new JsonPrimitive(flag);
            case Number number -> new JsonPrimitive(number);
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        };
    }

    // Writing

    public static String write(JsonElement tree) { return written(tree).toString(); }

    public static byte[] bytes(JsonElement tree) { return written(tree).bytes(); }

    private static Utf8 written(JsonElement tree) {
        var out = new Utf8(512);
        write(tree, out);
        return out;
    }

    private static void write(JsonElement tree, Utf8 out) {
        switch (tree) {
            case JsonObject object -> {
                out.add('{');
                var first = true;
                for (var entry : object.entrySet()) {
                    if (!first) out.add(',');
                    first = false;
                    out.quoted(entry.getKey()).add(':');
                    write(entry.getValue(), out);
                }
                out.add('}');
            }
            case JsonArray array -> {
                out.add('[');
                var first = true;
                for (var value : array) {
                    if (!first) out.add(',');
                    first = false;
                    write(value, out);
                }
                out.add(']');
            }
            case JsonPrimitive value when value.isString() -> out.quoted(value.getAsString());
            case JsonPrimitive value -> out.add(value.getAsString());
            default -> out.add("null");
        }
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
