package lib.dialect.responses;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads Responses, streamed or whole. Content that arrived as deltas is not repeated when its item is done.
final class ResponsesEvents {
    private static final String LATE = "late:";

    private final ReplyContext terms;
    private final Citations out;
    private final Set<String> said = new HashSet<>();            // items with content that arrived as deltas
    private final Map<String, String> calls = new LinkedHashMap<>();   // item -> call
    private final Set<String> signed = new HashSet<>();
    private final RepeatedAnswer answer = new RepeatedAnswer();
    private String reply = "";
    private boolean refused;

    ResponsesEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = new Citations(terms, out);
    }

    void read(Iterable<Frame> frames) {
        for (var frame : frames) {
            if (frame.isBlank() || frame.isDone()) continue;
            var data = Json.at(frame.json());
            var item = key(data);
            switch (Json.text(data, "type")) {
                case "response.output_item.added" -> {
                    // A call that is complete when added may be the provider's own; that is clear when it is done.
                    if (!Json.text(data, "item", "status").equals("completed")) start(item, Json.at(data, "item"));
                }
                case "response.created" -> reply = Json.text(data, "response", "id");
                case "response.output_text.delta" -> text(item, Json.text(data, "delta"));
                case "response.refusal.delta" -> {
                    refused = true;
                    say(item, new Event.Text(Json.text(data, "delta")));
                }
                case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                    say(item, new Event.Thinking(Json.text(data, "delta")));
                case "response.reasoning_summary_part.added" -> {
                    if (Json.number(data, "summary_index") > 0) out.accept(new Event.Thinking("\n\n"));
                }
                case "response.function_call_arguments.delta" -> {
                    if (calls.containsKey(item)) say(item, new Event.ToolInput(calls.get(item), Json.text(data, "delta")));
                }
                case "response.function_call_arguments.done" -> {
                    if (calls.containsKey(item)) arguments(item, Json.text(data, "arguments"));
                }
                case "response.output_item.done" -> done(item, Json.at(data, "item"));
                case "response.completed", "response.incomplete" -> {
                    end(Json.at(data, "response"));
                    return;
                }
                case "response.failed" -> throw Errors.inside(Json.at(data, "response"), terms.route());
                case "error" -> throw Errors.inside(data, terms.route());
                default -> {
                    if (Json.text(data, "type").isEmpty() && !Json.has(data, "object") && Errors.isError(data))
                        throw Errors.inside(data, terms.route());
                    if (!Json.text(data, "object").equals("response")) continue;   // an event without content
                    whole(data);
                    return;
                }
            }
        }
        throw ApiError.brokenOff();
    }

    /// Items are known by their index, because some hosts change the id in every event, or by their id if there is no index.
    private static String key(JsonElement data) {
        if (Json.has(data, "output_index")) return Json.spelled(data, "output_index");
        return Json.text(data, Json.has(data, "item_id") ? new String[]{"item_id"} : new String[]{"item", "id"});
    }

    private void say(String item, Event event) {
        said.add(item);
        out.accept(event);
    }

    private void text(String item, String piece) {
        say(item, new Event.Text(terms.route().has(ToolQuirks.ANSWER_TOLD_AGAIN) ? answer.take(item, piece) : piece));
    }

    private void start(String key, JsonObject item) {
        if (!Json.text(item, "type").equals("function_call")) return;
        var id = Json.text(item, "call_id").isEmpty() ? terms.ids().next("toolu") : Json.text(item, "call_id");
        if (terms.route().has(MessageQuirks.CALL_IDS_RESTART))
            id = MessageQuirks.marked(id, reply.isEmpty() ? terms.ids().next("resp") : reply);
        calls.put(key, id);
        out.accept(new Event.ToolCall(id, Json.text(item, "name")));
    }

    private void done(String key, JsonObject item) {
        switch (Json.text(item, "type")) {
            case "function_call" -> {
                if (!calls.containsKey(key)) start(key, item);
                arguments(key, Json.text(item, "arguments"));
            }
            case "message" -> {
                if (!said.contains(key)) for (var part : Json.list(item, "content")) {
                    refused |= Json.text(part, "type").equals("refusal");
                    text(key, Json.text(part, "text") + Json.text(part, "refusal"));
                }
                cite(Json.list(item, "content"));
            }
            case "reasoning" -> {
                if (!said.contains(key)) out.accept(new Event.Thinking(thought(item)));
                if (Json.has(item, "encrypted_content")) sign(item, "");
                else out.accept(new Event.Signature(new Thought(terms.owner(), "").signature()));
            }
            case "search_results" -> {
                out.searched(joined(Json.list(item, "queries")), false);
                out.found(Json.list(item, "results"));
            }
            case "web_search_call" -> searched(Json.at(item, "action"), Json.text(item, "status").equals("failed"));
            default -> { }   // a call of the provider's own tools
        }
    }

    /// Opening a page, or looking for words in it, does not count as a search.
    private void searched(JsonObject action, boolean failed) {
        if (terms.search().isEmpty() || Set.of("open_page", "find_in_page", "find").contains(Json.text(action, "type"))) return;
        var queries = joined(Json.list(action, "queries"));
        out.searched(queries.isEmpty() ? Json.text(action, "query") : queries, failed);
        out.found(Json.list(action, "sources"));
    }

    private static String joined(List<JsonElement> queries) {
        return queries.stream().map(Json::text).collect(Collectors.joining("; "));
    }

    private void cite(List<JsonElement> parts) {
        for (var part : parts) for (var note : Json.list(part, "annotations"))
            if (Json.text(note, "type").equals("url_citation")) out.cited(note);
    }

    /// All the arguments at once, which is of interest only if they did not come in pieces.
    private void arguments(String key, String all) {
        if (!all.isEmpty() && !said.contains(key)) say(key, new Event.ToolInput(calls.get(key), all));
    }

    private static String thought(JsonObject item) {
        var text = new StringBuilder();
        for (var list : new String[]{"summary", "content"})
            for (var part : Json.list(item, list)) text.append(text.isEmpty() ? "" : "\n\n").append(Json.text(part, "text"));
        return text.toString();
    }

    /// The signature carries the whole item, without its status, which OpenAI refuses in a request.
    private void sign(JsonObject item, String when) {
        var kept = Json.shallow(item);
        Json.drop(kept, "status");
        signed.add(Json.text(item, "id"));
        out.accept(new Event.Signature(new Thought(terms.owner(), when + Json.write(kept)).signature()));
    }

    /// Content that no earlier event had: some hosts send complete items only here. Calls are matched by their order.
    private void late(List<JsonElement> output) {
        var silent = said.isEmpty() && calls.isEmpty();
        var begun = List.copyOf(calls.keySet());
        var at = 0;
        for (var item : output) switch (Json.text(item, "type")) {
            case "function_call" -> done(at < begun.size() ? begun.get(at++) : LATE + at++, Json.at(item));
            case "message" -> {
                if (silent) done(LATE, Json.at(item));
            }
            default -> { }
        }
    }

    /// Azure sends the encrypted content only here.
    private void end(JsonObject response) {
        late(Json.list(response, "output"));
        for (var item : Json.list(response, "output"))
            if (Json.text(item, "type").equals("reasoning") && Json.has(item, "encrypted_content")
                && !signed.contains(Json.text(item, "id"))) sign((JsonObject) item, LATE);
        TokenCounts.in(response).ifPresent(out);
        out.accept(refused ? new Event.Stop("refusal") : switch (Json.text(response, "status")) {
            case "failed", "cancelled" -> throw Errors.inside(response, terms.route());
            case "queued", "in_progress", "running" -> throw ApiError.invalid(terms.route().label()
                + " runs as a background job, which FreeCC does not poll; choose a model that answers synchronously");
            case "incomplete" -> incomplete(StopReason.of(Json.text(response, "incomplete_details", "reason")));
            default -> new Event.Stop("end_turn");
        });
    }

    /// Whatever made it so, the answer is not complete.
    private static Event.Stop incomplete(Event.Stop reason) {
        return reason.reason().equals("end_turn") ? new Event.Stop("max_tokens") : reason;
    }

    private void whole(JsonObject response) {
        var at = 0;
        reply = Json.text(response, "id");
        for (var item : Json.list(response, "output")) done(String.valueOf(at++), Json.at(item));
        end(response);
    }

    static boolean isLate(Thought thought) { return thought.state().startsWith(LATE); }

    /// The reasoning item that a thought carries, or an empty object.
    static JsonObject itemIn(Thought thought) {
        var item = Json.objectIn(isLate(thought) ? thought.state().substring(LATE.length()) : thought.state());
        return Json.text(item, "type").equals("reasoning") ? item : new JsonObject();
    }
}
