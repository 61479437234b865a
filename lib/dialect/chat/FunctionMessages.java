package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// The conversation for an API of functions: one system message at the start, each call followed by its result as JSON,
/// and never two user messages in a row.
final class FunctionMessages {
    private static final String NOT_UPLOADED = "[An image is not shown: this provider takes images only as uploaded files]";
    /// The id of a call carries the state that must go back with it: in 61 characters, because some APIs accept only 64.
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

    /// An id for a call, with the UUID of the state that the provider keeps for it, if any.
    static String id(String state, ReplyContext terms) {
        var bare = state.toLowerCase(Locale.ROOT).replace("-", "");
        return terms.ids().next(bare.matches("[0-9a-f]{32}") ? "toolu_" + bare : "toolu");
    }

    private static String state(String id) {
        var found = STATE.matcher(id);
        return found.matches() ? found.replaceFirst("$1-$2-$3-$4-$5") : "";
    }

    JsonArray of(JsonObject message) {
        var system = History.systemPrompt(message);
        if (!Json.isEmpty(system)) out.add(Json.object("role", "system", "content", system));
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            if (Json.text(turn, "role").equals("assistant")) assistant(blocks);
            else user(blocks);
        }
        // A single function is named instead.
        if (Json.text(message, "tool_choice", "type").equals("any") && toolbox.tools().size() > 1)
            say(Instructions.reminder(Instructions.call("")));
        return Json.arrayOf(out);
    }

    /// A message can make only one call, so parallel calls of another model become sequential ones.
    private void assistant(List<JsonElement> blocks) {
        var text = PlainText.said(blocks);
        for (var block : blocks) {
            if (!PlainText.isCall(block)) continue;
            var tool = Json.text(block, "name");
            var id = Json.text(block, "id");
            var name = names.sent(toolbox.nameOf(tool));
            var call = Json.object("role", "assistant", "content", calls.isEmpty() ? text : Json.tree(""),
                "function_call", Json.object("name", name, "arguments", toolbox.inputOf(tool, Json.at(block, "input"))));
            if (!state(id).isEmpty()) Json.put(call, "functions_state_id", state(id));
            calls.put(id, call);
            called.put(id, name);
        }
        if (calls.isEmpty() && !Json.isEmpty(text)) out.add(Json.object("role", "assistant", "content", text));
    }

    private void user(List<JsonElement> blocks) {
        var said = new ArrayList<JsonElement>();
        for (var block : blocks) {
            if (Json.text(block, "type").equals("tool_result")) result(block);
            else said.add(block);
        }
        if (!text(said).isEmpty()) say(text(said));
    }

    /// A result must be a JSON object: the tool's own, or one around its text.
    private void result(JsonElement block) {
        var id = Json.text(block, "tool_use_id");
        if (calls.containsKey(id)) out.add(calls.remove(id));
        var text = text(History.blocks(Json.find(block, "content")));
        var failed = Json.flag(block, "is_error");
        out.add(Json.object("role", "function", "name", called.getOrDefault(id, ""),
            "content", !failed && Json.isObject(text) ? text : Json.write(Json.object(failed ? "error" : "result", text))));
    }

    private static String text(List<JsonElement> blocks) {
        return blocks.stream().map(Media::parts).flatMap(List::stream)
            .map(part -> Media.isImage(part) ? NOT_UPLOADED : PlainText.text(part))
            .filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    private void say(String text) {
        var last = out.isEmpty() ? new JsonObject() : out.getLast();
        if (Json.text(last, "role").equals("user")) Json.put(last, "content", Json.text(last, "content") + "\n\n" + text);
        else out.add(Json.object("role", "user", "content", text));
    }
}
