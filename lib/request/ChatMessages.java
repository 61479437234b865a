package lib.request;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// The conversation as Chat Completions messages.
public final class ChatMessages {
    private static final int LONGEST_ID = 40;

    /// How a dialect writes an assistant's turn: its text, its thinking if from this provider, and its calls.
    public interface Turn { JsonObject of(JsonElement text, List<JsonElement> own, List<JsonObject> calls); }

    private final Route route;
    private final ToolNames names;
    private final Toolbox toolbox;
    private final Turn turn;
    private final List<JsonObject> out = new ArrayList<>();

    public ChatMessages(Route route, ToolNames names, Toolbox toolbox) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
        this.turn = this::turn;
    }

    public ChatMessages(Route route, ToolNames names, Toolbox toolbox, Turn turn) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
        this.turn = turn;
    }

    public JsonArray of(JsonObject message) { return of(message, History.system(message)); }

    public JsonArray of(JsonObject message, List<JsonElement> systems) {
        var system = History.systemPrompt(systems);
        if (!Json.isEmpty(system)) out.add(Json.object("role", "system", "content", system));
        for (var said : Exchanges.told(message, route, toolbox, turns -> new ChatMessages(route, names, toolbox, turn).told(turns)))
            if (Json.text(said, "role").equals("user")) say(parts(said));
            else out.add(said);
        return Json.arrayOf(out);
    }

    private List<JsonObject> told(List<JsonElement> turns) {
        // Claude Code writes system messages in mid-conversation for models that it does not know.
        for (var turn : route.has(MessageQuirks.SYSTEM_ANYWHERE) ? History.withSystem(turns) : History.of(turns)) {
            var blocks = Json.list(turn, "content");
            switch (Json.text(turn, "role")) {
                case "assistant" -> assistant(blocks);
                case "system" -> out.add(Json.object("role", "system", "content", PlainText.joined(Json.find(turn, "content"))));
                default -> user(blocks);
            }
        }
        return out;
    }

    private void assistant(List<JsonElement> blocks) {
        var text = PlainText.said(blocks);
        var calls = blocks.stream().filter(PlainText::isCall).map(this::call).toList();
        var own = blocks.stream().filter(block -> Thought.in(block).owner().equals(route.provider())).toList();
        if (!Json.isEmpty(text) || !calls.isEmpty()) out.add(turn.of(text, own, calls));   // otherwise only another model's thinking
    }

    public static String thinking(List<JsonElement> own) {
        return own.stream().map(block -> Json.text(block, "thinking")).collect(Collectors.joining());
    }

    private JsonObject turn(JsonElement text, List<JsonElement> own, List<JsonObject> calls) {
        var thinking = thinking(own);
        var message = Json.object("role", "assistant", "content", Json.isEmpty(text) ? null : text);
        if (route.has(ReasoningQuirks.THINKING_PARTS) && !thinking.isEmpty()) Json.put(message, "content", parts(thinking, text));
        if (!calls.isEmpty()) Json.put(message, "tool_calls", Json.arrayOf(calls));
        if (route.has(ReasoningQuirks.REASONING_DETAILS_GO_BACK)) details(message, own);
        else if (route.has(ReasoningQuirks.REASONING_OPAQUE_GOES_BACK)) opaque(message, own);
        else if (goesBack()) reasoning(message, thinking, !calls.isEmpty());
        return message;
    }

    private boolean goesBack() {
        return route.has(ReasoningQuirks.REASONING_GOES_BACK) || route.has(ReasoningQuirks.REASONING_GOES_BACK_FILLED);
    }

    private void reasoning(JsonObject message, String thinking, boolean required) {
        var filler = route.has(ReasoningQuirks.REASONING_GOES_BACK_FILLED) ? " " : "";
        if (!thinking.isEmpty()) Json.put(message, "reasoning_content", thinking);
        else if (required && route.model().reasons()) Json.put(message, "reasoning_content", filler);
    }

    /// Another model's details are useless here, and may be refused.
    private void details(JsonObject message, List<JsonElement> own) {
        var details = new ArrayList<JsonElement>();
        for (var block : own) {
            var state = Json.objectIn(Thought.in(block).state());
            if (Json.text(state, "model").equals(route.name())) details.addAll(Json.list(state, "reasoning_details"));
        }
        if (!details.isEmpty()) Json.put(message, "reasoning_details", Json.arrayOf(details));
    }

    /// A message takes only one, so the last.
    private void opaque(JsonObject message, List<JsonElement> own) {
        for (var block : own) {
            var state = Json.objectIn(Thought.in(block).state());
            if (!Json.text(state, "model").equals(route.name()) || Json.text(state, "reasoning_opaque").isEmpty()) continue;
            Json.put(message, "reasoning_text", Json.text(block, "thinking"));
            Json.put(message, "reasoning_opaque", Json.text(state, "reasoning_opaque"));
        }
    }

    private static JsonArray parts(String thinking, JsonElement text) {
        var parts = new ArrayList<JsonObject>();
        parts.add(Json.object("type", "thinking", "thinking", Json.array(History.text(thinking)), "closed", true));
        if (!Json.isEmpty(text)) parts.add(History.text(text));
        return Json.arrayOf(parts);
    }

    /// At most 40 characters; other APIs' ids may be longer.
    private static String id(String given) {
        return given.length() <= LONGEST_ID ? given : given.substring(0, LONGEST_ID - 9) + "_" + Hash.hex(given, 4);
    }

    private JsonObject call(JsonElement block) {
        var tool = Json.text(block, "name");
        return Json.object("id", id(Json.text(block, "id")), "type", "function", "function",
            Json.object("name", names.sent(toolbox.nameOf(tool)),
                "arguments", Json.quoted(toolbox.inputOf(tool, Json.at(block, "input")))));
    }

    /// The results first, one message each with nothing between them; then their images and the rest of the user's turn.
    private void user(List<JsonElement> blocks) {
        var said = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) result(block, said);
            else Media.parts(block).stream().map(this::part).filter(part -> !isEmpty(part)).forEach(said::add);
        }
        if (!said.isEmpty()) say(said);
    }

    private void result(JsonElement block, List<JsonObject> said) {
        var parts = History.blocks(Json.find(block, "content")).stream().map(Media::parts).flatMap(List::stream).map(this::part)
            .filter(part -> !isEmpty(part)).toList();
        var shown = parts.stream().filter(part -> !isText(part)).toList();
        var texts = new ArrayList<>(parts.stream().filter(ChatMessages::isText).map(part -> Json.find(part, "text")).toList());
        if (!shown.isEmpty()) texts.add(Json.tree("(shown in the next message)"));
        out.add(Json.object("role", "tool", "tool_call_id", id(Json.text(block, "tool_use_id")),
            "content", PlainText.result(block, Json.joined(texts, "\n"))));
        said.addAll(shown);
    }

    private static boolean isText(JsonElement part) { return Json.text(part, "type").equals("text"); }

    private static boolean isEmpty(JsonElement part) { return isText(part) && Json.isEmpty(part, "text"); }

    private JsonObject part(JsonElement block) {
        if (Media.isImage(block) && route.seesPictures())
            return Json.object("type", "image_url", "image_url", Json.object("url", Media.url(block)));
        var atUrl = Json.text(block, "type").equals("document") && Json.text(block, "source", "type").equals("url");
        if ((Media.isPdf(block) || atUrl) && route.has(ParameterQuirks.DOCUMENT_PARTS))
            return Json.object("type", "document_url", "document_url", Media.url(block));
        if ((Media.isPdf(block) || atUrl && route.has(ParameterQuirks.FILES_ARE_PARSED)) && route.has(ParameterQuirks.FILE_PARTS)) {
            var name = Json.text(block, "title").isEmpty() ? "document.pdf" : Json.text(block, "title");
            return Json.object("type", "file", "file", Json.object("filename", name, "file_data", Media.url(block)));
        }
        return History.text(PlainText.value(block));
    }

    /// Adds user content; text alone becomes one string, which every chat template accepts.
    private void say(List<JsonObject> parts) {
        var all = new ArrayList<JsonObject>();
        if (!out.isEmpty() && Json.text(out.getLast(), "role").equals("user")) all.addAll(parts(out.removeLast()));
        all.addAll(parts);
        var plain = all.stream().allMatch(ChatMessages::isText);
        out.add(Json.object("role", "user", "content", plain
            ? Json.joined(all.stream().map(part -> Json.find(part, "text")).toList(), "\n") : Json.arrayOf(all)));
    }

    private static List<JsonObject> parts(JsonObject said) {
        if (Json.isText(said, "content")) return List.of(History.text(Json.find(said, "content")));
        return Json.list(said, "content").stream().map(part -> (JsonObject) part).toList();
    }
}
