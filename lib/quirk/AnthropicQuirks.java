package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.route.*;

/// Quirks of endpoints that imitate Anthropic's API: what they do not accept is converted or left out.
public enum AnthropicQuirks implements Quirk {
    /// Anthropic's own endpoint: the client recovers from its refusals itself, so they reach it unchanged.
    /// https://code.claude.com/docs/en/errors ; 2026-11.
    CLIENT_HEALS((_, _) -> { }),

    /// Refuses beta flags that it does not know. LiteLLM's table ; 2026-11.
    MANTLE_BETAS((draft, _) -> BetaFlags.MANTLE.only(draft)),

    /// The same for Foundry, which knows others ; 2026-11.
    FOUNDRY_BETAS((draft, _) -> BetaFlags.FOUNDRY.only(draft)),

    /// The same for Databricks' gateway ; 2026-11.
    DATABRICKS_BETAS((draft, _) -> BetaFlags.DATABRICKS.only(draft)),

    /// Knows seven types of blocks (COMMON). Others, such as documents and tool references, are sent as text or left out.
    /// https://api-docs.deepseek.com/api/create-message , github.com/MoonshotAI/Kimi-K2.5/issues/27 (its 400 lists them),
    /// ollama/ollama anthropic/anthropic.go (silently drops the others) ; 2026-11.
    COMMON_BLOCKS((draft, _) -> inBlocks(draft.body(), AnthropicQuirks::common)),

    /// Cannot run Anthropic's tools, such as web search: they are left out, and a request that offers only them is refused.
    /// https://docs.fireworks.ai/tools-sdks/anthropic-compatibility , vllm entrypoints/anthropic/protocol.py,
    /// github.com/ding113/claude-code-hub/issues/1262 ; 2026-11.
    NO_SERVER_TOOLS((draft, route) -> {
        if (Json.list(draft.read(), "tools").stream().allMatch(ClientTools::isServerRun)) ToolQuirks.refuseServerTools(draft.read(), route);
        withoutServerTools(draft.body());
    }),

    /// Serves Anthropic's web search. https://openrouter.ai/docs/api-reference/anthropic-messages ,
    /// https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool (Vertex AI, Foundry) ; 2026-11.
    SEARCHES((_, _) -> { }),

    /// Serves Claude, but not its web search ("invalid_tool_input").
    /// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-tool-use.html ; 2026-11.
    NO_WEB_SEARCH((_, _) -> { }),

    /// Refuses a system message in mid-conversation, or moves it to the top, which invalidates the prompt cache: it is sent
    /// as a reminder from the user. github.com/deepseek-ai/awesome-deepseek-integration/issues/639,
    /// MiniMax-AI/MiniMax-M2.7/issues/43, XiaomiMiMo/MiMo/issues/54, QwenLM/Qwen/issues/2244, ollama/ollama/issues/18431 ; 2026-09.
    SYSTEM_AS_REMINDER((draft, _) -> remind(draft.body())),

    /// Does not know adaptive thinking: it becomes a budget that depends on the effort.
    /// https://help.aliyun.com/en/model-studio/anthropic-api-messages , github.com/anthropics/claude-code/issues/29531 ; 2026-11.
    THINKING_BY_BUDGET((draft, _) -> thinkByBudget(draft.body())),

    /// Accepts only the name, description and schema of a tool: no deferred loading, eager streaming or cache mark.
    /// https://docs.fireworks.ai/tools-sdks/anthropic-compatibility , https://api-docs.deepseek.com/api/create-message ; 2026-11.
    PLAIN_TOOLS((draft, _) -> plainTools(draft.body())),

    /// Accepts a cache mark without its lifetime and scope. pi-ai 1.5 (supportsLongCacheRetention) ; 2026-11.
    PLAIN_CACHE_MARKS((draft, _) -> Json.eachObject(draft.body(), object -> {
        if (Json.has(object, "cache_control")) Json.put(object, "cache_control", Json.object("type", "ephemeral"));
    })),

