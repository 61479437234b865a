package lib.message;

import module java.base;

import lib.json.*;

/// Anthropic's own tool types. Tools that the client runs get the schema that Claude was trained on; tools that
/// Anthropic's servers run cannot be offered as functions. https://docs.claude.com/en/docs/agents-and-tools/tool-use/overview
public final class ClientTools {
    /// Optional arguments of Claude Code's own tools that it refuses when they are empty, though its schemas allow it. Models
    /// that fill in every property send them: https://github.com/decolua/9router/issues/1278 ; Claude Code 2.1.332.
    private static final Map<String, List<String>> NEVER_EMPTY = Map.of("Read", List.of("pages"), "Agent", List.of("subagent_type"),
        "NotebookEdit", List.of("cell_id"), "EnterWorktree", List.of("name", "path"));

    private ClientTools() {}

    static List<String> neverEmpty(String tool) { return NEVER_EMPTY.getOrDefault(tool, List.of()); }

    /// The tool as a function, or an empty object if it runs on Anthropic's servers.
    static JsonObject function(JsonElement tool) {
        var type = Json.text(tool, "type");
        if (type.isEmpty() || type.equals("custom")) return (JsonObject) tool;
        if (type.startsWith("bash_")) return function(tool, "Run a command in a persistent bash session.",
            Json.object("command", text("The command to run"), "restart",
                Json.object("type", "boolean", "description", "Restart the session instead")));
        if (type.startsWith("text_editor_")) return function(tool, "View, create and edit files.",
            Json.object("command", choice("view", "create", "str_replace", "insert"), "path",
                text("Absolute path of the file or directory"),
                "file_text", text("The content, for create"), "old_str", text("The text to replace, for str_replace"),
                "new_str", text("The new text, for str_replace"), "insert_line", number("Line after which to insert"), "insert_text",
                    text("The text to insert"),
                "view_range", Json.object("type", "array", "items", Json.object("type", "integer"))), "command", "path");
        if (type.startsWith("memory_")) return function(tool, "Keep notes in files under /memories.",
            Json.object("command", choice("view", "create", "str_replace", "insert", "delete", "rename"), "path",
                text("Path under /memories"),
                "file_text", text("The content, for create"), "old_str", text("The text to replace"), "new_str", text("The new text"),
                "insert_line", number("Line after which to insert"), "insert_text", text("The text to insert"),
                "old_path", text("For rename"), "new_path", text("For rename")), "command");
        return new JsonObject();
    }

    /// A tool that Anthropic's servers run, such as web search.
    public static boolean isServerRun(JsonElement tool) { return function(tool).isEmpty(); }

    /// The message without the choice of a tool that runs on Anthropic's servers: no function of that name is offered. Web
    /// search is decided elsewhere.
    public static JsonObject choosable(JsonObject message, Consumer<String> leftOut) {
        var elsewhere = Json.list(message, "tools").stream().filter(tool -> isServerRun(tool) && !WebSearch.is(tool)).toList();
        elsewhere.forEach(tool -> leftOut.accept(leftOut(tool)));
        var chosen = Json.text(message, "tool_choice", "name");
        if (elsewhere.stream().noneMatch(tool -> Json.text(tool, "name").equals(chosen))) return message;
        var own = Json.shallow(message);
        Json.drop(own, "tool_choice");
        return own;
    }

    /// A tool that only Anthropic's own API can offer: the advisor, and toolsets, which have no name. It is left out
    /// elsewhere, for a request can do without it.
    static boolean isForAnthropicAlone(JsonElement tool) {
        return Advisor.is(tool) || Json.text(tool, "name").isEmpty() && !Json.text(tool, "type").isEmpty();
    }

    /// What is said of such a tool.
    static String leftOut(JsonElement tool) {
        return "tools of type " + Json.text(tool, "type") + ", which only Anthropic's own API offers";
    }

    private static JsonObject function(JsonElement tool, String description, JsonObject properties, String... required) {
        return Json.object("name", Json.text(tool, "name"), "description", description,
            "input_schema", Json.object("type", "object", "properties", properties, "required", Json.array((Object[]) required)));
    }

    private static JsonObject text(String description) { return Json.object("type", "string", "description", description); }

    private static JsonObject number(String description) { return Json.object("type", "integer", "description", description); }

    private static JsonObject choice(String... names) { return Json.object("type", "string", "enum", Json.array((Object[]) names)); }
}
