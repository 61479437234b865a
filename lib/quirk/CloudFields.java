package lib.quirk;

import module java.base;

import lib.json.*;
import lib.route.*;

/// The top-level fields of Anthropic's API that the clouds document: they refuse all others, several at once, and a client
/// newer than they are sends some.
/// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html ,
/// https://docs.claude.com/en/api/claude-on-vertex-ai , https://docs.claude.com/en/docs/build-with-claude/claude-in-microsoft-foundry ;
/// 2026-11.
public final class CloudFields {
    private static final Set<String> KNOWN = Set.of("model", "messages", "max_tokens", "system", "tools", "tool_choice", "temperature",
        "top_p", "top_k", "stop_sequences", "stream", "thinking", "metadata",
        "output_config", "output_format", "context_management", "safeguards", "anthropic_version", "anthropic_beta");
    /// Known where the flag of a feature is.
    private static final Map<String, String> BY_FLAG = Map.of("mcp_servers", "mcp-client-", "container", "skills-", "speed", "fast-mode-");

    private CloudFields() {}

    /// `flags` are those that the cloud takes.
    public static void only(Draft draft, List<String> flags) {
        if (Json.keys(draft.read()).stream().anyMatch(key -> !isKnown(key, flags))) only(draft.body(), flags);
    }

    public static void only(JsonObject message, List<String> flags) {
        for (var key : Json.keys(message)) if (!isKnown(key, flags)) Json.drop(message, key);
    }

    private static boolean isKnown(String key, List<String> flags) {
        return KNOWN.contains(key) || BY_FLAG.containsKey(key) && flags.stream().anyMatch(flag -> flag.startsWith(BY_FLAG.get(key)));
    }
}
