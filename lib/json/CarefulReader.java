package lib.json;

import module java.base;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

/// Reads what `SliceReader` leaves: JSON with oddities that clients and providers write, or text that is not JSON, and then says why.
final class CarefulReader {
    /// Strict, but for half a surrogate pair, which JavaScript sends and accepts.
    static final Strictness STRICT = Strictness.LEGACY_STRICT;

    private CarefulReader() {}

    static JsonElement read(String text, Strictness strictness) {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(strictness);
        try {
            var tree = value(reader);
            if (strictness == STRICT && reader.peek() != JsonToken.END_DOCUMENT)
                throw new Json.Malformed("text after the end of the JSON value");
            return tree;
        } catch (MalformedJsonException | EOFException e) {
            if (text.isBlank()) return JsonNull.INSTANCE;
            throw new Json.Malformed(plain(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);   // a text in memory has none
        }
    }

    private static JsonElement value(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object(in);
            case BEGIN_ARRAY -> array(in);
            case STRING -> new JsonPrimitive(in.nextString());
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NULL -> {
                in.nextNull();
                yield JsonNull.INSTANCE;
            }
            case NUMBER -> number(in.nextString());
            default -> throw new MalformedJsonException("unexpected " + in.peek());
        };
    }

    private static JsonObject object(JsonReader in) throws IOException {
        var object = new JsonObject();
        in.beginObject();
        while (in.hasNext()) object.add(in.nextName(), value(in));
        in.endObject();
        return object;
    }

    private static JsonArray array(JsonReader in) throws IOException {
        var array = new JsonArray();
        in.beginArray();
        while (in.hasNext()) array.add(value(in));
        in.endArray();
        return array;
    }

    private static JsonPrimitive number(String spelled) {
        return new JsonPrimitive(spelled.getBytes(StandardCharsets.ISO_8859_1), 0, spelled.length(), true);
    }

    private static String plain(String message) {
        return message == null ? "unexpected end" : message.lines().findFirst().orElse("").replaceAll("Use JsonReader.*", "").strip();
    }
}
