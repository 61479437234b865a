package lib.dialect.anthropic;

import module java.base;

import lib.json.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.route.*;

/// Refusals by Anthropic's API and its imitations that a change to the message fixes, recognized by their wording:
/// Claude on the clouds accepts less of what the client sends than Anthropic does, and the imitations accept even less.
/// Wordings: https://code.claude.com/docs/en/errors and the issues linked below, 2026-11.
final class AnthropicRefusals {
    private static final Pattern REFUSED = Pattern.compile("unsupported|not support|incorrect|unknown|unrecogni[sz]ed|unexpected|extra|"
        + "not permitted|not allowed|invalid|only|must be|may only|should be|should match|deprecated|cannot|not available|does not match");
    private static final Pattern SIGNATURE = Pattern.compile("signature.{0,40}thinking|thinking.{0,40}signature|thinking` blocks in the "
        + "latest assistant message cannot be modified");
    private static final Pattern NO_THOUGHT_FIRST = Pattern.compile("expected `thinking`|must start with a thinking block");
    private static final Pattern THOUGHT_MISSING = Pattern.compile("(reasoning_content|\\bcontent.{0,5}\\.thinking|thinking "
        + "blocks?).{0,60}(is missing|must be passed back|must be provided)");
    private static final Pattern FLAG = Pattern.compile("\\b[a-z][a-z0-9-]{0,60}-20\\d\\d-\\d\\d-\\d\\d\\b");
    private static final Pattern BLIND = Pattern.compile("unknown variant .?image|input tag 'image'|images? (input|content)?.{0,12}not "
        + "supported|not support.{0,12} (image|vision|multimodal)|support image input");
    private static final Pattern SYSTEM = Pattern.compile("role.{0,80}system|system.{0,40}role|\\brole: input should be|expected "
        + ".?user.{1,8}assistant|system message must be at the beginning");
    private static final Pattern SAMPLING = Pattern.compile("\\b(temperature|top_[pk])\\b");
    private static final Pattern TYPE = Pattern.compile("\\bthinking.type|type=enabled");
    private static final Pattern MOST = Pattern.compile("max_tokens: \\d+ > (\\d{2,9})\\b");
    private static final Pattern NO_SCHEMA = Pattern.compile("tools.{0,30}input_schema.{0,20}(required|missing)|(web_search|web_fetch|"
        + "server tool).{0,60}(not support|unsupported|not available)");
    /// What a request can do without.
    private static final List<String> OPTIONAL = List.of("context_management", "output_config", "metadata",
        "service_tier", "safeguards", "tool_choice");

    private AnthropicRefusals() {}

    static Optional<Fix> fix(String message, JsonObject sent) {
        var text = message.toLowerCase(Locale.ROOT);
        return thoughts(message, sent).or(() -> flags(text)).or(() -> SchemaRefusals.of(text, sent)).or(() -> version(text))
            .or(() -> UnknownFields.fields(text, sent)).or(() -> blocks(text, sent)).or(() -> system(text, sent))
            .or(() -> thinking(text, sent)).or(() -> output(text, sent)).or(() -> tools(text, sent))
            .or(() -> SamplingRefusals.of(text, sent)).or(() -> TurnRefusals.of(text, sent)).or(() -> parameter(text, sent))
            .or(() -> UnknownFields.mentioned(text, sent));
    }

