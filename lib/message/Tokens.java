package lib.message;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.Set;

/// How many tokens a request has: a cheap estimate, and a careful count.
public final class Tokens {
    private static final int MESSAGE = 4;   // what a chat template puts around a message
    private static final Set<String> UNCOUNTED = Set.of("cache_control", "signature", "metadata", "id", "tool_use_id", "type");

    private Tokens() {}

    /// Within a quarter of the truth in well under a millisecond, for limits and for the first event of a stream.
    public static long estimate(JsonObject message) {
        return of(Json.find(message, "system"), text -> guess(text)) + of(Json.find(message, "tools"), Tokens::guess) + of(Json.find(message, "messages"), Tokens::guess)
            + MESSAGE * (long) Json.list(message, "messages").size();
    }

    /// By OpenAI's o200k vocabulary.
    public static long count(JsonObject message) {
        return of(Json.find(message, "system"), Vocabulary::count) + of(Json.find(message, "tools"), Vocabulary::count) + of(Json.find(message, "messages"), Vocabulary::count)
            + MESSAGE * (long) Json.list(message, "messages").size();
    }

    /// A token is about four letters of Latin script, or one character and a half of any other.
    private static long guess(String text) {
        var wide = 0;
        for (var i = 0; i < text.length(); i++) if (text.charAt(i) > 0x2FF) wide++;
        return (text.length() - wide) / 4 + wide * 2L / 3 + 1;
    }

    private static long of(JsonElement tree, java.util.function.ToLongFunction<String> count) {
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
            sum += (key.equals("input_schema") || key.equals("input")) && value.isJsonObject() ? count.applyAsLong(Json.write(value)) : of(value, count);
        }
        return sum;
    }
}
