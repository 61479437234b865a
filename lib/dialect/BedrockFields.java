package lib.dialect;

import com.google.gson.JsonObject;
import lib.wire.Json;

/// What Converse passes to a family of models unread.
final class BedrockFields {
    private BedrockFields() {}

    static boolean isClaude(Route route) { return route.name().contains("claude-"); }

    /// OpenAI's own models, which take neither sampling nor stop sequences here.
    static boolean isGpt(Route route) { return route.name().contains("openai.gpt-") && !route.name().contains("gpt-oss"); }

    /// Whether it has a cache that is marked. To any other model a cache point is a 403.
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
    static boolean caches(Route route) { return isClaude(route) || route.name().contains("nova-"); }

    static boolean thinks(Request request, Route route) { return route.model().reasons() && !Effort.of(request.message()).equals(Effort.OFF); }

    private static String ofThree(String effort) {
        return switch (effort) {
            case "medium", "high" -> effort;
            case "xhigh", "max" -> "high";
            default -> "low";
        };
    }

    static JsonObject of(Request request, Route route) {
        var message = request.message();
        var fields = new JsonObject();
        var name = route.name();
        var level = route.model().level(Effort.of(message));
        if (isClaude(route)) {
            for (var key : new String[]{"top_k", "thinking", "output_config"}) if (Json.has(message, key)) Json.put(fields, key, Json.find(message, key));
            var betas = Betas.CONVERSE.of(request);
            if (!betas.isEmpty()) Json.put(fields, "anthropic_beta", Json.arrayOf(betas));
        } else if (name.contains("gpt-oss")) {
            Json.put(fields, "reasoning_effort", ofThree(Effort.of(message)));   // it cannot stop, and knows three
        } else if (name.contains("openai.")) {
            if (!level.isEmpty()) Json.put(fields, "reasoning", Json.object("effort", level));
        } else if (name.contains("nova-2") && thinks(request, route)) {
            Json.put(fields, "reasoningConfig", Json.object("type", "enabled", "maxReasoningEffort", level.isEmpty() ? "medium" : level));
        }
        return fields;
    }
}
