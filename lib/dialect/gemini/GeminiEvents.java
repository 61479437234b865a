package lib.dialect.gemini;

import module java.base;

import lib.answer.*;
import lib.calls.*;
import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads generateContent: chunks of complete parts. A signature is kept with the kind of part that it belongs to.
final class GeminiEvents {
    private final ReplyContext terms;
    private final Citations out;
    private JsonObject grounding = new JsonObject();
    private final StringBuilder said = new StringBuilder(), thought = new StringBuilder();
    private String speaker = "", garbled = "", finish = "";
    private boolean thinking, spoke;
    private int calls;

    GeminiEvents(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = new Citations(terms, out);
    }

    void read(Iterable<Frame> frames) {
        for (var frame : Frame.until(frames, () -> !finish.isEmpty())) {
            if (frame.isBlank()) continue;
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
        ground();
        out.accept(stop(finish));
    }

    /// What Google Search has found: the URLs lead to the pages by way of Google, and the titles are the sites.
    private void ground() {
        if (grounding.isEmpty()) return;
        out.searched(Json.list(grounding, "webSearchQueries").stream().map(Json::text).collect(Collectors.joining("; ")), false);
        var pages = Json.list(grounding, "groundingChunks").stream().map(chunk -> page(chunk, "")).toList();
        out.found(List.copyOf(pages));
        for (var support : Json.list(grounding, "groundingSupports")) for (var index : Json.list(support, "groundingChunkIndices")) {
            var at = (int) Json.number(index);
            var chunks = Json.list(grounding, "groundingChunks");
            if (at >= 0 && at < chunks.size()) out.cited(page(chunks.get(at), Json.text(support, "segment", "text")));
        }
    }

    private static JsonObject page(JsonElement chunk, String said) {
        var title = Json.text(chunk, "web", "title");
        var domain = Json.text(chunk, "web", "domain");
        var site = domain.isEmpty() ? title : domain;
        return Json.object("title", title, "url", Json.text(chunk, "web", "uri"), "site", site, "snippet", said);
    }

    /// One object, or a list of them if the reply is not streamed.
    private static List<JsonElement> chunks(Frame frame) {
        var data = frame.json();
        return data.isJsonArray() ? Json.list(data) : List.of(data);
    }

    /// The first candidate that has anything to say is the answer; of others only calls belong to it.
    private void candidate(JsonElement candidate) {
        var parts = Json.list(candidate, "content", "parts");
        if (!Json.at(candidate, "groundingMetadata").isEmpty()) grounding = Json.at(candidate, "groundingMetadata");
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
