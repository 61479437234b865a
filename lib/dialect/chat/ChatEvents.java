package lib.dialect.chat;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads Chat Completions, streamed or whole, as a hundred hosts actually send them.
final class ChatEvents {
    private static final List<String> THOUGHTS = List.of("reasoning_content", "reasoning", "reasoning_text");

    private final ReplyContext terms;
    private final Citations sources;
    private final ThoughtSignatures signed;
    private final ThinkTags tags;
    private final ChatCalls calls;
    private final Set<String> executed = new HashSet<>();
    /// The choice that speaks and the one that thinks: some hosts spread one answer over several choices.
    private String speaker = "", thinker = "";
    private String finish = "", sequence = "";
    private boolean told;      // the host reports which stop sequence it was, if any
    private boolean refused, done, started, heard;
    private Event.Usage usage = new Event.Usage(0, 0, 0, 0);

    ChatEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.sources = new Citations(terms, out);
        this.signed = new ThoughtSignatures(terms, sources);
        this.tags = new ThinkTags(terms, signed);
        this.calls = new ChatCalls(terms, signed);
    }

    void read(Iterable<Frame> frames) {
        for (var frame : Frame.until(frames, () -> !finish.isEmpty())) {
            if (frame.isBlank()) continue;
            if (frame.isDone()) {
                done = true;
                break;   // some servers leave the connection open
            }
            var chunk = object(frame);
            var counted = TokenCounts.in(chunk);
            counted.ifPresent(sources);
            usage = counted.orElse(usage);
            sources.found(Json.list(chunk, Json.has(chunk, "search_results") ? "search_results" : "citations"));
            sources.found(Json.list(chunk, "web_search"));
            for (var choice : Json.list(chunk, "choices")) choice(choice);
        }
        if (finish.isEmpty() && !heard && (done || !started)) throw new RetryReply("the provider's reply was empty");
        if (finish.isEmpty() && !done) throw ApiError.brokenOff();
        var end = stop();
        if (end.reason().equals("max_tokens") && !heard) Overflow.check(usage, terms.route().model());
        tags.end();
        calls.end();
        signed.accept(end);
    }

    /// Calls count in every choice; text and thoughts only in the first choice that has any, for the others may be alternatives.
    private void choice(JsonElement choice) {
        var index = Json.spelled(choice, "index");
        var delta = Json.has(choice, "delta") ? Json.at(choice, "delta") : Json.at(choice, "message");
        var fragments = fragments(delta);
        if (speaker.isEmpty() && speaks(choice, delta)) speaker = index;
        if (thinker.isEmpty() && thinks(delta)) {
            thinker = index;
            tags.thought();
        }
        started = true;
        done |= Json.has(choice, "message");   // a whole reply: nothing follows
        if (index.equals(thinker)) {
            signed.keep(Json.list(delta, "reasoning_details"));
            signed.keep(Json.text(delta, "reasoning_opaque"));
            heard |= think(delta, signed);
        }
        if (index.equals(speaker)) heard |= write(delta, tags, signed) | complete(choice, tags);
        search(delta);
        refused |= !Json.text(delta, "refusal").isEmpty();
        if (!fragments.isEmpty()) tags.end();
        calls.write(index, fragments);
        heard |= !fragments.isEmpty();
        if (Json.text(choice, "finish_reason").equals("error")) throw error(Json.at(choice, "error"));
        if (!Json.text(choice, "finish_reason").isEmpty() && heardFrom(index) && !StopReason.isCut(finish))
            finish = Json.text(choice, "finish_reason");
        told |= Json.mentions(choice, "stop_reason");   // vLLM
        if (Json.isText(choice, "stop_reason")) sequence = Json.text(choice, "stop_reason");
    }

    /// Searches of the provider's own that it has made by now, and the sources of the text.
    private void search(JsonObject delta) {
        for (var tool : Json.list(delta, "executed_tools")) {
            var results = Json.list(tool, "search_results", "results");
            if (results.isEmpty() || !executed.add(Json.spelled(tool, "index") + Json.text(tool, "arguments"))) continue;
            sources.searched(Json.text(Json.objectIn(Json.text(tool, "arguments")), "query"), false);
            sources.found(results);
        }
        for (var note : Json.list(delta, "annotations"))
            if (Json.text(note, "type").equals("url_citation")) sources.cited(Json.at(note, "url_citation"));
    }

    private boolean heardFrom(String index) {
        return index.equals(speaker) || index.equals(thinker) || calls.has(index) || speaker.isEmpty() && thinker.isEmpty()
            && calls.isEmpty();
    }

    private static boolean speaks(JsonElement choice, JsonObject delta) {
        return !(Json.text(delta, "content") + Json.text(delta, "refusal") + Json.text(choice, "text")).isEmpty()
            || !Json.list(delta, "content").isEmpty();
    }

    private static boolean thinks(JsonObject delta) {
        for (var field : THOUGHTS) if (!Json.text(delta, field).isEmpty()) return true;
        return !Json.list(delta, "reasoning_details").isEmpty() || Json.has(delta, "reasoning_opaque");
    }

    /// An error without a message may be the model's, and a second try can help.
    private RuntimeException error(JsonObject told) {
        var error = Errors.inside(told, terms.route());
        return told.isEmpty() ? new RetryReply(error.getMessage()) : error;
    }

    private JsonObject object(Frame frame) {
        var chunk = frame.json();
        if (frame.event().equals("error") || Errors.isError(chunk)) throw Errors.inside(chunk, terms.route());
        return Json.at(chunk);
    }

    /// Only the first field with text, because some hosts send the same text in two.
    private static boolean think(JsonObject delta, Consumer<Event> out) {
        for (var field : THOUGHTS) {
            var text = Json.text(delta, field);
            if (text.isEmpty()) continue;
            out.accept(new Event.Thinking(text));
            return true;
        }
        var details = Json.list(delta, "reasoning_details");
        for (var part : details) out.accept(new Event.Thinking(Json.text(part, "text") + Json.text(part, "summary")));
        return !details.isEmpty();
    }

    /// Content is a string or a list of parts, which may be thinking. A refusal has its own field.
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

    /// The legacy completions API has its text in the choice itself.
    private static boolean complete(JsonElement choice, ThinkTags tags) {
        tags.write(Json.text(choice, "text"));
        return !Json.text(choice, "text").isEmpty();
    }

    private static List<JsonElement> fragments(JsonObject delta) {
        var legacy = Json.at(delta, "function_call");
        return legacy.isEmpty() ? Json.list(delta, "tool_calls") : List.of(Json.object("index", 0, "function", legacy));
    }

    private Event.Stop stop() {
        if (refused) return new Event.Stop("refusal");
        var end = StopReason.isGarbled(finish) && !calls.isEmpty() ? new Event.Stop("tool_use") : StopReason.of(finish);
        if (!end.reason().equals("end_turn")) return end;
        if (terms.stops().contains(sequence)) return new Event.Stop("stop_sequence", sequence);
        return !told && terms.sent().size() == 1 ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : end;
    }
}
