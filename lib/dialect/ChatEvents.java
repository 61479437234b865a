package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.reply.Event;
import lib.wire.ApiError;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.List;
import java.util.function.Consumer;

/// Hears Chat Completions, streamed in chunks or whole, as a hundred hosts really send it.
final class ChatEvents {
    private final Terms terms;

    ChatEvents(Terms terms) { this.terms = terms; }

    void read(Iterable<Frame> frames, Consumer<Event> out) {
        var signed = new Signing(terms.owner(), out);
        var tags = new ThinkTags(signed);
        var calls = new ChatCalls(terms, signed);
        var finish = "";
        var sequence = "";
        var refused = false;
        var done = false;
        var content = false;
        for (var frame : frames) {
            if (frame.data().isBlank()) continue;
            if (frame.data().strip().equals("[DONE]")) {
                done = true;
                continue;
            }
            var chunk = object(frame);
            usage(chunk, out);
            for (var choice : Json.list(chunk, "choices")) {
                if (Json.number(choice, "index") != 0) continue;
                var delta = Json.has(choice, "delta") ? Json.at(choice, "delta") : Json.at(choice, "message");
                signed.keep(Json.list(delta, "reasoning_details"));
                think(delta, signed);
                var text = text(delta, signed) + Json.text(delta, "refusal");
                refused |= !Json.text(delta, "refusal").isEmpty();
                tags.write(text);
                var fragments = fragments(delta);
                if (!fragments.isEmpty()) tags.end();
                calls.write(fragments);
                content |= !text.isEmpty() || !fragments.isEmpty();
                if (Json.text(choice, "finish_reason").equals("error")) throw Errors.inside(Json.at(choice, "error"));
                if (!Json.text(choice, "finish_reason").isEmpty()) finish = Json.text(choice, "finish_reason");
                if (Json.isText(choice, "stop_reason")) sequence = Json.text(choice, "stop_reason");   // vLLM tells which sequence it was
            }
        }
        if (finish.isEmpty() && !(done && content)) throw new ApiError(500, "the provider's reply broke off before the model had finished");
        tags.end();
        calls.end();
        signed.accept(refused ? new Event.Stop("refusal") : stop(finish, sequence));
    }

    private static JsonObject object(Frame frame) {
        JsonElement chunk;
        try {
            chunk = Json.parse(frame.data());
        } catch (Json.Malformed e) {
            throw new ApiError(500, "the provider sent a chunk that is not JSON: " + e.getMessage());
        }
        if (frame.event().equals("error") || Json.has(chunk, "error")) throw Errors.inside(chunk);
        return Json.at(chunk);
    }

    /// The first field that says something: some hosts send the same text in two.
    private static void think(JsonObject delta, Consumer<Event> out) {
        for (var field : List.of("reasoning_content", "reasoning", "reasoning_text")) {
            var text = Json.text(delta, field);
            if (text.isEmpty()) continue;
            out.accept(new Event.Thinking(text));
            return;
        }
        for (var part : Json.list(delta, "reasoning_details")) out.accept(new Event.Thinking(Json.text(part, "text") + Json.text(part, "summary")));
    }

    /// Content is a string, or a list of parts; a part may be thinking.
    private static String text(JsonObject delta, Consumer<Event> out) {
        if (Json.isText(delta, "content")) return Json.text(delta, "content");
        var text = new StringBuilder();
        for (var part : Json.list(delta, "content")) {
            if (!Json.text(part, "type").equals("thinking")) text.append(Json.text(part, "text"));
            else for (var piece : Json.list(part, "thinking")) out.accept(new Event.Thinking(Json.text(piece, "text")));
        }
        return text.toString();
    }

    private static List<JsonElement> fragments(JsonObject delta) {
        var legacy = Json.at(delta, "function_call");
        return legacy.isEmpty() ? Json.list(delta, "tool_calls") : List.of(Json.object("index", 0, "function", legacy));
    }

    private Event.Stop stop(String finish, String sequence) {
        return switch (finish) {
            case "length", "max_tokens" -> new Event.Stop("max_tokens");
            case "tool_calls", "function_call" -> new Event.Stop("tool_use");
            case "content_filter", "sensitive" -> new Event.Stop("refusal");
            case "model_length", "model_context_window_exceeded" -> new Event.Stop("model_context_window_exceeded");
            case "network_error" -> throw new ApiError(500, "the provider reports a network error of its own");
            default -> {
                var sent = terms.sent();
                if (terms.stops().contains(sequence)) yield new Event.Stop("stop_sequence", sequence);
                yield sent.size() == 1 ? new Event.Stop("stop_sequence", sent.getFirst()) : new Event.Stop("end_turn");
            }
        };
    }

    private static void usage(JsonObject chunk, Consumer<Event> out) {
        var usage = Json.has(chunk, "usage") ? Json.at(chunk, "usage") : Json.at(chunk, "x_groq", "usage");
        if (!Json.has(usage, "prompt_tokens") && !Json.has(usage, "completion_tokens")) return;
        var details = Json.at(usage, "prompt_tokens_details");
        var cached = Math.max(Json.number(details, "cached_tokens"), Math.max(Json.number(usage, "prompt_cache_hit_tokens"), Json.number(usage, "cached_tokens")));
        var prompt = Json.number(usage, "prompt_tokens");
        var output = Json.number(usage, "completion_tokens");
        var reasoning = Json.number(usage, "completion_tokens_details", "reasoning_tokens");
        if (reasoning > 0 && Json.number(usage, "total_tokens") == prompt + output + reasoning) output += reasoning;   // xAI leaves it out
        out.accept(Event.Usage.ofPrompt(prompt, cached, Json.number(details, "cache_write_tokens"), output));
    }
}
