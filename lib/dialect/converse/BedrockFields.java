package lib.dialect.converse;


import lib.json.*;
import lib.model.*;
import lib.quirk.*;
import lib.request.*;
import lib.route.*;

/// Fields that Converse passes unchecked to a family of models.
final class BedrockFields {
    private BedrockFields() {}

    static boolean isClaude(Route route) { return route.family() == Family.CLAUDE; }

    /// OpenAI's own models accept neither sampling parameters nor stop sequences here.
    static boolean isGpt(Route route) { return route.family() == Family.GPT; }

    /// Whether the model takes cache points; other models answer them with a 403.
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
    static boolean caches(Route route) { return isClaude(route) || route.family() == Family.NOVA; }

    static boolean thinks(Request request, Route route) {
        return route.model().reasons() && !Effort.of(request.message()).equals(Effort.OFF);
    }

    /// Nova refuses an output limit together with high effort.
    /// https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html ; 2026-11, recalled.
    static boolean isUnlimited(Request request, Route route) {
        return route.family() == Family.NOVA && thinks(request, route) && ofThree(Effort.of(request.message())).equals("high");
    }

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
        var effort = Effort.of(message);
        var level = route.model().level(effort);
        switch (route.family()) {
            case CLAUDE -> {
                Json.pass(ClaudeThinking.fitted(message, route), fields, "top_k", "thinking", "output_config");
                var betas = BetaFlags.CONVERSE.of(request);
                if (!betas.isEmpty()) Json.put(fields, "anthropic_beta", Json.arrayOf(betas));
            }
            case GPT_OSS -> Json.put(fields, "reasoning_effort", ofThree(effort));   // it always reasons, at one of three levels
            case GPT -> {
                if (!level.isEmpty()) Json.put(fields, "reasoning", Json.object("effort", level));
            }
            case NOVA -> {
                var config = Json.object("type", "enabled", "maxReasoningEffort", ofThree(effort));
                if (thinks(request, route)) Json.put(fields, "reasoningConfig", config);
            }
            default -> { }
        }
        return fields;
    }
}