    /// Thinking of another model, which no client can fix. The refused blocks are recognized by their signatures, so that
    /// the conversation is refused once and not at every turn, and this model's own new thinking stays.
    static Optional<Fix> thoughts(String message, JsonObject sent) {
        var text = message.toLowerCase(Locale.ROOT);
        if (SIGNATURE.matcher(text).find()) {
            var refused = Json.list(sent, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
                .filter(AnthropicRefusals::isThought)
                .map(AnthropicRefusals::mark).collect(Collectors.toUnmodifiableSet());
            return refused.isEmpty() ? Optional.empty() : Optional.of(Fix.ofContent("without thoughts of other models ("
                + Integer.toHexString(refused.hashCode()) + ")", true, body -> forget(body, refused)));
        }
        if (NO_THOUGHT_FIRST.matcher(text).find()) return once("without thinking", AnthropicQuirks::stopThinking);
        // An imitation that wants every call's reasoning back. github.com/farion1231/cc-switch/issues/3222, /3351 and /4208: only when it
        // asks for it.
        if (THOUGHT_MISSING.matcher(text).find() && Json.list(sent, "messages").stream()
            .anyMatch(AnthropicRefusals::lacksThought)) return lasting("with a thought before each call",
            AnthropicRefusals::thinkBeforeCalls);
        return Optional.empty();
    }

    private static boolean isThought(JsonElement block) {
        return Json.text(block, "type").equals("thinking") || Json.text(block, "type").equals("redacted_thinking");
    }

    private static int mark(JsonElement thought) { return (Json.text(thought, "signature") + Json.text(thought, "data")).hashCode(); }

    private static void forget(JsonObject body, Set<Integer> refused) {
        Predicate<JsonElement> others = block -> isThought(block) && refused.contains(mark(block));
        var last = Json.list(body, "messages").stream().filter(turn -> Json.text(turn, "role").equals("assistant"))
            .reduce((_, later) -> later).map(turn -> Json.list(turn, "content")).orElse(List.of());
        var calls = last.stream().anyMatch(block -> Json.text(block, "type").equals("tool_use")) && last.stream().anyMatch(others);
        AnthropicQuirks.inBlocks(body, block -> others.test(block) ? List.of() : List.of(block));
        // A turn in progress must start with thinking.
        if (calls && Json.text(body, "thinking", "type").equals("enabled")) AnthropicQuirks.stopThinking(body);
    }

    private static boolean lacksThought(JsonElement turn) {
        var blocks = Json.list(turn, "content");
        return blocks.stream().anyMatch(block -> Json.text(block, "type").equals("tool_use"))
            && blocks.stream().noneMatch(AnthropicRefusals::isThought);
    }

    private static void thinkBeforeCalls(JsonObject body) {
        for (var turn : Json.list(body, "messages")) {
            if (!lacksThought(turn)) continue;
            var all = new ArrayList<JsonElement>();
            all.add(Json.object("type", "thinking", "thinking", " ", "signature", ""));   // empty thinking is refused
            all.addAll(Json.list(turn, "content"));
            Json.put(Json.at(turn), "content", Json.arrayOf(all));
        }
    }

    /// Drops the flags that the refusal names, or all if it names none (Bedrock says only "invalid beta flag"). A refusal that
    /// asks for a flag is a different matter.
    private static Optional<Fix> flags(String text) {
        if (!text.contains("anthropic-beta") && !text.contains("anthropic_beta") && !text.contains("beta flag")
            || !REFUSED.matcher(text).find() || text.contains("require")) return Optional.empty();
        var named = FLAG.matcher(text).results().map(MatchResult::group).distinct().sorted().toList();
        return Optional.of(new Fix(named.isEmpty() ? "without beta flags" : "without beta flag " + String.join(" ", named), true, draft ->
            BetaFlags.leaveOut(draft, named)));
    }

    /// A host that names the API's version knows an older one.
    private static Optional<Fix> version(String text) {
        if (!text.contains("anthropic-version") && !text.contains("anthropic_version") || !REFUSED.matcher(text)
            .find()) return Optional.empty();
        return Optional.of(new Fix("with the API's version " + Anthropic.VERSION, true, draft -> {
            if (draft.headers().containsKey("anthropic-version")) draft.headers().put("anthropic-version", Anthropic.VERSION);
        }));
    }

    /// github.com/deepseek-ai/DeepSeek-V3/issues/1026, github.com/MoonshotAI/Kimi-K2.5/issues/27
    private static Optional<Fix> blocks(String text, JsonObject sent) {
        if (BLIND.matcher(text).find() && AnthropicQuirks.shows(sent, "image"))
            return Optional.of(Fix.without(Accepts.Kind.PICTURES, !Refusals.isOfOneFile(text)));
        return UnknownFields.types(text, sent).or(() -> MediaRefusals.documents(text, sent));
    }

    private static Optional<Fix> system(String text, JsonObject sent) {
        var between = Json.list(sent, "messages").stream().anyMatch(turn -> Json.text(turn, "role").equals("system"));
        return between && SYSTEM.matcher(text).find() ? lasting("without system messages between the turns", AnthropicQuirks::remind)
            : Optional.empty();
    }

    /// Some models know only one of Claude's two forms of thinking, and some cannot stop thinking.
    private static Optional<Fix> thinking(String text, JsonObject sent) {
        if (text.contains("forces tool use") || text.contains("tool_choice") && text.contains("thinking")) return once("without thinking",
            AnthropicQuirks::stopThinking);
        if (!text.contains("thinking") && !text.contains("budget_tokens") || !REFUSED.matcher(text).find() || SAMPLING.matcher(text)
            .find()) return Optional.empty();
        return switch (Json.text(sent, "thinking", "type")) {
            case "adaptive" -> text.contains("adaptive") || TYPE.matcher(text).find()
                ? lasting("with thinking by a budget", AnthropicQuirks::thinkByBudget) : Optional.empty();
            case "enabled" -> text.contains("adaptive") || text.contains("budget_tokens") && !text.contains(" than")
                ? lasting("with adaptive thinking", AnthropicRefusals::adaptive) : Optional.empty();
            case "disabled" -> text.contains("disabled") || TYPE.matcher(text).find() ? lasting("without `thinking: disabled`", body -> {
                if (Json.text(body, "thinking", "type").equals("disabled")) AnthropicQuirks.stopThinking(body);
            }) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static void adaptive(JsonObject body) {
        if (!Json.text(body, "thinking", "type").equals("enabled")) return;
        var effort = Effort.of(body);
        Json.put(body, "thinking", Json.object("type", "adaptive"));
        if (!Json.has(body, "output_config")) Json.put(body, "output_config", new JsonObject());
        if (!Json.has(body, "output_config", "effort")) Json.put(Json.at(body, "output_config"), "effort", effort);
    }

    private static Optional<Fix> output(String text, JsonObject sent) {
        var most = MOST.matcher(text);
        if (most.find()) return Refusals.atMost(Long.parseLong(most.group(1)));
        return Refusals.window(text, sent).or(() -> Refusals.output(text, sent));
    }

    private static Optional<Fix> tools(String text, JsonObject sent) {
        var others = Json.list(sent, "tools").stream().anyMatch(tool -> Json.has(tool, "input_schema"));
        return others && NO_SCHEMA.matcher(text).find() ? lasting("without server tools", AnthropicQuirks::withoutServerTools)
            : Optional.empty();
    }

    private static Optional<Fix> parameter(String text, JsonObject sent) {
        if (!REFUSED.matcher(text).find()) return Optional.empty();
        if (text.contains("effort") && Json.has(sent, "output_config", "effort")) return Optional.of(Refusals.without(text, sent,
            "output_config", "effort"));
        return OPTIONAL.stream().filter(name -> Json.has(sent, name) && Pattern.compile("\\b" + name + "\\b").matcher(text).find())
            .findFirst()
            .map(name -> name.equals("tool_choice") ? Fix.of("without " + name, false, body -> Json.drop(body, name))
                : Refusals.without(text, sent, name));
    }

    private static Optional<Fix> lasting(String name, Consumer<JsonObject> patch) { return Optional.of(Fix.of(name, true, patch)); }

    private static Optional<Fix> once(String name, Consumer<JsonObject> patch) { return Optional.of(Fix.of(name, false, patch)); }
}
