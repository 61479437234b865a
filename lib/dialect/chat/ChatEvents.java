package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.answer.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Hears Chat Completions, streamed in chunks or whole, as a hundred hosts really send it.
final class ChatEvents {
    private final ReplyContext terms;

    ChatEvents(ReplyContext terms) { this.terms = terms; }

    void read(Iterable<Frame> frames, Consumer<Event> out) {
        var sources = new Citations(out);
        var signed = new ThoughtSignatures(terms, sources);
        var tags = new ThinkTags(signed);
        var calls = new ChatCalls(terms, signed);
        var finish = "";
        var sequence = "";
        var told = false;      // the host says which stop sequence it was, if it was one
        var refused = false;
        var done = false;
        var begun = false;
        var heard = false;
        var usage = new Event.Usage(0, 0, 0, 0);
        for (var frame : frames) {
            if (frame.data().isBlank()) continue;
            if (frame.data().strip().equals("[DONE]")) {
                done = true;
                continue;
            }
            var chunk = object(frame);
            var counted = ChatUsage.in(chunk);
            counted.ifPresent(out);
            usage = counted.orElse(usage);
            sources.found(Json.list(chunk, Json.has(chunk, "search_results") ? "search_results" : "citations"));
            for (var choice : Json.list(chunk, "choices")) {
                if (Json.number(choice, "index") != 0) continue;
                begun = true;
                done |= Json.has(choice, "message");   // the reply is whole, and nothing follows
                var delta = Json.has(choice, "delta") ? Json.at(choice, "delta") : Json.at(choice, "message");
                signed.keep(Json.list(delta, "reasoning_details"));
                signed.keep(Json.text(delta, "reasoning_opaque"));
                heard |= think(delta, signed) | write(delta, tags, signed) | complete(choice, tags);
                refused |= !Json.text(delta, "refusal").isEmpty();
                var fragments = fragments(delta);
                if (!fragments.isEmpty()) tags.end();
                calls.write(fragments);
                heard |= !fragments.isEmpty();
                if (Json.text(choice, "finish_reason").equals("error")) throw error(Json.at(choice, "error"));
                if (!Json.text(choice, "finish_reason").isEmpty()) finish = Json.text(choice, "finish_reason").toLowerCase(Locale.ROOT);
                told |= Json.keys(choice).contains("stop_reason");   // vLLM
                if (Json.isText(choice, "stop_reason")) sequence = Json.text(choice, "stop_reason");
            }
        }
        if (finish.isEmpty() && !heard && (done || !begun)) throw new RetryReply("the provider's reply was empty");
        if (finish.isEmpty() && !done) throw ApiError.brokenOff();
        if (finish.equals("length") && !heard) Overflow.check(usage, terms.route().model());
        tags.end();
        calls.end();
        signed.accept(refused ? new Event.Stop("refusal") : stop(finish, sequence, told));
    }

    /// An error that says nothing may be the model's: a second try helps.
    private RuntimeException error(JsonObject told) {
        var error = Errors.inside(told, terms.route());
        return told.isEmpty() ? new RetryReply(error.getMessage()) : error;
    }

    private JsonObject object(Frame frame) {
        var chunk = frame.json();
        if (frame.event().equals("error") || Errors.isError(chunk)) throw Errors.inside(chunk, terms.route());
        return Json.at(chunk);
    }

    /// The first field that says something: some hosts send the same text in two.
    private static boolean think(JsonObject delta, Consumer<Event> out) {
        for (var field : List.of("reasoning_content", "reasoning", "reasoning_text")) {
            var text = Json.text(delta, field);
            if (text.isEmpty()) continue;
            out.accept(new Event.Thinking(text));
            return true;
        }
        var details = Json.list(delta, "reasoning_details");
        for (var part : details) out.accept(new Event.Thinking(Json.text(part, "text") + Json.text(part, "summary")));
        return !details.isEmpty();
    }

    /// Content is a string, or a list of parts; a part may be thinking. A refusal stands beside it.
    private static boolean write(JsonObject delta, ThinkTags tags, Consumer<Event> out) {
        tags.write(Json.text(delta, "content"));
        for (var part : Json.list(delta, "content")) {
            tags.write(Json.text(part, "text") + Json.text(part, "refusal"));
            if (Json.isText(part, "thinking")) out.accept(new Event.Thinking(Json.text(part, "thinking")));
            for (var pieces : List.of("thinking", "summary"))
                for (var piece : Json.list(part, pieces)) out.accept(new Event.Thinking(Json.text(piece, "text")));
        }
        tags.write(Json.text(delta, "refusal"));
        return !Json.text(delta, "content").isEmpty() || !Json.list(delta, "content").isEmpty() || !Json.text(delta, "refusal").isEmpty();
    }

    /// A completion of a prompt, the elder API, has its text in the choice itself.
    private static boolean complete(JsonElement choice, ThinkTags tags) {
        tags.write(Json.text(choice, "text"));
        return !Json.text(choice, "text").isEmpty();
    }

    private static List<JsonElement> fragments(JsonObject delta) {
        var legacy = Json.at(delta, "function_call");
        return legacy.isEmpty() ? Json.list(delta, "tool_calls") : List.of(Json.object("index", 0, "function", legacy));
    }

    private Event.Stop stop(String finish, String sequence, boolean told) {
        return switch (finish) {
            case "length", "max_tokens", "time_limit" -> new Event.Stop("max_tokens");
            case "tool_calls", "function_call" -> new Event.Stop("tool_use");
            case "content_filter", "sensitive" -> new Event.Stop("refusal");
            case "model_length", "model_context_window_exceeded" -> new Event.Stop("model_context_window_exceeded");
            case "network_error", "abort", "cancelled" -> throw new ApiError(500, "the provider could not finish the reply (" + finish + ")");
            case "insufficient_system_resource" -> throw new ApiError(529, "the provider ran out of resources in mid-reply");
            default -> {
                if (terms.stops().contains(sequence)) yield new Event.Stop("stop_sequence", sequence);
                yield !told && terms.sent().size() == 1 ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : new Event.Stop("end_turn");
            }
        };
    }
}
