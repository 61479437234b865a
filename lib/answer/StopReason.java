package lib.answer;

import module java.base;

import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Why a model stopped, in the words of every API: what they mean in Anthropic's.
public final class StopReason {
    private static final Set<String> CUT = Set.of("length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens",
        "maximum_tokens", "max_length",
        "max_output_length", "token_limit", "token_limit_reached", "output_limit", "output_token_limit", "time_limit", "incomplete",
            "truncated", "continuation", "max_messages", "limit");
    private static final Set<String> WINDOW_FULL = Set.of("model_length", "model_context_window_exceeded", "context_window_exceeded",
        "context_length", "context_length_exceeded", "error_limit");
    private static final Set<String> REFUSED = Set.of("refusal", "content_filter", "content_filtered", "content_filter_results",
        "contentfilter", "guardrail_intervened", "guardrails", "sensitive",
        "safety", "recitation", "language", "blocklist", "prohibited_content", "spii", "escalation", "image_safety",
            "image_prohibited_content", "image_recitation", "model_armor", "error_toxic", "moderation");
    private static final Set<String> FAILED = Set.of("error", "network_error", "abort", "aborted", "cancel", "cancelled", "canceled",
        "user_cancel", "failed", "server_error");
    /// The model's call, or the whole of what it wrote, could not be read: https://ai.google.dev/api/generate-content#FinishReason
    private static final Set<String> GARBLED = Set.of("malformed_function_call", "malformed_response", "unexpected_tool_call",
        "too_many_tool_calls", "missing_thought_signature",
        "malformed_model_output", "malformed_tool_use", "bad_tool_call");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])"), SEPARATOR = Pattern.compile("[\\s.-]+"),
        PREFIX = Pattern.compile("^(finish|stop)_?reason_");

    private StopReason() {}

    /// A reason that nobody knows ends the turn; whether anything was said in it, the reply finds out.
    public static Event.Stop of(String reason) {
        var plain = plain(reason);
        if (CUT.contains(plain)) return new Event.Stop("max_tokens");
        if (WINDOW_FULL.contains(plain)) return new Event.Stop("model_context_window_exceeded");
        if (REFUSED.contains(plain)) return new Event.Stop("refusal");
        if (plain.equals("insufficient_system_resource")) throw new ApiError(529,
            "the provider ran out of resources before the reply was complete");
        if (FAILED.contains(plain)) throw new ApiError(500, "the provider could not finish the reply (" + reason + ")");
        if (GARBLED.contains(plain)) throw new RetryReply("the model's reply could not be read (" + reason + ")");
        return new Event.Stop(Set.of("tool_calls", "tool_call", "tool_use", "function_call").contains(plain) ? "tool_use" : "end_turn");
    }

    /// The answer ended before it was complete, for whatever reason: no plainer reason may hide it.
    public static boolean isCut(String reason) {
        var plain = plain(reason);
        return CUT.contains(plain) || WINDOW_FULL.contains(plain) || REFUSED.contains(plain);
    }

    public static boolean isGarbled(String reason) { return GARBLED.contains(plain(reason)); }

    /// `FINISH_REASON_MAX_TOKENS`, `max-tokens` and `maxTokens` are one reason.
    private static String plain(String reason) {
        var apart = HUMP.matcher(reason.strip()).replaceAll("_").toLowerCase(Locale.ROOT);
        return PREFIX.matcher(SEPARATOR.matcher(apart).replaceAll("_")).replaceFirst("");
    }
}
