package lib.quirk;

import module java.base;
import com.google.gson.JsonObject;

import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of how reasoning is asked for, and of what must come back. Without one, the level goes up as
/// `reasoning_effort`, spelled as the model knows it.
public enum ReasoningQuirks implements Quirk {
    /// `thinking: {type}` switches it, the level stands beside. https://api-docs.deepseek.com ; 2026-11.
    THINKING_TYPE((body, effort) -> Json.put(body, "thinking", Json.object("type", effort.equals(Effort.OFF) ? "disabled" : "enabled"))),

    /// As THINKING_TYPE, and earlier thinking is to be kept. https://docs.z.ai/guides/capabilities/thinking-mode ; 2026-11.
    THINKING_KEPT((body, effort) -> Json.put(body, "thinking", effort.equals(Effort.OFF) ? Json.object("type", "disabled")
        : Json.object("type", "enabled", "clear_thinking", false))),

    /// `reasoning: {effort}`. https://openrouter.ai/docs/use-cases/reasoning-tokens ; 2026-08.
    REASONING_OBJECT((body, effort) -> {
        var level = Json.text(body, "reasoning_effort");
        Json.drop(body, "reasoning_effort");
        Json.put(body, "reasoning", effort.equals(Effort.OFF) ? Json.object("enabled", false) : Json.object("effort", level.isEmpty() ? "high" : level));
    }),

    /// `reasoning: {enabled}` beside the level. https://docs.together.ai/docs/reasoning-overview ; 2026-08.
    REASONING_ENABLED((body, effort) -> Json.put(body, "reasoning", Json.object("enabled", !effort.equals(Effort.OFF)))),

    /// Reasoning comes apart from the text only when asked for. https://console.groq.com/docs/reasoning ; 2026-08.
    REASONING_FORMAT_PARSED((body, effort) -> Json.put(body, "reasoning_format", "parsed")),

    /// The chat template switches it. https://docs.vllm.ai/en/latest/features/reasoning_outputs.html ; 2026-08.
    TEMPLATE_SWITCH {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (effort.equals(Effort.OFF)) Json.put(body, "chat_template_kwargs", Json.object("enable_thinking", false));
            if (Json.text(body, "reasoning_effort").equals("none")) Json.drop(body, "reasoning_effort");   // the template's word for it is above
        }
    },

    /// As TEMPLATE_SWITCH, by another name. https://docs.baseten.co/inference/model-apis/reasoning ; 2026-08, pi-ai.
    TEMPLATE_ARGS {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (effort.equals(Effort.OFF)) Json.put(body, "chat_template_args", Json.object("enable_thinking", false));
            if (Json.text(body, "reasoning_effort").equals("none")) Json.drop(body, "reasoning_effort");
        }
    },

    /// `enable_thinking` switches it. https://www.alibabacloud.com/help/en/model-studio/deep-thinking ; 2026-08.
    ENABLE_THINKING((body, effort) -> Json.put(body, "enable_thinking", !effort.equals(Effort.OFF))),

    /// `thinking` is a plain switch. https://docs.abliteration.ai ; 2026-08, models.dev.
    THINKING_FLAG((body, effort) -> Json.put(body, "thinking", !effort.equals(Effort.OFF))),

    /// It is switched off by an effort of null. https://docs.sarvam.ai/api-reference-docs/chat/completions ; 2026-08.
    NULL_EFFORT {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (effort.equals(Effort.OFF)) Json.put(body, "reasoning_effort", null);
        }
    },

    /// Models that reason but know no level are asked to by the mode of the prompt. Magistral before its `reasoning_effort`; pi-ai 1.5.2, 2026-11.
    PROMPT_MODE {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (route.name().startsWith("magistral") && !route.model().hasLevels() && !effort.equals(Effort.OFF)) Json.put(body, "prompt_mode", "reasoning");
        }
    },

    /// Thinking comes apart from the text, and in a form that can go back, only when asked for.
    /// https://platform.minimax.io/docs/guides/text-m2-function-call ; 2026-08.
    REASONING_SPLIT {
        @Override void ask(JsonObject body, String effort, Route route) { Json.put(body, "reasoning_split", true); }
    },

    /// Models that reason by a budget of tokens take a level as well: the service makes a budget of it.
    /// SAP/ai-sdk-java orchestration/src/test/resources/streamReasoningRequest.json ; 2026-11.
    LEVEL_FOR_BUDGET {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (!effort.equals(Effort.OFF) && !route.model().hasLevels()) Json.put(body, "reasoning_effort", Set.of("low", "medium").contains(effort) ? effort : "high");
        }
    },

    /// Needs the reasoning back on messages with tool calls, if only an empty one. https://api-docs.deepseek.com/guides/thinking_mode ; 2026-11.
    REASONING_GOES_BACK,

    /// As REASONING_GOES_BACK, but an empty one is refused: a space will do. https://platform.moonshot.ai/docs ; 2026-11.
    REASONING_GOES_BACK_FILLED,

    /// Its `reasoning_details` go back unchanged. https://openrouter.ai/docs/use-cases/reasoning-tokens ; 2026-08.
    REASONING_DETAILS_GO_BACK,

    /// Its sealed `reasoning_opaque` goes back with the text beside it. microsoft/vscode-copilot-chat, opencode's Copilot SDK ; 2026-11.
    REASONING_OPAQUE_GOES_BACK,

    /// Thinking is a part of the content, both ways. https://docs.mistral.ai/capabilities/reasoning ; 2026-08.
    THINKING_PARTS,

    /// Tools and reasoning do not go together in this API from GPT-5.4 on: 400 "Function tools with reasoning_effort
    /// are not supported". 2026-08, pydantic-ai.
    NO_REASONING_WITH_TOOLS {
        @Override void ask(JsonObject body, String effort, Route route) {
            if (!Json.has(body, "tools") || !isAtLeast54(route)) return;
            if (!route.model().canStopReasoning()) throw ApiError.invalid(route.label()
                + " cannot use tools through OpenAI's chat API; choose a model that can, such as openai/gpt-5.4 or openai/gpt-4.1");
            Json.put(body, "reasoning_effort", "none");
        }
    };

    /// Asked for also where nobody knows whether the model reasons: it does no harm there.
    private static final Set<ReasoningQuirks> FOR_ANY_MODEL = EnumSet.of(TEMPLATE_SWITCH, TEMPLATE_ARGS, NULL_EFFORT, PROMPT_MODE, REASONING_SPLIT, NO_REASONING_WITH_TOOLS);

    private final BiConsumer<JsonObject, String> ask;

    ReasoningQuirks() { this((_, _) -> { }); }

    ReasoningQuirks(BiConsumer<JsonObject, String> ask) { this.ask = ask; }

    @Override public Set<Shape> shapes() { return CHAT_BODIES; }

    @Override public void patch(JsonObject body, Request request, Route route) {
        if (route.model().reasons() || FOR_ANY_MODEL.contains(this)) ask(body, Effort.of(request.message(), route.model()), route);
    }

    void ask(JsonObject body, String effort, Route route) { ask.accept(body, effort); }

    private static boolean isAtLeast54(Route route) { return route.family() == Family.GPT && ModelName.of(route.name()).version() >= 5.4; }
}
