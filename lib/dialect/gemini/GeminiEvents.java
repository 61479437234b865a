package lib.dialect.gemini;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Hears generateContent: chunks of parts, each whole in itself. A signature is kept where its part can be told by it.
final class GeminiEvents {
    private static final List<String> REFUSALS = List.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR");

    /// The model's call could not be read: https://ai.google.dev/api/generate-content#FinishReason
    private static final List<String> GARBLED = List.of("MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE");

    private final ReplyContext terms;
    private final Consumer<Event> out;
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
                if (Json.has(chunk, "error")) throw Errors.inside(chunk, terms.route());
                usage(Json.at(chunk, "usageMetadata"));
                var blocked = Json.text(chunk, "promptFeedback", "blockReason");
                if (!blocked.isEmpty()) finish = "SAFETY";
                var candidate = Json.list(chunk, "candidates").isEmpty() ? new JsonObject() : Json.at(Json.list(chunk, "candidates").getFirst());
                for (var part : Json.list(candidate, "content", "parts")) part(part);
                if (!Json.text(candidate, "finishReason").isEmpty()) finish = Json.text(candidate, "finishReason");
            }
        }
        if (finish.isEmpty()) throw ApiError.brokenOff();
        sign("");
        out.accept(stop(finish));
    }

    /// One object, or without server-sent events a list of them.
    private static List<JsonElement> chunks(Frame frame) {
        var data = frame.json();
        return data.isJsonArray() ? Json.list(data) : List.of(data);
    }

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
            out.accept(new Event.Thinking(text));
        } else {
            if (Json.has(part, "executableCode")) text = "```\n" + Json.text(part, "executableCode", "code") + "\n```\n";
            if (Json.has(part, "codeExecutionResult")) text = "```\n" + Json.text(part, "codeExecutionResult", "output") + "\n```\n";
            if (Json.has(part, "inlineData")) text = "[The model sent " + Json.text(part, "inlineData", "mimeType") + ", which Claude Code cannot show]";
            if (!text.isEmpty()) sign("");
            spoke |= !text.isEmpty();
            out.accept(new Event.Text(text));
        }
        if (!signature.isEmpty()) sign(state(signature, "text"));
    }

    private String state(String signature, String on) { return Json.write(Json.object("model", terms.model(), "on", on, "signature", signature)); }

    /// Ends the thinking with its owner's mark, or carries a signature in a block of its own.
    private void sign(String state) {
        if (thinking || !state.isEmpty()) out.accept(new Event.Signature(new Thought(terms.owner(), state).signature()));
        thinking = false;
    }

    private void call(JsonObject call) {
        if (++calls > 1 && terms.oneCall()) return;   // there is no switch for it
        var id = Json.text(call, "id").isEmpty() ? terms.ids().next("toolu") : Json.text(call, "id");
        spoke = true;
        out.accept(new Event.ToolCall(id, terms.names().received(Json.text(call, "name"))));
        out.accept(new Event.ToolInput(id, Json.write(Json.at(call, "args"))));
    }

    private Event.Stop stop(String finish) {
        if (finish.equals("MAX_TOKENS")) return new Event.Stop("max_tokens");
        if (REFUSALS.contains(finish)) return new Event.Stop("refusal");
        // What was announced did not come, or thoughts alone: chance may help.
        if (calls == 0 && GARBLED.contains(finish)) throw new RetryReply("the model garbled its call (" + finish + ")");
        if (!spoke) throw new RetryReply("the model ended its turn without a word or a call (" + finish + ")");
        return terms.sent().size() == 1 && calls == 0 && finish.equals("STOP") ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : new Event.Stop("end_turn");
    }

    private void usage(JsonObject usage) {
        if (!Json.has(usage, "promptTokenCount")) return;
        out.accept(Event.Usage.ofPrompt(Json.number(usage, "promptTokenCount") + Json.number(usage, "toolUsePromptTokenCount"),
            Json.number(usage, "cachedContentTokenCount"), 0, Json.number(usage, "candidatesTokenCount") + Json.number(usage, "thoughtsTokenCount")));
    }
}
