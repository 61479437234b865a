package lib.dialect.gemini;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.answer.*;
import lib.calls.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads generateContent: chunks of complete parts. A signature is kept with the kind of part that it belongs to.
final class GeminiEvents {
    private final ReplyContext terms;
    private final Consumer<Event> out;
    private final StringBuilder said = new StringBuilder(), thought = new StringBuilder();
    private String speaker = "", garbled = "";
    private boolean thinking, spoke;
    private int calls;

    GeminiEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = out;
    }

    void read(Iterable<Frame> frames) {
        var finish = "";
        for (var frame : frames) {
            if (frame.data().isBlank()) continue;
            for (var chunk : chunks(frame)) {
                if (!Json.has(chunk, "candidates") && Errors.isError(chunk)) throw Errors.inside(chunk, terms.route());
                TokenCounts.in(chunk).ifPresent(out);
                var blocked = Json.text(chunk, "promptFeedback", "blockReason");
                if (!blocked.isEmpty()) finish = "SAFETY";
                for (var candidate : Json.list(chunk, "candidates")) {
                    candidate(candidate);
                    garbled += Json.text(candidate, "finishMessage");
                    if (!Json.text(candidate, "finishReason").isEmpty() && isHeard(candidate) && !StopReason.isCut(finish))
                        finish = Json.text(candidate, "finishReason");
                }
            }
        }
        if (finish.isEmpty()) throw ApiError.brokenOff();
        sign("");
        out.accept(stop(finish));
    }

    /// One object, or a list of them if the reply is not streamed.
    private static List<JsonElement> chunks(Frame frame) {
        var data = frame.json();
        return data.isJsonArray() ? Json.list(data) : List.of(data);
    }

    /// The first candidate that has anything to say is the answer; of others only calls belong to it.
    private void candidate(JsonElement candidate) {
        var parts = Json.list(candidate, "content", "parts");
        if (!parts.isEmpty() && speaker.isEmpty()) speaker = place(candidate);
        for (var part : parts) if (place(candidate).equals(speaker) || Json.has(part, "functionCall")) part(part);
    }

    private boolean isHeard(JsonElement candidate) { return speaker.isEmpty() || place(candidate).equals(speaker); }

    private static String place(JsonElement candidate) { return String.valueOf(Json.number(candidate, "index")); }

    private void part(JsonElement part) {
        var text = Json.text(part, "text");
        var signature = Json.text(part, "thoughtSignature");
        if (Json.has(part, "functionCall")) {
            sign(signature.isEmpty() ? "" : state(signature, "call"));
            call(Json.at(part, "functionCall"));
            return;
        }
        if (Json.flag(part, "thought")) {
            thinking |= !text.isEmpty();
            thought.append(text);
            out.accept(new Event.Thinking(text));
        } else {
            if (Json.has(part, "executableCode")) text = "```\n" + Json.text(part, "executableCode", "code") + "\n```\n";
            if (Json.has(part, "codeExecutionResult")) text = "```\n" + Json.text(part, "codeExecutionResult", "output") + "\n```\n";
            if (Json.has(part, "inlineData"))
                text = "[The model sent " + Json.text(part, "inlineData", "mimeType") + ", which Claude Code cannot show]";
            if (!text.isEmpty()) sign("");
            spoke |= !text.isEmpty();
            said.append(text);
            out.accept(new Event.Text(text));
        }
        if (!signature.isEmpty()) sign(state(signature, "text"));
    }

    private String state(String signature, String on) {
        return Json.write(Json.object("model", terms.model(), "on", on, "signature", signature));
    }

    /// Ends the thinking with a signature, or sends one in a thinking block of its own.
    private void sign(String state) {
        if (thinking || !state.isEmpty()) out.accept(new Event.Signature(new Thought(terms.owner(), state).signature()));
        thinking = false;
    }

    private void call(JsonObject call) {
        if (++calls > 1 && terms.oneCall()) return;   // the API cannot be told
        var id = Json.text(call, "id").isEmpty() ? terms.ids().next("toolu") : Json.text(call, "id");
        spoke = true;
        out.accept(new Event.ToolCall(id, Json.text(call, "name")));
        out.accept(new Event.ToolInput(id, Json.write(Json.at(call, "args"))));
    }

    private Event.Stop stop(String finish) {
        if (StopReason.isGarbled(finish) && calls > 0) return new Event.Stop("tool_use");   // those that came are whole
        var written = StopReason.isGarbled(finish) && (Calls.areIn(new Event.Text(said.toString()), terms)
            || Calls.read(garbled, terms, out));
        if (written || !spoke && Calls.areIn(new Event.Thinking(thought.toString()), terms)) return new Event.Stop("tool_use");
        var end = StopReason.of(finish);
        if (!end.reason().equals("end_turn")) return end;
        if (!spoke) throw new RetryReply("the model ended its turn without text or a tool call (" + finish + ")");
        return terms.sent().size() == 1 && calls == 0 && finish.equals("STOP")
            ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : end;
    }
}
