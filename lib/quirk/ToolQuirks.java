package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Quirks of tools, tool choice and structured output.
public enum ToolQuirks implements Quirk {
    /// A named tool is chosen by offering no other. llama.cpp accepts only a word as the choice; Mistral has no names. 2026-11.
    NAMED_TOOL_ALONE(CHAT_BODIES, (body, _, _) -> {
        var name = Json.text(body, "tool_choice", "function", "name");
        if (name.isEmpty()) return;
        offerOnly(body, name);
        Json.put(body, "tool_choice", "required");
    }),

    /// Cannot force a tool: the tool is offered alone and the model asked to call it. If the client wants none, none is
    /// offered. https://platform.moonshot.ai/docs ; 2026-11.
    AUTO_CHOICE_ONLY(CHAT_AND_RESPONSES, (body, _, _) -> askForTool(body)),

    /// Accepts no JSON schema for the answer, only the wish for JSON: the schema goes into the prompt.
    /// https://api-docs.deepseek.com/guides/json_mode , https://docs.z.ai ; 2026-11.
    JSON_OBJECT_ONLY(CHAT_BODIES, (body, _, _) -> {
        var schema = Json.at(body, "response_format", "json_schema", "schema");
        if (schema.isEmpty()) return;
        Json.put(body, "response_format", Json.object("type", "json_object"));
        say(body, 1, "system", Instructions.answerAs(schema));
    }),

    /// Streams a tool's arguments only on request. https://docs.z.ai/guides/tools/stream-tool ; 2026-11.
    TOOL_STREAM(CHAT_BODIES, (body, _, _) -> {
        if (Json.has(body, "tools") && Json.flag(body, "stream")) Json.put(body, "tool_stream", true);
    }),

    /// Its models do not support tools. https://docs.morphllm.com ; opencode.ai/data/morph, 2026-11.
    NO_TOOLS(CHAT_BODIES, (body, _, route) -> {
        if (Json.text(body, "tool_choice").equals("none")) Json.drop(body, "tools");
        Json.drop(body, "tool_choice");
        if (Json.has(body, "tools")) throw noTools(route);
    }),

    /// Refuses `additionalProperties` in a tool's parameters. LiteLLM litellm/llms/watsonx/chat/transformation.py ; 2026-11.
    OPEN_PARAMETERS(CHAT_BODIES, (body, _, _) -> {
        for (var tool : Json.list(body, "tools")) Json.put(Json.at(tool, "function"), "parameters",
            Schema.without(Set.of("additionalProperties"), Json.at(tool, "function", "parameters")));
    }),

    /// Repeats its answer, each time as a new and slightly longer item, whether streamed or not.
    /// https://github.com/zed-industries/zed/pull/60998 , https://github.com/openclaw/openclaw/issues/91959 ; 2026-07.
    ANSWER_TOLD_AGAIN(CHAT_AND_RESPONSES, Patch.NONE);

    private static final int LONGEST_DESCRIPTION = 1024;

    private final Set<Shape> shapes;
    private final Patch patch;

    ToolQuirks(Set<Shape> shapes, Patch patch) {
        this.shapes = shapes;
        this.patch = patch;
    }

    @Override public Set<Shape> shapes() { return shapes; }

    @Override public void patch(Draft draft, Request request, Route route) { patch.apply(draft.body(), request, route); }

    private static void askForTool(JsonObject body) {
        var name = nameOf(Json.find(body, "tool_choice"));
        var choice = Json.text(body, "tool_choice");
        Json.drop(body, "tool_choice");
        if (choice.equals("none")) Json.drop(body, "tools");
        if (!name.isEmpty()) offerOnly(body, name);
        if (!name.isEmpty() || choice.equals("required")) say(body, Json.list(body, conversation(body)).size(), "user",
            Instructions.reminder(Instructions.call(name)));
    }

    /// Cuts descriptions of tools to the length that some API versions accept; the rest moves to the system message.
    public static void shorten(JsonObject body) {
        var rest = new StringJoiner("\n\n");
        for (var tool : Json.list(body, "tools")) {
            var function = Json.at(tool, "function");
            var description = Json.text(function, "description");
            if (description.length() <= LONGEST_DESCRIPTION) continue;
            var word = description.lastIndexOf(' ', LONGEST_DESCRIPTION);
            var cut = word > 0 ? word : LONGEST_DESCRIPTION;
            Json.put(function, "description", description.substring(0, cut));
            rest.add("More about the tool " + Json.text(function, "name") + ":\n" + description.substring(cut).strip());
        }
        var hasDeveloper = Json.list(body, "messages").stream().anyMatch(message -> Json.text(message, "role").equals("developer"));
        if (rest.length() > 0) say(body, 1, hasDeveloper ? "developer" : "system", rest.toString());
    }

    /// Adds the text to the message before that place, or inserts a message if that one has another role.
    private static void say(JsonObject body, int place, String role, String text) {
        var messages = new ArrayList<>(Json.list(body, conversation(body)));
        var before = messages.isEmpty() ? new JsonObject() : messages.get(place - 1);
        var isSameRole = Json.text(before, "role").equals(role);
        if (isSameRole && Json.isText(before, "content"))
            Json.put((JsonObject) before, "content", Json.text(before, "content") + "\n\n" + text);
        else messages.add(isSameRole || role.equals("user") ? place : place - 1, Json.object("role", role, "content", text));
        Json.put(body, conversation(body), Json.arrayOf(messages));
    }

    /// Responses calls the conversation `input`.
    private static String conversation(JsonObject body) { return Json.has(body, "input") ? "input" : "messages"; }

    /// A function's name; Responses does not nest it.
    private static String nameOf(JsonElement tool) { return Json.text(tool, "function", "name") + Json.text(tool, "name"); }

    private static void offerOnly(JsonObject body, String name) {
        Json.put(body, "tools", Json.arrayOf(Json.list(body, "tools").stream().filter(tool -> nameOf(tool).equals(name)).toList()));
    }

    public static ApiError noTools(Route route) {
        return ApiError.invalid(route.label() + " does not support tools, and Claude Code sends tools with almost every request. "
            + "Choose another BIG_MODEL_PROVIDER. This one works for plain chat and, as SMALL_MODEL_PROVIDER, for titles, "
            + "but not for subagents");
    }

    /// Refuses a request that offers only tools which Anthropic's servers run: a model would make the results up.
    public static void refuseServerTools(JsonObject message, Route route) {
        for (var tool : Json.list(message, "tools")) {
            var type = Json.text(tool, "type");
            if (ClientTools.isServerRun(tool) && !WebSearch.is(tool))
                throw ApiError.invalid("the tool " + Json.text(tool, "name") + " (" + type
                    + ") runs on Anthropic's servers and is not available with " + route.label());
        }
    }
}
