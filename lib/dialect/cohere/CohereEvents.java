package lib.dialect.cohere;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Hears Cohere's chat, streamed or whole. https://docs.cohere.com/docs/streaming
final class CohereEvents {
    private final ReplyContext terms;
    private final Consumer<Event> out;
    private final Map<String, String> calls = new HashMap<>();   // index -> id
    private final Set<String> ids = new HashSet<>();
    private boolean heard;

    CohereEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = new ThoughtSignatures(terms, out);
    }

    void read(Iterable<Frame> frames) {
        for (var frame : frames) {
            if (frame.isBlank() || frame.isDone()) continue;
            var data = Json.at(frame.json());
            var message = Json.at(data, "delta", "message");
            switch (Json.text(data, "type")) {
                case "message-start", "content-end", "tool-call-end" -> { }
                case "citation-start", "citation-end" -> { }   // asked not to, it cites nothing; what a tool gave is in the conversation
                case "content-start", "content-delta" -> content(Json.at(message, "content"));
                case "tool-plan-delta" -> say(new Event.Text(Json.text(message, "tool_plan")));
                case "tool-call-start" -> call(Json.spelled(data, "index"), Json.at(message, "tool_calls"));
                case "tool-call-delta" -> input(Json.spelled(data, "index"), Json.at(message, "tool_calls"));
                case "message-end" -> {
                    end(Json.at(data, "delta"));
                    return;
                }
                default -> {
                    if (!Json.has(data, "finish_reason")) {
                        if (Errors.isError(data)) throw Errors.inside(data, terms.route());
                        continue;   // an event of a later day
                    }
                    whole(data);
                    return;
                }
            }
        }
        throw ApiError.brokenOff();
    }

    private void say(Event event) {
        heard = true;
        out.accept(event);
    }

    private void content(JsonElement part) {
        if (!Json.text(part, "thinking").isEmpty()) say(new Event.Thinking(Json.text(part, "thinking")));
        if (!Json.text(part, "text").isEmpty()) say(new Event.Text(Json.text(part, "text")));
    }

    private void call(String index, JsonObject call) {
        if (!ids.isEmpty() && terms.oneCall()) return;   // there is no switch for it
        var given = Json.text(call, "id");
        var id = given.isEmpty() || ids.contains(given) ? terms.ids().next("toolu") : given;
        ids.add(id);
        calls.put(index, id);
        say(new Event.ToolCall(id, Json.text(call, "function", "name")));
        input(index, call);
    }

    private void input(String index, JsonObject call) {
        if (calls.containsKey(index)) say(new Event.ToolInput(calls.get(index), Json.text(call, "function", "arguments")));
    }

    private void whole(JsonObject reply) {
        var message = Json.at(reply, "message");
        Json.list(message, "content").stream().filter(part -> Json.text(part, "type").equals("thinking")).forEach(this::content);
        if (!Json.text(message, "tool_plan").isEmpty()) say(new Event.Text(Json.text(message, "tool_plan")));
        Json.list(message, "content").stream().filter(part -> !Json.text(part, "type").equals("thinking")).forEach(this::content);
        var at = 0;
        for (var call : Json.list(message, "tool_calls")) call(String.valueOf(at++), (JsonObject) call);
        end(reply);
    }

    /// What was read and written; what is billed leaves out the prompt's own template.
    private void end(JsonObject end) {
        var usage = Json.at(end, "usage");
        var tokens = Json.has(usage, "tokens") ? Json.at(usage, "tokens") : Json.at(usage, "billed_units");
        var counted = Event.Usage.ofPrompt(Json.number(tokens, "input_tokens"), Json.number(usage, "cached_tokens"), 0,
            Json.number(tokens, "output_tokens"));
        if (!tokens.isEmpty()) out.accept(counted);
        out.accept(stop(Json.text(end, "finish_reason"), Json.text(end, "error"), counted));
    }

    private Event.Stop stop(String finish, String error, Event.Usage usage) {
        return switch (finish) {
            case "COMPLETE" -> new Event.Stop("end_turn");
            case "TOOL_CALL" -> new Event.Stop("tool_use");
            // The API does not say which.
            case "STOP_SEQUENCE" -> new Event.Stop("stop_sequence", terms.sent().size() == 1 ? terms.sent().getFirst() : "");
            case "MAX_TOKENS" -> {
                if (!heard) Overflow.check(usage, terms.route().model());
                yield new Event.Stop("max_tokens");
            }
            case "ERROR_LIMIT", "ERROR_TOXIC" -> StopReason.of(finish);
            case "TIMEOUT" -> throw failed(504, finish, error);
            default -> {
                if (!StopReason.isCut(finish)) throw failed(500, finish, error);   // ERROR, USER_CANCEL, or none at all
                yield StopReason.of(finish);
            }
        };
    }

    private ApiError failed(int status, String finish, String error) {
        var words = "the model could not finish its reply (" + (finish.isEmpty() ? "no reason given" : finish) + ")";
        return new ApiError(status, terms.route().label() + ": " + (error.isEmpty() ? words : error));
    }
}
