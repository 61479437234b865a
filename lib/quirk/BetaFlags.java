package lib.quirk;

import module java.base;

import lib.json.*;
import lib.route.*;

/// The anthropic-beta flags that a cloud accepts; it refuses any other. From LiteLLM's tables, 2026-11.
public record BetaFlags(List<String> taken) {
    private static final Map<String, String> RENAMED = Map.of("advanced-tool-use-2025-11-20", "tool-search-tool-2025-10-19");

    public static final BetaFlags VERTEX = of("""
        compact-2026-01-12 computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07 context-management-2025-06-27
        dangerous-tool-use-2026-09-03 inline-tools-2026-09-15 interleaved-thinking-2025-05-14 per-turn-control-2026-07-01
        thinking-binding-controls-2026-08-01 thinking-display-updates-2026-08-18 tool-search-tool-2025-10-19 web-search-2025-03-05""");
    public static final BetaFlags BEDROCK = of("""
        compact-2026-01-12 computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07 context-management-2025-06-27
        dangerous-tool-use-2026-09-03 effort-2025-11-24 fine-grained-tool-streaming-2025-05-14
        mid-conversation-output-config-2026-07-01 mid-conversation-tool-changes-2026-07-01 thinking-binding-controls-2026-08-01
        thinking-display-updates-2026-08-18 tool-search-tool-2025-10-19""");
    public static final BetaFlags CONVERSE = of("""
        computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07 effort-2025-11-24
        fine-grained-tool-streaming-2025-05-14 structured-outputs-2025-11-13 thinking-binding-controls-2026-08-01
        thinking-display-updates-2026-08-18""");
    static final BetaFlags COPILOT = of("""
        interleaved-thinking-2025-05-14 context-management-2025-06-27 advanced-tool-use-2025-11-20""");
    static final BetaFlags MANTLE = of("""
        claude-code-20250219 compact-2026-01-12 computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07
        context-management-2025-06-27 dangerous-tool-use-2026-09-03 effort-2025-11-24 fine-grained-tool-streaming-2025-05-14
        interleaved-thinking-2025-05-14 output-128k-2025-02-19 per-turn-control-2026-07-01 structured-outputs-2025-11-13
        thinking-binding-controls-2026-08-01 thinking-display-updates-2026-08-18 token-efficient-tools-2025-02-19
        tool-examples-2025-10-29 tool-search-tool-2025-10-19 web-search-2025-03-05""");
    static final BetaFlags FOUNDRY = of("""
        advanced-tool-use-2025-11-20 code-execution-2025-08-25 computer-use-2025-01-24 computer-use-2025-11-24 context-1m-2025-08-07
        context-management-2025-06-27 dangerous-tool-use-2026-09-03 effort-2025-11-24 files-api-2025-04-14
        interleaved-thinking-2025-05-14 mcp-client-2025-04-04 mcp-client-2025-11-20 per-turn-control-2026-07-01
        prompt-caching-scope-2026-01-05 skills-2025-10-02 structured-outputs-2025-11-13 thinking-display-updates-2026-08-18
        web-fetch-2025-09-10 web-search-2025-03-05""");
    static final BetaFlags DATABRICKS = of("""
        advanced-tool-use-2025-11-20 code-execution-2025-08-25 compact-2026-01-12 computer-use-2025-01-24 computer-use-2025-11-24
        context-1m-2025-08-07 context-management-2025-06-27 dangerous-tool-use-2026-09-03 effort-2025-11-24 fast-mode-2026-02-01
        files-api-2025-04-14 fine-grained-tool-streaming-2025-05-14 interleaved-thinking-2025-05-14 mcp-client-2025-04-04
        mcp-client-2025-11-20 oauth-2025-04-20 output-128k-2025-02-19 prompt-caching-scope-2026-01-05 skills-2025-10-02
        structured-outputs-2025-11-13 thinking-binding-controls-2026-08-01 token-efficient-tools-2025-02-19 web-fetch-2025-09-10
        web-search-2025-03-05""");

    private static final String FIELD = "anthropic_beta", HEADER = "anthropic-beta";
    /// Flags, each with the field that is refused without it.
    private static final Map<String, String> FIELDS =
        Map.of("context-management-2025-06-27", "context_management", "dangerous-tool-use-2026-09-03", "safeguards");

    private static BetaFlags of(String taken) { return new BetaFlags(List.of(taken.split("\\s+"))); }

    /// For Bedrock, which reads the flags from the body.
    public static void put(JsonObject message, List<String> flags) { if (!flags.isEmpty()) Json.put(message, FIELD, Json.arrayOf(flags)); }

    public static void put(Draft draft, List<String> flags) { draft.headers().put(HEADER, String.join(",", flags)); }

    /// Removes these flags, or all of them if none is named.
    public static void leaveOut(Draft draft, List<String> named) {
        keep(draft, in(draft).stream().filter(flag -> !named.isEmpty() && !named.contains(flag)).toList());
    }

    private static List<String> in(Draft draft) {
        return draft.headers().containsKey(HEADER) ? split(draft.headers().get(HEADER))
            : Json.list(draft.read(), FIELD).stream().map(Json::text).toList();
    }

    private static void keep(Draft draft, List<String> flags) {
        var before = in(draft);
        if (flags.equals(before)) return;
        FIELDS.forEach((flag, field) -> {
            if (before.contains(flag) && !flags.contains(flag)) Json.drop(draft.body(), field);
        });
        if (draft.headers().containsKey(HEADER)) put(draft, flags);
        else {
            Json.drop(draft.body(), FIELD);
            put(draft.body(), flags);
        }
    }

    private static List<String> split(String header) {
        return Stream.of(header.split(",")).map(String::strip).filter(flag -> !flag.isEmpty()).toList();
    }

    /// The request's flags that this cloud accepts, under the names it uses.
    public List<String> of(Request request) { return of(split(request.headers().getOrDefault(HEADER, ""))); }

    /// Keeps only the accepted flags in the draft, and drops the fields that depend on the others.
    void only(Draft draft) {
        var flags = of(in(draft));
        keep(draft, flags);
        CloudFields.only(draft, flags);
    }

    private List<String> of(List<String> flags) {
        return flags.stream().map(flag -> taken.contains(flag) ? flag : RENAMED.getOrDefault(flag, flag))
            .filter(taken::contains).distinct().toList();
    }
}
