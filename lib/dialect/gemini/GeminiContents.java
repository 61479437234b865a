package lib.dialect.gemini;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.request.*;
import lib.route.*;

/// The conversation as Gemini's contents. A thought signature goes back on the part that it arrived on.
/// https://ai.google.dev/gemini-api/docs/thought-signatures
final class GeminiContents {
    /// Google's documented value for a call whose signature is lost.
    private static final String LOST = "skip_thought_signature_validator";

    private final Route route;
    private final ToolNames names;
    private final Toolbox toolbox;
    private final boolean third;
    private final Map<String, String> called = new HashMap<>();
    private final List<JsonObject> out = new ArrayList<>();

    GeminiContents(Route route, ToolNames names, Toolbox toolbox) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
        this.third = Gemini.isThird(route);
    }

    JsonArray of(JsonObject message) {
        for (var content : Exchanges.told(message, route, toolbox, turns -> new GeminiContents(route, names, toolbox).told(turns)))
            History.append(out, "parts", content);
        // A conversation that begins with a function call is refused, and from Gemini 3.6 on one that ends with the model's words.
        if (!out.isEmpty() && Json.list(out.getFirst(), "parts").stream()
            .anyMatch(part -> Json.has(part, "functionCall"))) out.addFirst(user(Instructions.OMITTED));
        if (!out.isEmpty() && Json.text(out.getLast(), "role").equals("model") && Gemini.isThirdSixth(route))
            out.add(user(Instructions.GO_ON));
        return Json.arrayOf(out);
    }

    private List<JsonObject> told(List<JsonElement> turns) {
        for (var turn : History.of(turns)) {
            var blocks = Json.list(turn, "content");
            if (Json.text(turn, "role").equals("assistant")) add("model", model(blocks));
            else add("user", user(blocks));
        }
        return out;
    }

    static JsonObject user(String text) { return Json.object("role", "user", "parts", Json.array(text(Json.tree(text)))); }

    /// Adds parts, merged with the last content if that has the same role.
    private void add(String role, List<JsonObject> parts) {
        if (!parts.isEmpty()) History.append(out, "parts", Json.object("role", role, "parts", Json.arrayOf(parts)));
    }

    private List<JsonObject> model(List<JsonElement> blocks) {
        var parts = new ArrayList<JsonObject>();
        var waiting = "";   // the signature for the next call
        var first = true;
        for (var block : blocks) switch (Json.text(block, "type")) {
            case "thinking", "redacted_thinking" -> {
                var kept = Json.objectIn(Thought.in(block).owner().equals(route.provider()) ? Thought.in(block).state() : "");
                if (!Json.text(kept, "model").equals(route.name())) continue;   // another model's signature would be refused
                if (Json.text(kept, "on").equals("call")) waiting = Json.text(kept, "signature");
                else parts.add(Json.object("text", "", "thoughtSignature", Json.text(kept, "signature")));
            }
            case "tool_use" -> {
                parts.add(call(block, waiting.isEmpty() && first && third ? LOST : waiting));
                waiting = "";
                first = false;
            }
            default -> {
                var text = PlainText.value(block);
                if (!Json.isEmpty(text)) parts.add(text(text));
            }
        }
        return parts;
    }

    private JsonObject call(JsonElement block, String signature) {
        var tool = Json.text(block, "name");
        var name = names.sent(toolbox.nameOf(tool));
        called.put(Json.text(block, "id"), name);
        var call = Json.object("name", name, "args", toolbox.inputOf(tool, Json.at(block, "input")));
        withId(call, Json.text(block, "id"));
        var part = Json.object("functionCall", call);
        if (!signature.isEmpty()) Json.put(part, "thoughtSignature", signature);
        return part;
    }

    /// Only the model's own ids go back; FreeCC's start with `toolu_`.
    private void withId(JsonObject callOrResponse, String id) {
        if (third && !id.startsWith("toolu_")) Json.put(callOrResponse, "id", id);
    }

    /// All results of the turn first, then the user's text.
    private List<JsonObject> user(List<JsonElement> blocks) {
        var results = new ArrayList<JsonObject>();
        var said = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) results.add(result(block, said));
            else Optional.of(part(block)).filter(part -> !isEmpty(part)).ifPresent(said::add);
        }
        results.addAll(said);
        return results;
    }

    private JsonObject result(JsonElement block, List<JsonObject> said) {
        var parts = History.blocks(Json.find(block, "content")).stream().map(this::part).toList();
        var shown = parts.stream().filter(part -> !Json.has(part, "text")).toList();
        var texts = parts.stream().filter(part -> !Json.isEmpty(part, "text")).map(part -> Json.find(part, "text")).toList();
        var id = Json.text(block, "tool_use_id");
        var response = Json.object("name", called.getOrDefault(id, id), "response",
            Json.object(Json.flag(block, "is_error") ? "error" : "output", Json.joined(texts, "\n")));
        withId(response, id);
        if (third && !shown.isEmpty()) Json.put(response, "parts", Json.arrayOf(shown));
        else said.addAll(shown);
        return Json.object("functionResponse", response);
    }

    private JsonObject part(JsonElement block) {
        var source = Json.at(block, "source");
        var media = Media.isImage(block) && route.seesPictures() || Media.isPdf(block);
        if (media && Json.text(source, "type").equals("base64"))
            return Json.object("inlineData", Json.object("mimeType", Json.text(source, "media_type"), "data", Json.text(source, "data")));
        var fetched = Media.isImage(block) ? route.seesPictures() : !Json.text(block, "type").equals("text");
        if (Json.text(source, "type").equals("url") && fetched)
            return Json.object("fileData", Json.object(
                "mimeType", Media.isImage(block) ? Media.typeAt(Json.text(source, "url")) : "application/pdf",
                "fileUri", Json.text(source, "url")));
        return text(PlainText.value(block));
    }

    /// Gemini refuses empty text.
    private static boolean isEmpty(JsonObject part) { return Json.has(part, "text") && Json.isEmpty(part, "text"); }

    private static JsonObject text(JsonElement text) { return Json.object("text", text); }
}
