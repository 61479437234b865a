package lib.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.message.History;
import lib.message.Media;
import lib.message.Plain;
import lib.message.Thought;
import lib.message.ToolNames;
import lib.message.Toolbox;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The conversation in Chat Completions' messages.
final class ChatMessages {
    private final Route route;
    private final ToolNames names;
    private final Toolbox toolbox;
    private final List<JsonObject> out = new ArrayList<>();

    ChatMessages(Route route, ToolNames names, Toolbox toolbox) {
        this.route = route;
        this.names = names;
        this.toolbox = toolbox;
    }

    JsonArray of(JsonObject message) {
        var system = String.join("\n\n", History.system(message));
        if (!system.isEmpty()) out.add(Json.object("role", "system", "content", system));
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            switch (Json.text(turn, "role")) {
                case "assistant" -> assistant(blocks);
                case "system" -> system(Plain.joined(Json.find(turn, "content")));
                default -> user(blocks);
            }
        }
        return Json.arrayOf(out);
    }

    /// A system message in mid-conversation, which Claude Code writes for models that it does not know.
    private void system(String text) {
        if (route.has(Roles.SYSTEM_ANYWHERE)) out.add(Json.object("role", "system", "content", text));
        else say(List.of(text(reminder(text))));
    }

    static String reminder(String text) { return "<system-reminder>\n" + text + "\n</system-reminder>"; }

    private void assistant(List<JsonElement> blocks) {
        var text = blocks.stream().filter(block -> !isCall(block)).map(Plain::text).filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        var calls = blocks.stream().filter(ChatMessages::isCall).map(this::call).toList();
        var own = blocks.stream().filter(block -> Thought.in(block).owner().equals(route.provider())).toList();
        var thinking = own.stream().map(block -> Json.text(block, "thinking")).collect(Collectors.joining());
        if (text.isEmpty() && calls.isEmpty()) return;   // it only thought
        var message = Json.object("role", "assistant", "content", text.isEmpty() ? null : text);
        if (route.has(Reasoning.THINKING_PARTS) && !thinking.isEmpty()) Json.put(message, "content", parts(thinking, text));
        if (!calls.isEmpty()) Json.put(message, "tool_calls", Json.arrayOf(calls));
        if (route.has(Reasoning.REASONING_DETAILS_GO_BACK)) details(message, own);
        else if (goesBack()) reasoning(message, thinking, !calls.isEmpty());
        out.add(message);
    }

    private boolean goesBack() {
        return route.has(Reasoning.REASONING_GOES_BACK) || route.has(Reasoning.REASONING_GOES_BACK_FILLED);
    }

    private void reasoning(JsonObject message, String thinking, boolean required) {
        var filler = route.has(Reasoning.REASONING_GOES_BACK_FILLED) ? " " : "";
        if (!thinking.isEmpty()) Json.put(message, "reasoning_content", thinking);
        else if (required && route.model().reasons()) Json.put(message, "reasoning_content", filler);
    }

    private static void details(JsonObject message, List<JsonElement> own) {
        var details = new ArrayList<JsonElement>();
        for (var block : own) {
            var state = Thought.in(block).state();
            if (!state.isEmpty()) details.addAll(Json.list(Json.objectIn(state), "reasoning_details"));
        }
        if (!details.isEmpty()) Json.put(message, "reasoning_details", Json.arrayOf(details));
    }

    private static JsonArray parts(String thinking, String text) {
        var parts = new ArrayList<JsonObject>();
        parts.add(Json.object("type", "thinking", "thinking", Json.array(text(thinking)), "closed", true));
        if (!text.isEmpty()) parts.add(text(text));
        return Json.arrayOf(parts);
    }

    private static boolean isCall(JsonElement block) { return Json.text(block, "type").equals("tool_use"); }

    private JsonObject call(JsonElement block) {
        var tool = Json.text(block, "name");
        return Json.object("id", Json.text(block, "id"), "type", "function", "function",
            Json.object("name", names.sent(toolbox.nameOf(tool)), "arguments", Json.write(toolbox.inputOf(tool, Json.at(block, "input")))));
    }

    /// Results first, one message each and nothing between them; then their images and whatever else the user said.
    private void user(List<JsonElement> blocks) {
        var said = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (!Json.text(block, "type").equals("tool_result")) {
                said.add(part(block));
                continue;
            }
            var shown = Media.inside(block).stream().map(this::part).filter(part -> !Json.text(part, "type").equals("text")).toList();
            said.addAll(shown);
            out.add(Json.object("role", "tool", "tool_call_id", Json.text(block, "tool_use_id"), "content", result(block, !shown.isEmpty())));
        }
        if (!said.isEmpty()) say(said);
    }

    private String result(JsonElement block, boolean shown) {
        var texts = new ArrayList<String>();
        for (var inner : History.blocks(Json.find(block, "content"))) {
            var media = Media.isImage(inner) || Media.isPdf(inner);
            if (media && !Json.text(part((JsonObject) inner), "type").equals("text")) continue;
            texts.add(Plain.text(inner));
        }
        if (shown) texts.add("(shown in the next message)");
        var text = texts.stream().filter(piece -> !piece.isEmpty()).collect(Collectors.joining("\n"));
        return Json.flag(block, "is_error") && !text.startsWith("Error") ? "Error: " + text : text;
    }

    private JsonObject part(JsonElement block) {
        if (Media.isImage(block) && route.model().images())
            return Json.object("type", "image_url", "image_url", Json.object("url", Media.url(block)));
        if (Media.isPdf(block) && route.has(Limits.FILE_PARTS)) {
            var name = Json.text(block, "title").isEmpty() ? "document.pdf" : Json.text(block, "title");
            return Json.object("type", "file", "file", Json.object("filename", name, "file_data", Media.url(block)));
        }
        return text(Plain.text(block));
    }

    /// Adds what the user said; text alone goes as one string, which every chat template can take.
    private void say(List<JsonObject> parts) {
        var all = new ArrayList<JsonObject>();
        if (!out.isEmpty() && Json.text(out.getLast(), "role").equals("user")) {
            var before = out.removeLast();
            if (Json.isText(before, "content")) all.add(text(Json.text(before, "content")));
            else Json.list(before, "content").forEach(part -> all.add((JsonObject) part));
        }
        all.addAll(parts);
        var plain = all.stream().allMatch(part -> Json.text(part, "type").equals("text"));
        out.add(Json.object("role", "user", "content", plain
            ? all.stream().map(part -> Json.text(part, "text")).collect(Collectors.joining("\n")) : Json.arrayOf(all)));
    }

    static JsonObject text(String text) { return Json.object("type", "text", "text", text); }
}
