package lib.message;

import module java.base;

import lib.json.*;

/// The number of tokens in a request: a cheap estimate, and a count as the model counts.
public final class Tokens {
    /// What a chat template puts around a message, beside its role, and before the answer.
    /// https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken
    private static final int MESSAGE = 3, ROLE = 1, ANSWER = 3;
    private static final Set<String> UNCOUNTED = Set.of("cache_control", "signature", "metadata", "id", "tool_use_id", "type");

    private Tokens() {}

    /// Whether there are images or documents, whose tokens are not in their text.
    public static boolean hasMedia(JsonObject message) {
        for (var turn : Json.list(message, "messages")) if (isMediaIn(turn)) return true;
        return false;
    }

    /// The same of one turn.
    public static boolean isMediaIn(JsonElement turn) {
        return Json.found(turn, "media", () -> isMedia(Json.find(turn, "content")));
    }

    private static boolean isMedia(JsonElement content) {
        if (content.isJsonObject())
            return Media.isImage(content) || Json.text(content, "type").equals("document") || isMedia(Json.find(content, "content"));
        for (var block : Json.list(content)) if (isMedia(block)) return true;
        return false;
    }

    /// Accurate to about 25 % and very cheap, for limits and for the first event of a stream: one token per four bytes of
    /// JSON, in any script, without images and opaque state.
    public static long estimate(JsonObject message, long bytes) {
        long opaque = 0, media = 0;
        for (var turn : Json.list(message, "messages")) {
            var other = Json.found(turn, Other.class, () -> other(turn));
            opaque += other.opaque;
            media += other.media;
        }
        return (bytes - opaque) / 4 + media;
    }

    /// What a turn has beside text: the length of opaque state and of media in JSON, and the media's tokens.
    private record Other(long opaque, long media) { }

    private static Other other(JsonElement turn) {
        long opaque = 0, media = 0;
        for (var block : Json.list(turn, "content")) {
            opaque += Json.text(block, "signature").length() + Json.text(block, "data").length();
            for (var shown : Json.text(block, "type").equals("tool_result") ? Json.list(block, "content") : List.of(block)) {
                if (!Media.isImage(shown) && !Media.isPdf(shown)) continue;
                opaque += Json.text(shown, "source", "data").length();
                media += Media.isImage(shown) ? Media.imageTokens(shown) : Media.pdfTokens(shown);
            }
        }
        return new Other(opaque, media);
    }

    /// How one kind of model counts.
    public interface Counter {
        long text(String text);

        long image(ImageSize size);

        /// Whether tools are shown to it as declarations, not as JSON.
        boolean declaresTools();
    }

    /// As such a model counts.
    public static long count(JsonObject message, Counter counter) {
        var tools = counter.declaresTools() ? Declarations.count(Json.list(message, "tools"), counter)
            : of(Json.find(message, "tools"), counter);
        var system = Json.has(message, "system") ? MESSAGE + ROLE : 0;
        return system + of(Json.find(message, "system"), counter) + tools + of(Json.find(message, "messages"), counter)
            + MESSAGE * (long) Json.list(message, "messages").size() + ANSWER;
    }

    private static long of(JsonElement tree, Counter counter) {
        if (Json.isText(tree)) return counter.text(Json.text(tree));
        if (tree.isJsonArray()) return Json.list(tree).stream().mapToLong(value -> of(value, counter)).sum();
        if (!tree.isJsonObject()) return tree.isJsonNull() ? 0 : 1;
        if (Media.isImage(tree)) return counter.image(ImageSize.of(Json.text(tree, "source", "data")));
        if (Media.isPdf(tree)) return Media.pdfTokens(tree);
        long sum = 0;
        for (var key : Json.keys(tree)) {
            if (UNCOUNTED.contains(key)) continue;
            var value = Json.find(tree, key);
            // Schemas and inputs reach the model as JSON text.
            sum += (key.equals("input_schema") || key.equals("input")) && value.isJsonObject()
                ? counter.text(Json.write(value)) : of(value, counter);
        }
        return sum;
    }
}
