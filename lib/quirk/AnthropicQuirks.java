package lib.quirk;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of endpoints that imitate Anthropic's API: what they do not take of it is put in another way, or left out.
/// They change a copy of the client's message; where another dialect is spoken they change nothing.
public enum AnthropicQuirks implements Quirk {
    /// Anthropic's own endpoint: the client knows its refusals and heals them itself, so they reach it untouched.
    /// https://code.claude.com/docs/en/errors ; 2026-11.
    CLIENT_HEALS((_, _) -> { }),

    /// Refuses the flags that it does not know, as LiteLLM's table has them ; 2026-11.
    MANTLE_BETAS((draft, _) -> BetaFlags.MANTLE.only(draft)),

    /// The same of Foundry, which knows others ; 2026-11.
    FOUNDRY_BETAS((draft, _) -> BetaFlags.FOUNDRY.only(draft)),

    /// The same of Databricks' gateway ; 2026-11.
    DATABRICKS_BETAS((draft, _) -> BetaFlags.DATABRICKS.only(draft)),

    /// Knows seven kinds of blocks: text, image, tool_use, tool_result, thinking, server_tool_use and
    /// web_search_tool_result. The rest, such as documents and tool references, goes as text, or not at all.
    /// https://api-docs.deepseek.com/api/create-message , github.com/MoonshotAI/Kimi-K2.5/issues/27 (its 400 lists them),
    /// ollama/ollama anthropic/anthropic.go (it drops the rest in silence) ; 2026-11.
    COMMON_BLOCKS((draft, _) -> inBlocks(draft.body(), AnthropicQuirks::common)),

    /// Runs no tool of Anthropic's, such as web search: it is left out, and asked for alone it is refused here.
    /// https://docs.fireworks.ai/tools-sdks/anthropic-compatibility , vllm entrypoints/anthropic/protocol.py,
    /// github.com/ding113/claude-code-hub/issues/1262 ; 2026-11.
    NO_SERVER_TOOLS((draft, route) -> {
        if (Json.list(draft.read(), "tools").stream().allMatch(ClientTools::isServerRun)) ToolQuirks.refuseServerTools(draft.read(), route);
        withoutServerTools(draft.body());
    }),

    /// Refuses a system message among the others, or moves it to the top, where it spoils the prompt cache: it goes as
    /// a reminder in the user's turn. github.com/deepseek-ai/awesome-deepseek-integration/issues/639,
    /// MiniMax-AI/MiniMax-M2.7/issues/43, XiaomiMiMo/MiMo/issues/54, QwenLM/Qwen/issues/2244, ollama/ollama/issues/18431 ; 2026-09.
    SYSTEM_AS_REMINDER((draft, _) -> remind(draft.body())),

    /// Knows thinking with a budget, or none: adaptive thinking gets a budget by its effort.
    /// https://help.aliyun.com/en/model-studio/anthropic-api-messages , github.com/anthropics/claude-code/issues/29531 ; 2026-11.
    THINKING_BY_BUDGET((draft, _) -> thinkByBudget(draft.body())),

    /// Takes of a tool its name, description and schema alone: no deferred loading, no eager streaming, no cache mark.
    /// https://docs.fireworks.ai/tools-sdks/anthropic-compatibility , https://api-docs.deepseek.com/api/create-message ; 2026-11.
    PLAIN_TOOLS((draft, _) -> plainTools(draft.body())),

    /// Takes a cache mark, but not how long and for whom it should hold. pi-ai 1.5 (supportsLongCacheRetention) ; 2026-11.
    PLAIN_CACHE_MARKS((draft, _) -> Json.eachObject(draft.body(), object -> {
        if (Json.has(object, "cache_control")) Json.put(object, "cache_control", Json.object("type", "ephemeral"));
    })),

    /// Caches prompts by their beginning, which Claude Code's billing line would change with every kind of request.
    /// https://api-docs.deepseek.com/guides/kv_cache , github.com/anthropics/claude-code/issues/68900 ; 2026-11.
    NO_BILLING_LINE((draft, _) -> withoutBillingLine(draft.body())),

    /// Refuses most beta flags: the others do not go up, nor what needs them. caozhiyuan/copilot-api,
    /// microsoft/vscode-copilot-chat src/platform/networking/common/anthropic.ts ; 2026-11.
    FEW_BETAS((draft, _) -> BetaFlags.COPILOT.only(draft));

    private static final Set<String> COMMON = Set.of("text", "image", "tool_use", "tool_result", "thinking", "server_tool_use", "web_search_tool_result"),
        OF_SERVERS = Set.of("server_tool_use", "web_search_tool_result"), OF_TOOLS = Set.of("name", "description", "input_schema");

    private static final int LEAST_BUDGET = 1_024;

    private final BiConsumer<Draft, Route> filter;

    AnthropicQuirks(BiConsumer<Draft, Route> filter) { this.filter = filter; }

    @Override public Set<Shape> shapes() { return ANTHROPIC_BODIES; }

    @Override public void patch(Draft draft, Request request, Route route) { filter.accept(draft, route); }

    public static boolean shows(JsonObject message, String type) {
        return Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
            .flatMap(block -> Stream.concat(Stream.of(block), Json.list(block, "content").stream())).anyMatch(block -> Json.text(block, "type").equals(type));
    }

