package lib.dialect;

import com.google.gson.JsonElement;
import lib.reply.Event;
import lib.wire.Json;

import java.util.Optional;

/// The tokens that a chunk counts, wherever its host puts them.
final class ChatUsage {
    private ChatUsage() {}

    static Optional<Event.Usage> in(JsonElement chunk) {
        var usage = Json.has(chunk, "usage") ? Json.at(chunk, "usage") : Json.at(chunk, "x_groq", "usage");
        if (!Json.has(usage, "prompt_tokens") && !Json.has(usage, "completion_tokens")) return Optional.empty();
        var details = Json.at(usage, "prompt_tokens_details");
        var cached = Math.max(Json.number(details, "cached_tokens"), Math.max(Json.number(usage, "prompt_cache_hit_tokens"), Json.number(usage, "cached_tokens")));
        var prompt = Json.number(usage, "prompt_tokens");
        var output = Json.number(usage, "completion_tokens");
        var reasoning = Json.number(usage, "completion_tokens_details", "reasoning_tokens");
        if (reasoning > 0 && Json.number(usage, "total_tokens") == prompt + output + reasoning) output += reasoning;   // xAI leaves it out
        return Optional.of(Event.Usage.ofPrompt(prompt, cached, Json.number(details, "cache_write_tokens"), output));
    }
}
