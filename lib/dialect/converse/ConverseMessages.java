package lib.dialect.converse;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// The conversation as Converse's messages: the user speaks first, roles alternate, and no text is blank.
final class ConverseMessages {
    static final JsonObject CACHE_POINT = Json.object("cachePoint", Json.object("type", "default"));
    private static final String EMPTY = "(nothing)";

    private final Route route;
    private final ToolNames names;
    private final Toolbox toolbox;
    private final List<JsonObject> out = new ArrayList<>();
    private boolean tools;
    private int documents;

    ConverseMessages(Route route, ToolNames names, Toolbox toolbox) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
    }

    /// Whether the history contains calls.
    boolean hasTools() { return tools; }

    JsonArray of(JsonObject message) {
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            if (Json.text(turn, "role").equals("assistant")) add("assistant", assistant(blocks));
            else add("user", user(blocks));
        }
        if (out.isEmpty() || !Json.text(out.getFirst(), "role").equals("user"))
            out.addFirst(Json.object("role", "user", "content", Json.array(text(EMPTY))));
        return Json.arrayOf(out);
    }

    private void add(String role, List<JsonObject> parts) {
        if (!parts.isEmpty()) History.append(out, "content", Json.object("role", role, "content", Json.arrayOf(parts)));
    }

    private List<JsonObject> assistant(List<JsonElement> blocks) {
        var parts = new ArrayList<JsonObject>();
        for (var block : blocks) {
            switch (Json.text(block, "type")) {
                case "thinking", "redacted_thinking" -> thought(block, parts);
                case "tool_use" -> {
                    tools = true;
                    var tool = Json.text(block, "name");
                    if (toolbox.tools().isEmpty())
                        parts.add(text("[Called " + tool + " with " + Json.write(Json.at(block, "input")) + "]"));
                    else parts.add(Json.object("toolUse", Json.object("toolUseId", id(Json.text(block, "id")),
                        "name", names.sent(toolbox.nameOf(tool)), "input", toolbox.inputOf(tool, Json.at(block, "input")))));
                }
                default -> {
                    var text = PlainText.text(block).stripTrailing();   // trailing space in a prefilled answer is refused
                    if (!text.isBlank()) parts.add(text(text));
                }
            }
            cache(block, parts);
        }
        return parts;
    }

    /// Thinking goes back only to the model that signed it.
    private void thought(JsonElement block, List<JsonObject> parts) {
        var thought = Thought.in(block);
        var kept = Json.objectIn(thought.owner().equals(route.provider()) ? thought.state() : "");
        if (!Json.text(kept, "model").equals(route.name())) return;
        if (Json.has(kept, "redacted"))
            parts.add(Json.object("reasoningContent", Json.object("redactedContent", Json.text(kept, "redacted"))));
        else parts.add(Json.object("reasoningContent",
            Json.object("reasoningText", Json.object("text", Json.text(block, "thinking"), "signature", Json.text(kept, "signature")))));
    }

    private List<JsonObject> user(List<JsonElement> blocks) {
        var results = new ArrayList<JsonObject>();
        var said = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) {
                if (toolbox.tools().isEmpty()) results.addAll(told(block));
                else results.add(result(block));
                cache(block, results);
            } else {
                var part = part(block);
                if (!part.isEmpty()) said.add(part);
                cache(block, said);
            }
        }
        // A document requires text beside it.
        if (said.stream().anyMatch(part -> Json.has(part, "document")) && said.stream().noneMatch(part -> Json.has(part, "text")))
            said.add(text(EMPTY));
        results.addAll(said);
        return results;
    }

    /// Converse refuses calls and results if no tools are offered, so they become text.
    private List<JsonObject> told(JsonElement block) {
        var parts = new ArrayList<>(List.of(text(Json.flag(block, "is_error") ? "[Error of the call]" : "[Result of the call]")));
        History.blocks(Json.find(block, "content")).stream().map(this::part).filter(part -> !part.isEmpty()).forEach(parts::add);
        return parts;
    }

    private JsonObject result(JsonElement block) {
        var content = new ArrayList<>(History.blocks(Json.find(block, "content")).stream().map(this::part).filter(part -> !part.isEmpty())
            .toList());
        if (content.isEmpty()) content.add(text(EMPTY));
        var result = Json.object("toolUseId", id(Json.text(block, "tool_use_id")), "content", Json.arrayOf(content));
        if (Json.flag(block, "is_error") && BedrockFields.caches(route)) Json.put(result, "status", "error");
        else if (Json.flag(block, "is_error")) content.addFirst(text("Error:"));
        Json.put(result, "content", Json.arrayOf(content));
        return Json.object("toolResult", result);
    }

    private JsonObject part(JsonElement block) {
        var source = Json.at(block, "source");
        var inline = Json.text(source, "type").equals("base64");
        if (Media.isImage(block) && inline && route.seesPictures()) return Json.object("image",
            Json.object("format", Json.text(source, "media_type").replaceFirst("image/", ""), "source",
                Json.object("bytes", Json.text(source, "data"))));
        if (Media.isPdf(block))
            return Json.object("document",
                Json.object("format", "pdf", "name", "document " + ++documents, "source", Json.object("bytes", Json.text(source, "data"))));
        var text = Media.isImage(block) && !inline
            ? Json.tree("[The image at " + Media.url(block) + " is not shown: Bedrock does not fetch images]") : PlainText.value(block);
        return Json.isBlank(text) ? new JsonObject() : Json.object("text", text);
    }

    private void cache(JsonElement block, List<JsonObject> parts) {
        if (Json.has(block, "cache_control") && !parts.isEmpty() && BedrockFields.caches(route)) parts.add(CACHE_POINT);
    }

    /// At most 64 letters, digits and some punctuation (botocore bedrock-runtime, ToolUseId; 2026-11), of which Claude accepts
    /// only two characters; for Mistral's models exactly nine letters and digits.
    /// https://github.com/vercel/ai/issues/11802 ; 2026-01.
    private String id(String id) {
        if (route.family() == Family.MISTRAL) return MessageQuirks.nine(id);
        return id.matches(route.family() == Family.CLAUDE ? "[a-zA-Z0-9_-]{1,64}" : "[a-zA-Z0-9_.:-]{1,64}") ? id : "call_"
            + Hash.hex(id, 16);
    }

    private static JsonObject text(String text) { return Json.object("text", text); }
}
