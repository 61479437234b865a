package lib.message;

import module java.base;

import lib.json.*;
import lib.schema.*;

/// The client's tools as functions. If there are more than an API accepts, the last function stands for all the others:
/// it is called with a tool's name and input, and `OverflowTools` turns such calls back.
public final class Toolbox {
    public static final String MORE = "more_tools";
    private static final int LIMIT = 128;
    private static final SchemaMemo<InputShape> SHAPES = new SchemaMemo<>();
    private static final String PLACEHOLDER = "DeferredToolPlaceholder";

    private final List<JsonObject> offered, boxed;
    private final Set<String> boxedNames;

    private Toolbox(List<JsonObject> tools) {
        var byRank = new ArrayList<>(tools);
        byRank.sort((a, b) -> Boolean.compare(isMcp(a), isMcp(b)));   // the client's own tools before those of MCP servers
        offered = tools.size() <= LIMIT ? tools : byRank.subList(0, LIMIT - 1);
        boxed = tools.size() <= LIMIT ? List.of() : byRank.subList(LIMIT - 1, byRank.size());
        boxedNames = boxed.stream().map(tool -> Json.text(tool, "name")).collect(Collectors.toSet());
    }

    public static Toolbox of(JsonObject message) { return new Toolbox(functions(message)); }

    public static boolean isNeeded(JsonObject message) {
        return Json.list(message, "tools").size() > LIMIT && functions(message).size() > LIMIT;
    }

    /// The tools that a model can call, and what each takes.
    public static Map<String, InputShape> shapes(JsonObject message) {
        return Json.found(Json.find(message, "tools"), Toolbox.class, () -> shapesIn(message));
    }

    private static Map<String, InputShape> shapesIn(JsonObject message) {
        var shapes = new HashMap<String, InputShape>();
        for (var tool : functions(message)) {
            var name = Json.text(tool, "name");
            shapes.putIfAbsent(name, shape(Json.at(tool, "input_schema"), ClientTools.neverEmpty(name)));
        }
        return Map.copyOf(shapes);
    }

    private static InputShape shape(JsonObject schema, Collection<String> never) {
        return SHAPES.get(schema, String.join(" ", never), () -> InputShape.of(schema, never));
    }

    /// The tools that a model can call, as `{name, description, input_schema}`.
    private static List<JsonObject> functions(JsonObject message) {
        return Json.list(message, "tools").stream().filter(tool -> !isPlaceholder(tool))
            .map(ClientTools::function).filter(tool -> !Json.text(tool, "name").isEmpty()).toList();
    }

    /// Claude Code's placeholder for tools that are not loaded; it must never be called.
    public static boolean isPlaceholder(JsonElement tool) { return Json.text(tool, "name").equals(PLACEHOLDER); }

    private static boolean isMcp(JsonObject tool) { return Json.text(tool, "name").startsWith("mcp__"); }

    /// No function stands for others.
    public boolean isPlain() { return boxed.isEmpty(); }

    public List<JsonObject> tools() {
        if (boxed.isEmpty()) return offered;
        var all = new ArrayList<>(offered);
        all.add(more());
        return all;
    }

    /// The tools as functions, `{name, description, parameters}`, which most APIs accept.
    public List<JsonObject> functions(ToolNames names) {
        return tools().stream().map(tool -> {
            var function = Json.object("name", names.sent(Json.text(tool, "name")));
            if (!Json.isEmpty(tool, "description")) Json.pass(tool, function, "description");
            Json.put(function, "parameters", Schema.ofTool(Json.at(tool, "input_schema")));
            return function;
        }).toList();
    }

    /// The function that the client wants to be called, or an empty name.
    public String chosen(JsonObject message, ToolNames names) { return names.sent(nameOf(Json.text(message, "tool_choice", "name"))); }

    private JsonObject more() {
        var description = boxed.stream().map(tool -> "## " + Json.text(tool, "name") + "\n" + Json.text(tool, "description")
                + "\nInput schema: " + Json.write(Json.at(tool, "input_schema")))
            .collect(Collectors.joining("\n\n", "Calls one of the additional tools below. Pass its name and its input.\n\n", ""));
        return Json.object("name", MORE, "description", description, "input_schema", Json.object("type", "object",
            "properties", Json.object("tool",
                Json.object("type", "string", "enum", Json.arrayOf(boxed.stream().map(tool -> Json.text(tool, "name")).toList())),
                "input", Json.object("type", "object", "description", "The tool's input, matching its schema")),
            "required", Json.array("tool", "input")));
    }

    /// The name of the function that calls the tool.
    public String nameOf(String tool) { return boxedNames.contains(tool) ? MORE : tool; }

    public JsonObject inputOf(String tool, JsonObject input) {
        return boxedNames.contains(tool) ? Json.object("tool", tool, "input", input) : input;
    }
}