    /// For a model that takes no images, which its endpoint would refuse.
    public static void blind(JsonObject message) {
        inBlocks(message, block -> Json.text(block, "type").equals("image") ? List.of(instead(block)) : List.of(block));
    }

    public static void commonBlocks(JsonObject message) { inBlocks(message, AnthropicQuirks::common); }

    private static List<JsonElement> common(JsonElement block) {
        if (COMMON.contains(Json.text(block, "type"))) return List.of(block);
        return Media.parts(block).stream().map(part -> COMMON.contains(Json.text(part, "type")) ? part : instead(part)).filter(part -> !Json.text(part, "type").equals("text") || !Json.text(part, "text").isBlank()).toList();
    }

    /// The block's text, and its cache mark.
    private static JsonElement instead(JsonElement block) {
        var text = Json.object("type", "text", "text", PlainText.text(block));
        if (Json.has(block, "cache_control")) Json.put(text, "cache_control", Json.find(block, "cache_control"));
        return text;
    }

    /// Puts others in the blocks' places, in turns and in the results of tools. A turn left with nothing goes.
    public static void inBlocks(JsonObject message, Function<JsonElement, List<? extends JsonElement>> others) {
        var turns = new ArrayList<JsonElement>();
        for (var turn : Json.list(message, "messages")) {
            for (var block : Json.list(turn, "content"))
                if (Json.text(block, "type").equals("tool_result") && Json.find(block, "content").isJsonArray())
                    Json.put(Json.at(block), "content", Json.arrayOf(Json.list(block, "content").stream().flatMap(part -> others.apply(part).stream()).toList()));
            if (Json.find(turn, "content").isJsonArray())
                Json.put(Json.at(turn), "content", Json.arrayOf(Json.list(turn, "content").stream().flatMap(block -> others.apply(block).stream()).toList()));
            if (Json.isText(turn, "content") || !Json.list(turn, "content").isEmpty() || Json.text(turn, "role").equals("system")) turns.add(turn);
        }
        Json.put(message, "messages", Json.arrayOf(turns));
    }

    public static void withoutServerTools(JsonObject message) {
        var tools = Json.list(message, "tools").stream().filter(tool -> !ClientTools.isServerRun(tool)).toList();
        if (Json.has(message, "tools")) Json.put(message, "tools", Json.arrayOf(tools));
        var chosen = Json.text(message, "tool_choice", "name");
        if (!chosen.isEmpty() && tools.stream().noneMatch(tool -> Json.text(tool, "name").equals(chosen))) Json.drop(message, "tool_choice");
        inBlocks(message, block -> OF_SERVERS.contains(Json.text(block, "type")) ? List.of(instead(block)) : List.of(block));
    }

    /// What the system says in between, the user's turn says; how hard to think is said once.
    public static void remind(JsonObject message) {
        var effort = Effort.of(message);
        var turns = new ArrayList<JsonObject>();
        for (var turn : Json.list(message, "messages")) {
            if (!Json.text(turn, "role").equals("system")) {
                turns.add(Json.at(turn));
                continue;
            }
            if (Json.has(turn, "output_config", "effort") && !effort.equals(Effort.OFF)) {
                if (!Json.has(message, "output_config")) Json.put(message, "output_config", new JsonObject());
                Json.put(Json.at(message, "output_config"), "effort", effort);
            }
            var said = PlainText.joined(Json.find(turn, "content"));
            if (said.isBlank()) continue;
            var reminder = Json.object("type", "text", "text", Instructions.reminder(said));
            Json.list(turn, "content").stream().filter(block -> Json.has(block, "cache_control")).findFirst().ifPresent(block -> Json.put(reminder, "cache_control", Json.find(block, "cache_control")));
            if (turns.isEmpty() || !Json.text(turns.getLast(), "role").equals("user")) turns.add(History.turn("user", List.of(reminder)));
            else {
                var before = turns.removeLast();
                turns.add(History.turn("user", Stream.concat(History.blocks(Json.find(before, "content")).stream(), Stream.of(reminder)).toList()));
            }
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
        var room = Json.number(message, "max_tokens") - LEAST_BUDGET;   // the budget is part of the answer's limit
        if (room < LEAST_BUDGET) stopThinking(message);
        else Json.put(message, "thinking", Json.object("type", "enabled", "budget_tokens", Math.min(wanted, room)));
    }

    public static void stopThinking(JsonObject message) {
        Json.drop(message, "thinking");
        Json.drop(message, "context_management");   // its one edit is of thinking
    }

    private static void plainTools(JsonObject message) {
        if (!Json.has(message, "tools")) return;
        var tools = Json.list(message, "tools").stream().filter(tool -> !Toolbox.isPlaceholder(tool)).toList();
        for (var tool : tools)
            if (!ClientTools.isServerRun(tool)) for (var key : Json.keys(tool)) if (!OF_TOOLS.contains(key)) Json.drop(Json.at(tool), key);
        Json.put(message, "tools", Json.arrayOf(tools));
    }

    private static void withoutBillingLine(JsonObject message) {
        if (!Json.find(message, "system").isJsonArray()) return;
        var blocks = new ArrayList<JsonElement>();
        for (var block : Json.list(message, "system")) {
            var text = History.withoutAttribution(Json.text(block, "text"));
            if (text.isBlank()) continue;
            Json.put(Json.at(block), "text", text);
            blocks.add(block);
        }
        Json.put(message, "system", Json.arrayOf(blocks));
    }
}
