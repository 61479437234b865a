package lib.request;

import module java.base;

import lib.json.*;
import lib.model.*;
import lib.quirk.*;
import lib.route.*;

/// Asks Claude to think in the way that the model knows, which need not be the one that the client expects: since 4.6
/// by an effort, before by a budget. The newest take neither a budget nor sampling parameters, and some cannot stop.
/// https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking ; 2026-11.
public final class ClaudeThinking {
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");
    private static final List<String> ALL = List.of("thinking", "output_config", "context_management", "temperature", "top_p", "top_k");

    private ClaudeThinking() {}

    /// The message itself if it suits the model as it is. Anthropic's own endpoint is left to its client.
    public static JsonObject fitted(JsonObject message, Route route) {
        var model = route.model();
        if (route.family() != Family.CLAUDE || route.has(AnthropicQuirks.CLIENT_HEALS) || !model.reasons()) return message;
        var own = Json.shallow(message);
        think(own, model);
        var effort = Json.text(own, "output_config", "effort");
        if (!effort.isEmpty() && model.hasLevels()) effort(own, model.level(effort));
        if (!model.temperature()) for (var key : SAMPLING) Json.drop(own, key);
        return ALL.stream().allMatch(key -> Json.find(own, key).equals(Json.find(message, key))) ? message : own;
    }

    private static void think(JsonObject own, Model model) {
        switch (Json.text(own, "thinking", "type")) {
            case "enabled" -> {
                if (!model.levels().containsKey("xhigh")) return;   // with this level, in 4.7, budgets went
                effort(own, Effort.of(own));
                var thinking = Json.object("type", "adaptive");
                if (Json.has(own, "thinking", "display")) Json.put(thinking, "display", Json.find(own, "thinking", "display"));
                Json.put(own, "thinking", thinking);
            }
            case "adaptive" -> {
                if (model.hasLevels()) return;
                AnthropicQuirks.thinkByBudget(own);
                effort(own, "");
            }
            case "disabled" -> {
                if (!model.canStopReasoning()) AnthropicQuirks.stopThinking(own);
            }
            default -> { }
        }
    }

    private static void effort(JsonObject own, String effort) {
        var config = Json.has(own, "output_config") ? Json.shallow(Json.at(own, "output_config")) : new JsonObject();
        if (effort.isEmpty()) Json.drop(config, "effort");
        else Json.put(config, "effort", effort);
        if (config.isEmpty()) Json.drop(own, "output_config");
        else Json.put(own, "output_config", config);
    }
}
