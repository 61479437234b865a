package lib.dialect.text;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Agents on a LangGraph server: the text of their models as it streams, and the state after each step, whose last
/// message is the answer. Agents use only their own tools. https://docs.langchain.com/langsmith/streaming
final class LangGraph {
    private LangGraph() {}

    static JsonObject body(TextRequest asked) {
        return Json.object("assistant_id", asked.model(),
            "input", Json.object("messages", Json.arrayOf(Transcript.turns(asked.request().message()).stream()
                .map(turn -> Json.object("role", turn.role(), "content", turn.text())).toList())),
            "stream_mode", Json.array("messages-tuple", "values"), "on_disconnect", "cancel");
    }

    static void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard) {
        var out = new ThoughtSignatures(terms, heard);
        JsonElement last = new JsonObject();
        var speaking = "";   // the message that the last piece belongs to
        for (var frame : frames) switch (frame.event()) {
            case "messages" -> {
                var pair = Json.list(frame.json());   // a piece of text, and metadata
                var piece = pair.isEmpty() ? new JsonObject() : pair.getFirst();
                var text = text(piece);
                if (!isModels(piece) || text.isEmpty()) continue;
                var id = Json.text(piece, "id");
                out.accept(new Event.Text(speaking.isEmpty() || speaking.equals(id) ? text : "\n\n" + text));
                speaking = id;
            }
            case "values", "" -> {
                var messages = Json.list(frame.json(), "messages");
                last = messages.isEmpty() ? new JsonObject() : messages.getLast();
            }
            case "error" -> {
                var error = frame.json();
                throw new ApiError(500, terms.route().label() + ": " + Json.text(error, "error") + ": " + Json.text(error, "message"));
            }
            default -> { }
        }
        if (!isModels(last) || !Json.list(last, "tool_calls").isEmpty())
            throw new ApiError(500, "the agent's run was interrupted or ended without an answer");
        if (speaking.isEmpty()) out.accept(new Event.Text(text(last)));   // nothing was streamed
        out.accept(TextEvents.usage(Json.number(last, "usage_metadata", "input_tokens"),
            Json.number(last, "usage_metadata", "output_tokens")));
        out.accept(StopReason.of(Json.text(last, "response_metadata", "finish_reason")
            + Json.text(last, "response_metadata", "stop_reason")));
    }

    private static boolean isModels(JsonElement message) {
        return Json.text(message, "type").equals("ai") || Json.text(message, "type").equals("AIMessageChunk");
    }

    private static String text(JsonElement message) {
        return Json.text(message, "content") + Json.list(message, "content").stream().map(part -> Json.text(part, "text"))
            .collect(Collectors.joining());
    }
}
