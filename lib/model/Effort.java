package lib.model;


import lib.json.*;

/// How much the client wants the model to think: `off`, or a level from low to max.
/// https://docs.claude.com/en/docs/build-with-claude/adaptive-thinking
public final class Effort {
    public static final String OFF = "off";

    private Effort() {}

    public static String of(JsonObject message) {
        var level = level(message);
        return switch (Json.text(message, "thinking", "type")) {
            case "adaptive" -> level.isEmpty() ? "high" : level;
            case "enabled" -> level.isEmpty() ? ofBudget(Json.number(message, "thinking", "budget_tokens")) : level;
            default -> OFF;   // absent means off in Anthropic's API
        };
    }

    /// A system message may change the level: at once if it follows a user message, otherwise from the next user message
    /// on. https://platform.claude.com/docs/en/build-with-claude/effort-per-message
    private static String level(JsonObject message) {
        var level = Json.text(message, "output_config", "effort");
        var coming = "";
        var asked = false;   // the user has said something that is not answered yet
        for (var turn : Json.list(message, "messages")) {
            switch (Json.text(turn, "role")) {
                case "system" -> {
                    var given = Json.text(turn, "output_config", "effort");
                    if (asked && !given.isEmpty()) level = given;
                    else if (!given.isEmpty()) coming = given;
                }
                case "user" -> {
                    asked |= isNew(turn);
                    if (!asked || coming.isEmpty()) continue;
                    level = coming;
                    coming = "";
                }
                default -> asked = false;
            }
        }
        return level;
    }

    private static boolean isNew(JsonElement turn) {
        return Json.isText(turn, "content")
            || Json.list(turn, "content").stream().anyMatch(block -> !Json.text(block, "type").equals("tool_result"));
    }

    /// The nearest that the model can do: one that cannot stop thinking thinks a little.
    public static String of(JsonObject message, Model model) {
        var wanted = of(message);
        return wanted.equals(OFF) && !model.canStopReasoning() ? "low" : wanted;
    }

    private static String ofBudget(long tokens) {
        return tokens < 2_000 ? "low" : tokens < 10_000 ? "medium" : tokens < 24_000 ? "high" : "max";
    }
}
