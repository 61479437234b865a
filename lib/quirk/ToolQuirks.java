package lib.quirk;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of tools, of the choice among them, and of the form of the answer.
public enum ToolQuirks implements Quirk {
    /// A named tool is chosen by offering it alone. llama.cpp reads the choice as a word only; Mistral has no names. 2026-11.
    NAMED_TOOL_ALONE {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var name = Json.text(body, "tool_choice", "function", "name");
            if (name.isEmpty()) return;
            alone(body, name);
            Json.put(body, "tool_choice", "required");
        }
    },

    /// No tool can be forced: the tool is offered alone and the model told to use it; where none is wanted, none is
    /// offered. https://platform.moonshot.ai/docs ; 2026-11.
    AUTO_CHOICE_ONLY(CHAT_AND_RESPONSES) {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var name = nameOf(Json.find(body, "tool_choice"));
            var choice = Json.text(body, "tool_choice");
            Json.drop(body, "tool_choice");
            if (choice.equals("none")) Json.drop(body, "tools");
            if (!name.isEmpty()) alone(body, name);
            if (!name.isEmpty() || choice.equals("required")) say(body, Json.list(body, said(body)).size(), "user",
                Instructions.reminder(Instructions.call(name)));
        }
    },

    /// Takes no JSON schema for its answer, only the wish for JSON: the schema goes into the prompt.
    /// https://api-docs.deepseek.com/guides/json_mode , https://docs.z.ai ; 2026-11.
    JSON_OBJECT_ONLY {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var schema = Json.at(body, "response_format", "json_schema", "schema");
            if (schema.isEmpty()) return;
            Json.put(body, "response_format", Json.object("type", "json_object"));
            say(body, 1, "system", Instructions.answerAs(schema));
        }
    },

    /// Streams a tool's arguments only when asked to. https://docs.z.ai/guides/tools/stream-tool ; 2026-11.
    TOOL_STREAM {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (Json.has(body, "tools") && Json.flag(body, "stream")) Json.put(body, "tool_stream", true);
        }
    },

    /// Its models know of no tools. https://docs.morphllm.com ; opencode.ai/data/morph, 2026-11.
    NO_TOOLS {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (Json.text(body, "tool_choice").equals("none")) Json.drop(body, "tools");
            Json.drop(body, "tool_choice");
            if (Json.has(body, "tools")) throw noTools(route);
        }
    },

    /// Refuses `additionalProperties` in a tool's parameters. LiteLLM litellm/llms/watsonx/chat/transformation.py ; 2026-11.
    OPEN_PARAMETERS {
        @Override public void patch(JsonObject body, Request request, Route route) {
            for (var tool : Json.list(body, "tools")) Json.eachObject(Json.at(tool, "function", "parameters"), schema -> {
                if (Json.isText(schema, "type") || Json.has(schema, "properties")) Json.drop(schema, "additionalProperties");
            });
        }
    },

    /// Tells its answer again and again, each time as a new item that is a little longer, streamed or whole.
    /// https://github.com/zed-industries/zed/pull/60998 , https://github.com/openclaw/openclaw/issues/91959 ; 2026-07.
    ANSWER_TOLD_AGAIN(CHAT_AND_RESPONSES);

    private static final int LONGEST_DESCRIPTION = 1024;

    private final Set<Shape> shapes;

    ToolQuirks() { this(CHAT_BODIES); }

    ToolQuirks(Set<Shape> shapes) { this.shapes = shapes; }

    @Override public Set<Shape> shapes() { return shapes; }

    /// Descriptions of tools are cut to what some API versions take; the rest stands in the system message.
    public static void shorten(JsonObject body) {
        var rest = new StringBuilder();
        for (var tool : Json.list(body, "tools")) {
            var function = Json.at(tool, "function");
            var description = Json.text(function, "description");
            if (description.length() <= LONGEST_DESCRIPTION) continue;
            var word = description.lastIndexOf(' ', LONGEST_DESCRIPTION);
            var cut = word > 0 ? word : LONGEST_DESCRIPTION;
            Json.put(function, "description", description.substring(0, cut));
            rest.append(rest.isEmpty() ? "" : "\n\n").append("More of the tool ").append(Json.text(function, "name")).append(":\n").append(description.substring(cut).strip());
        }
        var role = Json.list(body, "messages").stream().anyMatch(message -> Json.text(message, "role").equals("developer")) ? "developer" : "system";
        if (!rest.isEmpty()) say(body, 1, role, rest.toString());
    }

    /// Adds to the message before that place, or where it is another's, puts a new one there.
    private static void say(JsonObject body, int place, String role, String text) {
        var messages = new ArrayList<>(Json.list(body, said(body)));
        var before = messages.isEmpty() ? new JsonObject() : messages.get(place - 1);
        if (Json.text(before, "role").equals(role) && Json.isText(before, "content"))
            Json.put((JsonObject) before, "content", Json.text(before, "content") + "\n\n" + text);
        else messages.add(Json.text(before, "role").equals(role) || role.equals("user") ? place : place - 1, Json.object("role", role, "content", text));
        Json.put(body, said(body), Json.arrayOf(messages));
    }

    /// Where a body keeps what was said: Responses has a name of its own for it.
    private static String said(JsonObject body) { return Json.has(body, "input") ? "input" : "messages"; }

    /// A function's name, which Responses does not wrap.
    private static String nameOf(JsonElement tool) { return Json.text(tool, "function", "name") + Json.text(tool, "name"); }

    private static void alone(JsonObject body, String name) {
        Json.put(body, "tools", Json.arrayOf(Json.list(body, "tools").stream().filter(tool -> nameOf(tool).equals(name)).toList()));
    }

    /// What to tell a request that brings tools to where none can be called.
    public static ApiError noTools(Route route) {
        return ApiError.invalid(route.label() + " cannot call tools, and this request brings some. Claude Code brings them nearly always: set BIG_MODEL_PROVIDER to another provider. "
            + "This one serves plain chat, and as SMALL_MODEL_PROVIDER Claude Code's titles, but not its subagents");
    }

    /// A request for nothing but a tool that Anthropic's servers run cannot be answered: a model would make the result up.
    public static void refuseServerTools(JsonObject message, Route route) {
        for (var tool : Json.list(message, "tools"))
            if (ClientTools.isServerRun(tool) && !(route.has(ResponsesQuirks.WEB_SEARCH) && Json.text(tool, "type").startsWith("web_search"))) throw ApiError.invalid("the tool " + Json.text(tool, "name") + " (" + Json.text(tool, "type")
                + ") runs on Anthropic's servers and is not available with " + route.label());
    }
}