    /// Refuses an effort where thinking is off. https://api-docs.deepseek.com/guides/thinking_mode ; 2026-11.
    NO_EFFORT_WITHOUT_THINKING((draft, _) -> {
        if (!Json.has(draft.read(), "output_config", "effort") || !Effort.of(draft.read()).equals(Effort.OFF)) return;
        Json.drop(Json.at(draft.body(), "output_config"), "effort");
        if (Json.at(draft.body(), "output_config").isEmpty()) Json.drop(draft.body(), "output_config");
        Json.put(draft.body(), "thinking", Json.object("type", "disabled"));   // its own default is to think
    }),

    /// Refuses most beta flags; they are left out, with the fields that depend on them. caozhiyuan/copilot-api,
    /// microsoft/vscode-copilot-chat src/platform/networking/common/anthropic.ts ; 2026-11.
    FEW_BETAS((draft, _) -> BetaFlags.COPILOT.only(draft));

    private static final Set<String> COMMON = Set.of("text", "image", "tool_use", "tool_result", "thinking", "server_tool_use",
        "web_search_tool_result"),
        OF_TOOLS = Set.of("name", "description", "input_schema");

    private static final int LEAST_BUDGET = 1_024;

    private final BiConsumer<Draft, Route> filter;

    AnthropicQuirks(BiConsumer<Draft, Route> filter) { this.filter = filter; }

    @Override public Set<Shape> shapes() { return ANTHROPIC_BODIES; }

    @Override public void patch(Draft draft, Request request, Route route) { filter.accept(draft, route); }

    @Override public boolean searches(JsonObject message, Route route) { return this == SEARCHES; }

    /// Whether the conversation has a block of this type, perhaps inside the result of a tool.
    public static boolean shows(JsonObject message, String type) {
        return Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
            .flatMap(block -> Stream.concat(Stream.of(block), Json.list(block, "content").stream())).anyMatch(block -> isOf(type, block));
    }

    /// Describes images in words for a model that cannot see them.
    public static void blind(JsonObject message) { inBlocks(message, block -> List.of(isOf("image", block) ? asText(block) : block)); }

    private static boolean isOf(String type, JsonElement block) { return Json.text(block, "type").equals(type); }

    public static void commonBlocks(JsonObject message) { inBlocks(message, AnthropicQuirks::common); }

    private static List<JsonElement> common(JsonElement block) {
        var runs = isOf("server_tool_use", block) && !Json.text(block, "name").equals("web_search");   // its result goes as text, too
        return inOtherWords(block, type -> COMMON.contains(type) && !runs);
    }

    /// The block as text, or in parts, where its type is not known.
    public static List<JsonElement> inOtherWords(JsonElement block, Predicate<String> known) {
        if (known.test(Json.text(block, "type"))) return List.of(block);
        return Media.parts(block).stream().map(part -> known.test(Json.text(part, "type")) ? part : asText(part))
            .filter(part -> !isOf("text", part) || !Json.text(part, "text").isBlank()).toList();
    }

    /// The block's text, with its cache mark.
    private static JsonElement asText(JsonElement block) {
        var text = History.text(PlainText.text(block));
        Json.pass(Json.at(block), text, "cache_control");
        return text;
    }

    /// Replaces each block in the turns and in the results of tools by others. A turn that becomes empty is removed.
    public static void inBlocks(JsonObject message, Function<JsonElement, List<? extends JsonElement>> others) {
        var turns = new ArrayList<JsonElement>();
        for (var turn : Json.list(message, "messages")) {
            for (var block : Json.list(turn, "content")) if (isOf("tool_result", block)) replace(block, others);
            replace(turn, others);
            if (Json.isText(turn, "content") || !Json.list(turn, "content").isEmpty() || isSystem(turn)) turns.add(turn);
        }
        Json.put(message, "messages", Json.arrayOf(turns));
    }

