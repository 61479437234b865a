package lib.dialect;

import com.google.gson.JsonObject;
import lib.wire.Json;

/// How much the client wants the model to think: `off`, or a level from low to max.
/// https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking
final class Effort {
    static final String OFF = "off";

    private Effort() {}

    static String of(JsonObject message) {
        var level = Json.text(message, "output_config", "effort");
        return switch (Json.text(message, "thinking", "type")) {
            case "adaptive" -> level.isEmpty() ? "high" : level;
            case "enabled" -> level.isEmpty() ? ofBudget(Json.number(message, "thinking", "budget_tokens")) : level;
            default -> OFF;   // absent means off in Anthropic's API
        };
    }

    /// What the model can do of it: one that cannot stop thinking thinks a little.
    static String of(JsonObject message, Model model) {
        var wanted = of(message);
        return wanted.equals(OFF) && !model.canStopReasoning() ? "low" : wanted;
    }

    private static String ofBudget(long tokens) {
        return tokens < 2_000 ? "low" : tokens < 10_000 ? "medium" : tokens < 24_000 ? "high" : "max";
    }
}
