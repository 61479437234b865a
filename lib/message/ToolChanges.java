package lib.message;

import module java.base;

import lib.json.*;

/// The tools that are offered at the end of a conversation which adds and removes some on its way. An added one comes
/// last, so that a provider's prompt cache keeps those before it.
final class ToolChanges {
    private final List<JsonElement> given;
    private final List<JsonElement> offered = new ArrayList<>();
    private final Map<String, JsonElement> defined = new HashMap<>();
    private final Consumer<String> leftOut;

    ToolChanges(List<JsonElement> tools, Consumer<String> leftOut) {
        this.given = tools;
        this.leftOut = leftOut;
        tools.forEach(this::define);
    }

    /// Does what a block says about tools, if it says anything.
    void follow(JsonElement block) {
        var tool = Json.at(block, "tool");
        switch (Json.text(block, "type")) {
            case "tool_addition" -> add(Json.has(tool, "definition") ? Json.at(tool, "definition") : named(tool));
            case "tool_removal" -> remove(Json.text(named(tool), "name"));
            case "compaction" -> Json.list(block, "tool_changes").forEach(this::follow);
            default -> { }
        }
    }

    /// Writes the tools into the message, and drops a choice that can no longer be made.
    void offer(JsonObject message) {
        if (given.isEmpty() && offered.isEmpty()) return;
        var chosen = Json.text(message, "tool_choice", "name");
        var isGone = defined.containsKey(chosen) && offered.stream().noneMatch(tool -> isNamed(tool, chosen));
        if (offered.isEmpty() || isGone) Json.drop(message, "tool_choice");
        if (offered.isEmpty()) Json.drop(message, "tools");
        else if (!offered.equals(given)) Json.put(message, "tools", Json.arrayOf(offered));
    }

    private void define(JsonElement tool) {
        if (Json.has(tool, "name")) defined.put(Json.text(tool, "name"), tool);
        if (ClientTools.isForAnthropicAlone(tool)) leftOut.accept(ClientTools.leftOut(tool));
        else offered.add(tool);
    }

    private void add(JsonObject tool) {
        if (tool.isEmpty()) return;   // a tool of an MCP server that Anthropic would ask
        var loaded = Json.shallow(tool);
        Json.drop(loaded, "defer_loading");
        var name = Json.text(tool, "name");
        var known = offered.stream().anyMatch(one -> isNamed(one, name));
        if (known) offered.replaceAll(one -> isNamed(one, name) ? loaded : one);
        else define(loaded);
    }

    private void remove(String name) { offered.removeIf(tool -> isNamed(tool, name)); }

    private static boolean isNamed(JsonElement tool, String name) { return !name.isEmpty() && Json.text(tool, "name").equals(name); }

    private JsonObject named(JsonElement reference) {
        return Json.has(reference, "server_name") ? new JsonObject() : Json.at(defined.get(Json.text(reference, "name")));
    }
}