    private static void replace(JsonElement holder, Function<JsonElement, List<? extends JsonElement>> others) {
        if (!Json.find(holder, "content").isJsonArray()) return;
        Json.put(Json.at(holder), "content",
            Json.arrayOf(Json.list(holder, "content").stream().flatMap(block -> others.apply(block).stream()).toList()));
    }

    private static boolean isSystem(JsonElement turn) { return Json.text(turn, "role").equals("system"); }

    public static void withoutServerTools(JsonObject message) {
        var tools = Json.list(message, "tools").stream().filter(tool -> !ClientTools.isServerRun(tool)).toList();
        if (Json.has(message, "tools")) Json.put(message, "tools", Json.arrayOf(tools));
        var chosen = Json.text(message, "tool_choice", "name");
        var isOffered = tools.stream().anyMatch(tool -> Json.text(tool, "name").equals(chosen));
        if (!chosen.isEmpty() && !isOffered) Json.drop(message, "tool_choice");
        inBlocks(message, block -> !isOfServers(Json.text(block, "type")) ? List.of(block)
            : PlainText.text(block).isBlank() ? List.of() : List.of(asText(block)));
    }

    private static boolean isOfServers(String type) {
        return type.endsWith("_tool_result") || type.equals("server_tool_use") || type.equals("mcp_tool_use")
            || type.equals("container_upload");
    }

    /// Turns system messages into reminders in the user's turns. An effort that one of them sets moves to the request.
    public static void remind(JsonObject message) {
        var effort = Effort.of(message);
        var turns = new ArrayList<JsonObject>();
        for (var turn : Json.list(message, "messages")) {
            if (!isSystem(turn)) {
                turns.add(Json.at(turn));
                continue;
            }
            if (Json.has(turn, "output_config", "effort") && !effort.equals(Effort.OFF)) {
                if (!Json.has(message, "output_config")) Json.put(message, "output_config", new JsonObject());
                Json.put(Json.at(message, "output_config"), "effort", effort);
            }
            var said = PlainText.joined(Json.find(turn, "content"));
            if (said.isBlank()) continue;
            var reminder = History.text(Instructions.reminder(said));
            Json.list(turn, "content").stream().filter(block -> Json.has(block, "cache_control")).findFirst()
                .ifPresent(block -> Json.pass(Json.at(block), reminder, "cache_control"));
            var joins = !turns.isEmpty() && Json.text(turns.getLast(), "role").equals("user");
            var before = joins ? History.blocks(Json.find(turns.removeLast(), "content")) : List.<JsonElement>of();
            turns.add(History.turn("user", Stream.concat(before.stream(), Stream.of(reminder)).toList()));
        }
        Json.put(message, "messages", Json.arrayOf(turns));
    }

    public static void thinkByBudget(JsonObject message) {
        if (!Json.text(message, "thinking", "type").equals("adaptive")) return;
        var wanted = switch (Effort.of(message)) {
            case "low" -> 2_048L;
            case "medium" -> 8_192L;
            case "high" -> 16_384L;
            default -> 31_999L;
        };
        var room = Json.number(message, "max_tokens") - LEAST_BUDGET;   // the budget counts towards the output limit
        if (room < LEAST_BUDGET) stopThinking(message);
        else Json.put(message, "thinking", Json.object("type", "enabled", "budget_tokens", Math.min(wanted, room)));
    }

    public static void stopThinking(JsonObject message) {
        Json.drop(message, "thinking");
        Json.drop(message, "context_management");   // its only edit concerns thinking
    }

    private static void plainTools(JsonObject message) {
        if (!Json.has(message, "tools")) return;
        var tools = Json.list(message, "tools").stream().filter(tool -> !Toolbox.isPlaceholder(tool)).toList();
        for (var tool : tools) if (!ClientTools.isServerRun(tool)) Json.keep(Json.at(tool), OF_TOOLS);
        Json.put(message, "tools", Json.arrayOf(tools));
    }
}
