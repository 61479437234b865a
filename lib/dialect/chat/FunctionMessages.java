package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// The conversation for an API of functions: one system message, first; each call followed by its result, which is
/// JSON; never two messages of the user's in a row.
final class FunctionMessages {
    private static final String NOT_UPLOADED = "[An image is not shown: this provider takes images only as uploaded files]";
    /// The state of a call, which goes back with it, travels in the call's id. In 61 letters, since some APIs take 64.
    private static final Pattern STATE = Pattern.compile("toolu_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_.*");

    private final ToolNames names;
    private final Toolbox toolbox;
    private final List<JsonObject> out = new ArrayList<>();
    private final Map<String, JsonObject> calls = new LinkedHashMap<>();   // still without a result
    private final Map<String, String> called = new LinkedHashMap<>();

    FunctionMessages(ToolNames names, Toolbox toolbox) {
        this.names = names;
        this.toolbox = toolbox;
    }

    /// An id for a call whose state the provider keeps under that UUID, or for one without.
    static String id(String state, ReplyContext terms) {
        var bare = state.toLowerCase(java.util.Locale.ROOT).replace("-", "");
        return terms.ids().next(bare.matches("[0-9a-f]{32}") ? "toolu_" + bare : "toolu");
    }

    private static String state(String id) {
        var found = STATE.matcher(id);
        return found.matches() ? String.join("-", found.group(1), found.group(2), found.group(3), found.group(4), found.group(5)) : "";
    }

    JsonArray of(JsonObject message) {
        var system = String.join("\n\n", History.system(message));
        if (!system.isEmpty()) out.add(Json.object("role", "system", "content", system));
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            switch (Json.text(turn, "role")) {
                case "assistant" -> assistant(blocks);
                case "system" -> say(History.reminder(PlainText.joined(Json.find(turn, "content"))));
                default -> user(blocks);
            }
        }
        if (mustCall(message)) say(History.reminder("Answer by calling one of the functions."));
        return Json.arrayOf(out);
    }

    private boolean mustCall(JsonObject message) { return Json.text(message, "tool_choice", "type").equals("any") && toolbox.tools().size() > 1; }

    /// A message makes one call: those that another model made at once are made one after the other.
    private void assistant(List<JsonElement> blocks) {
        var text = blocks.stream().filter(block -> !isCall(block)).map(PlainText::text).filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        for (var block : blocks) {
            if (!isCall(block)) continue;
            var tool = Json.text(block, "name");
            var id = Json.text(block, "id");
            var name = names.sent(toolbox.nameOf(tool));
            var call = Json.object("role", "assistant", "content", calls.isEmpty() ? text : "",
                "function_call", Json.object("name", name, "arguments", toolbox.inputOf(tool, Json.at(block, "input"))));
            if (!state(id).isEmpty()) Json.put(call, "functions_state_id", state(id));
            calls.put(id, call);
            called.put(id, name);
        }
        if (calls.isEmpty() && !text.isEmpty()) out.add(Json.object("role", "assistant", "content", text));
    }

    private static boolean isCall(JsonElement block) { return Json.text(block, "type").equals("tool_use"); }

    private void user(List<JsonElement> blocks) {
        var said = new ArrayList<String>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) result(block);
            else said.add(text(block));
        }
        var text = said.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        if (!text.isEmpty()) say(text);
    }

    /// A result is a JSON object: the tool's own, or one around its text.
    private void result(JsonElement block) {
        var id = Json.text(block, "tool_use_id");
        if (calls.containsKey(id)) out.add(calls.remove(id));
        var text = History.blocks(Json.find(block, "content")).stream().map(FunctionMessages::text).filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
        var failed = Json.flag(block, "is_error");
        out.add(Json.object("role", "function", "name", called.getOrDefault(id, ""),
            "content", !failed && Json.isObject(text) ? text : Json.write(Json.object(failed ? "error" : "result", text))));
    }

    private static String text(JsonElement block) {
        return Media.parts(block).stream().map(part -> Media.isImage(part) ? NOT_UPLOADED : PlainText.text(part)).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    private void say(String text) {
        if (!out.isEmpty() && Json.text(out.getLast(), "role").equals("user")) Json.put(out.getLast(), "content", Json.text(out.getLast(), "content") + "\n\n" + text);
        else out.add(Json.object("role", "user", "content", text));
    }
}
