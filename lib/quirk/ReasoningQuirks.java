package lib.quirk;

import module java.base;

import lib.json.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of how reasoning is requested and how it goes back. Without one, the level is sent as `reasoning_effort`, in
/// the model's own spelling.
public enum ReasoningQuirks implements Quirk {
    /// `thinking: {type}` switches it, with the level beside it. https://api-docs.deepseek.com ; 2026-11.
    THINKING_TYPE((body, effort) -> {
        Json.put(body, "thinking", Json.object("type", isOff(effort) ? "disabled" : "enabled"));
        if (isOff(effort)) Json.drop(body, "reasoning_effort");   // DeepSeek refuses the one beside the other
    }),

    /// As THINKING_TYPE, and earlier thinking is kept. https://docs.z.ai/guides/capabilities/thinking-mode ; 2026-11.
    THINKING_KEPT((body, effort) -> Json.put(body, "thinking", isOff(effort) ? Json.object("type", "disabled")
        : Json.object("type", "enabled", "clear_thinking", false))),

    /// `reasoning: {effort}`. https://openrouter.ai/docs/use-cases/reasoning-tokens ; 2026-08.
    REASONING_OBJECT((body, effort) -> {
        var level = Json.text(body, "reasoning_effort");
        Json.drop(body, "reasoning_effort");
        Json.put(body, "reasoning", isOff(effort) ? Json.object("enabled", false)
            : Json.object("effort", level.isEmpty() ? "high" : level));
    }),

    /// `reasoning: {enabled}` beside the level. https://docs.together.ai/docs/reasoning-overview ; 2026-08.
    REASONING_ENABLED((body, effort) -> Json.put(body, "reasoning", Json.object("enabled", !isOff(effort)))),

    /// Separates reasoning from the text only on request. https://console.groq.com/docs/reasoning ; 2026-08.
    REASONING_FORMAT_PARSED((body, _) -> Json.put(body, "reasoning_format", "parsed")),

    /// An argument of the chat template switches it. https://docs.vllm.ai/en/latest/features/reasoning_outputs.html ; 2026-08.
    TEMPLATE_SWITCH((body, effort) -> switchTemplate(body, effort, "chat_template_kwargs")),

    /// As TEMPLATE_SWITCH, under another name. https://docs.baseten.co/inference/model-apis/reasoning ; 2026-08, pi-ai.
    TEMPLATE_ARGS((body, effort) -> switchTemplate(body, effort, "chat_template_args")),

    /// `enable_thinking` switches it. https://www.alibabacloud.com/help/en/model-studio/deep-thinking ; 2026-08.
    ENABLE_THINKING((body, effort) -> Json.put(body, "enable_thinking", !isOff(effort))),

    /// `thinking` is a plain switch. https://docs.abliteration.ai ; 2026-08, models.dev.
    THINKING_FLAG((body, effort) -> Json.put(body, "thinking", !isOff(effort))),

    /// An effort of null switches it off. https://docs.sarvam.ai/api-reference-docs/chat/completions ; 2026-08.
    NULL_EFFORT((body, effort) -> {
        if (isOff(effort)) Json.put(body, "reasoning_effort", null);
    }),

    /// The prompt mode switches it on in models without levels, such as old Magistrals. pi-ai 1.5.2 ; 2026-11.
    PROMPT_MODE((body, effort, route) -> {
        var needsMode = route.name().startsWith("magistral") && !route.model().hasLevels();
        if (needsMode && !isOff(effort)) Json.put(body, "prompt_mode", "reasoning");
    }),

    /// Separates thinking from the text, in a form that can go back, only on request.
    /// https://platform.minimax.io/docs/guides/text-m2-function-call ; 2026-08.
    REASONING_SPLIT((body, _) -> Json.put(body, "reasoning_split", true)),

    /// Accepts a level even for models with a token budget, and turns it into a budget itself.
    /// SAP/ai-sdk-java orchestration/src/test/resources/streamReasoningRequest.json ; 2026-11.
    LEVEL_FOR_BUDGET((body, effort, route) -> {
        if (!isOff(effort) && !route.model().hasLevels())
            Json.put(body, "reasoning_effort", Set.of("low", "medium").contains(effort) ? effort : "high");
    }),

    /// Messages with tool calls need their reasoning, even an empty one. https://api-docs.deepseek.com/guides/thinking_mode ; 2026-11.
    REASONING_GOES_BACK,

    /// As REASONING_GOES_BACK, but refuses empty reasoning and accepts a space. https://platform.moonshot.ai/docs ; 2026-11.
    REASONING_GOES_BACK_FILLED,

    /// `reasoning_details` go back unchanged. https://openrouter.ai/docs/use-cases/reasoning-tokens ; 2026-08.
    REASONING_DETAILS_GO_BACK,

    /// The encrypted `reasoning_opaque` goes back beside the text. microsoft/vscode-copilot-chat, opencode's Copilot SDK ; 2026-11.
    REASONING_OPAQUE_GOES_BACK,

    /// Thinking is a part of the content, in both directions. https://docs.mistral.ai/capabilities/reasoning ; 2026-08.
    THINKING_PARTS,

    /// From GPT-5.4 on, this API refuses tools together with reasoning: 400 "Function tools with reasoning_effort
    /// are not supported". 2026-08, pydantic-ai.
    NO_REASONING_WITH_TOOLS((body, _, route) -> {
        var isNew = route.family() == Family.GPT && ModelName.of(route.name()).version() >= 5.4;
        if (!isNew || !Json.has(body, "tools")) return;
        if (!route.model().canStopReasoning()) throw ApiError.invalid(route.label()
            + " cannot use tools through OpenAI's chat API; choose a model that can, such as openai/gpt-5.4 or openai/gpt-4.1");
        Json.put(body, "reasoning_effort", "none");
    });

    /// Apply even if the catalogue does not say that the model reasons; they do no harm to one that does not.
    private static final Set<ReasoningQuirks> FOR_ANY_MODEL =
        EnumSet.of(TEMPLATE_SWITCH, TEMPLATE_ARGS, NULL_EFFORT, PROMPT_MODE, REASONING_SPLIT, NO_REASONING_WITH_TOOLS);

    private final Asking asking;

    ReasoningQuirks() { this((_, _, _) -> { }); }

    ReasoningQuirks(BiConsumer<JsonObject, String> asking) { this((body, effort, _) -> asking.accept(body, effort)); }

    ReasoningQuirks(Asking asking) { this.asking = asking; }

    private interface Asking {
        void ask(JsonObject body, String effort, Route route);
    }

    @Override public Set<Shape> shapes() { return CHAT_BODIES; }

    @Override public void patch(Draft draft, Request request, Route route) {
        if (route.model().reasons() || FOR_ANY_MODEL.contains(this))
            asking.ask(draft.body(), Effort.of(request.message(), route.model()), route);
    }

    private static boolean isOff(String effort) { return effort.equals(Effort.OFF); }

    private static void switchTemplate(JsonObject body, String effort, String field) {
        if (isOff(effort)) Json.put(body, field, Json.object("enable_thinking", false));
        if (Json.text(body, "reasoning_effort").equals("none")) Json.drop(body, "reasoning_effort");   // the field above says it
    }
}
