package lib.dialect.converse;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Hears Converse, streamed or whole. Only a tool's block has a start; the usage comes after the end.
final class ConverseEvents {
    private final ReplyContext terms;
    private final Consumer<Event> out;
    private final Map<String, String> calls = new HashMap<>();   // block -> call
    private JsonObject stop = new JsonObject();
    private boolean thinking;

    ConverseEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = out;
    }

    void read(Iterable<Frame> frames) {
        for (var frame : Frame.until(frames, () -> !stop.isEmpty())) {
            AwsErrors.check(frame, terms.route());
            var data = Json.at(frame.json());
            var block = Json.spelled(data, "contentBlockIndex");
            switch (frame.event()) {
                case "contentBlockStart" -> call(block, Json.at(data, "start", "toolUse"));
                case "contentBlockDelta" -> delta(block, Json.at(data, "delta"));
                case "messageStop" -> stop = data;
                case "metadata" -> usage(Json.at(data, "usage"));
                case "" -> stop = whole(data);
                default -> { }
            }
            if (frame.event().equals("metadata") && !stop.isEmpty()) break;   // it is the last event
        }
        if (stop.isEmpty()) throw ApiError.brokenOff();
        sign("");
        out.accept(stop(stop));
    }

    private void call(String block, JsonObject use) {
        if (use.isEmpty() || terms.oneCall() && !calls.isEmpty()) return;   // there is no switch for it
        sign("");
        var id = Json.text(use, "toolUseId").isEmpty() ? terms.ids().next("toolu") : Json.text(use, "toolUseId");
        calls.put(block, id);
        out.accept(new Event.ToolCall(id, Json.text(use, "name")));
    }

    private void delta(String block, JsonObject delta) {
        var text = Json.text(delta, "text");
        if (!text.isEmpty()) {
            sign("");
            out.accept(new Event.Text(text));
        }
        if (Json.has(delta, "toolUse") && calls.containsKey(block))
            out.accept(new Event.ToolInput(calls.get(block), Json.text(delta, "toolUse", "input")));
        reasoning(Json.text(delta, "reasoningContent", "text"), Json.text(delta, "reasoningContent", "signature"),
            Json.text(delta, "reasoningContent", "redactedContent"));
    }

    private void reasoning(String text, String signature, String redacted) {
        thinking |= !text.isEmpty();
        out.accept(new Event.Thinking(text));
        if (!signature.isEmpty()) sign(Json.write(Json.object("model", terms.model(), "signature", signature)));
        if (!redacted.isEmpty()) sign(Json.write(Json.object("model", terms.model(), "redacted", redacted)));
    }

    private void sign(String state) {
        if (thinking || !state.isEmpty()) out.accept(new Event.Signature(new Thought(terms.owner(), state).signature()));
        thinking = false;
    }

    private JsonObject whole(JsonObject reply) {
        if (!Json.has(reply, "stopReason")) throw Errors.inside(reply, terms.route());
        var at = 0;
        for (JsonElement block : Json.list(reply, "output", "message", "content")) {
            var key = String.valueOf(at++);
            var use = Json.at(block, "toolUse");
            call(key, use);
            if (calls.containsKey(key)) out.accept(new Event.ToolInput(calls.get(key), Json.write(Json.at(use, "input"))));
            var thought = Json.at(block, "reasoningContent");
            reasoning(Json.text(thought, "reasoningText", "text"), Json.text(thought, "reasoningText", "signature"),
                Json.text(thought, "redactedContent"));
            if (!Json.text(block, "text").isEmpty()) delta(key, Json.at(block));
        }
        usage(Json.at(reply, "usage"));
        return reply;
    }

    private Event.Stop stop(JsonObject stop) {
        return switch (Json.text(stop, "stopReason")) {
            case "stop_sequence" -> {
                var fields = Json.at(stop, "additionalModelResponseFields");
                // Of a stream, or of a whole reply.
                var told = Json.text(fields, "delta", "stop_sequence") + Json.text(fields, "stop_sequence");
                yield new Event.Stop("stop_sequence", !told.isEmpty() ? told : terms.sent().isEmpty() ? "" : terms.sent().getFirst());
            }
            default -> StopReason.of(Json.text(stop, "stopReason"));
        };
    }

    private void usage(JsonObject usage) {
        var hour = Json.list(usage, "cacheDetails").stream().filter(detail -> Json.text(detail, "ttl").equals("1h"))
            .mapToLong(detail -> Json.number(detail, "inputTokens")).sum();
        if (!usage.isEmpty())
            out.accept(new Event.Usage(Json.number(usage, "inputTokens"), Json.number(usage, "cacheReadInputTokens"),
                Json.number(usage, "cacheWriteInputTokens"), Json.number(usage, "outputTokens")).with(new Event.Usage.Details(hour, 0, 0)));
    }
}
