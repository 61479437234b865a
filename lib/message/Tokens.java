package lib.message;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.wire.*;

/// The number of tokens in a request: a cheap estimate, and an exact count.
public final class Tokens {
    private static final int MESSAGE = 4;   // a chat template's overhead per message
    private static final Set<String> UNCOUNTED = Set.of("cache_control", "signature", "metadata", "id", "tool_use_id", "type");

    private Tokens() {}

    /// Accurate to about 25 % and very cheap, for limits and for the first event of a stream: one token per four bytes of
    /// JSON, in any script, without images and opaque state.
    public static long estimate(JsonObject message, long bytes) {
        long opaque = 0, media = 0;
        for (var turn : Json.list(message, "messages"))
            for (var block : Json.list(turn, "content")) {
                opaque += Json.text(block, "signature").length() + Json.text(block, "data").length();
                for (var shown : Json.text(block, "type").equals("tool_result") ? Json.list(block, "content") : List.of(block)) {
                    if (!Media.isImage(shown) && !Media.isPdf(shown)) continue;
                    opaque += Json.text(shown, "source", "data").length();
                    media += Media.isImage(shown) ? Media.imageTokens(shown) : Media.pdfTokens(shown);
                }
            }
        return (bytes - opaque) / 4 + media;
    }

    /// With OpenAI's o200k vocabulary.
    public static long count(JsonObject message) {
        return of(Json.find(message, "system"), Vocabulary::count) + of(Json.find(message, "tools"), Vocabulary::count)
            + of(Json.find(message, "messages"), Vocabulary::count)
            + MESSAGE * (long) Json.list(message, "messages").size();
    }

    private static long of(JsonElement tree, ToLongFunction<String> count) {
        if (Json.isText(tree)) return count.applyAsLong(Json.text(tree));
        if (tree.isJsonArray()) return Json.list(tree).stream().mapToLong(value -> of(value, count)).sum();
        if (!tree.isJsonObject()) return tree.isJsonNull() ? 0 : 1;
        if (Media.isImage(tree)) return Media.imageTokens(tree);
        if (Media.isPdf(tree)) return Media.pdfTokens(tree);
        long sum = 0;
        for (var key : Json.keys(tree)) {
            if (UNCOUNTED.contains(key)) continue;
            var value = Json.find(tree, key);
            // Schemas and inputs reach the model as JSON text.
            sum += (key.equals("input_schema") || key.equals("input")) && value.isJsonObject()
                ? count.applyAsLong(Json.write(value)) : of(value, count);
        }
        return sum;
    }
}
