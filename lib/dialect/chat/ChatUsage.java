package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonElement;

import lib.reply.*;
import lib.wire.*;

/// The tokens that a chunk counts, wherever its host puts them.
final class ChatUsage {
    private ChatUsage() {}

    static Optional<Event.Usage> in(JsonElement chunk) {
        var usage = Json.has(chunk, "usage") ? Json.at(chunk, "usage") : Json.at(chunk, "x_groq", "usage");
        if (!Json.has(usage, "prompt_tokens") && !Json.has(usage, "completion_tokens")) return Optional.empty();
        var details = Json.has(usage, "prompt_tokens_details") ? Json.at(usage, "prompt_tokens_details") : Json.at(usage, "prompt_token_details");   // Mistral's
        var cached = Stream.of("prompt_cache_hit_tokens", "cached_tokens", "num_cached_tokens").mapToLong(name -> Json.number(usage, name)).reduce(Json.number(details, "cached_tokens"), Math::max);
        var prompt = Json.number(usage, "prompt_tokens");
        var output = Json.number(usage, "completion_tokens");
        var reasoning = Json.number(usage, "completion_tokens_details", "reasoning_tokens");
        if (reasoning > 0 && Json.number(usage, "total_tokens") == prompt + output + reasoning) output += reasoning;   // xAI leaves it out
        return Optional.of(Event.Usage.ofPrompt(prompt, cached, Math.max(Json.number(details, "cache_write_tokens"), Json.number(details, "cache_creation_tokens")), output));
    }
}
