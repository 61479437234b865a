package lib.dialect;

import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.ArrayList;

/// Quirks of tools, of the choice among them, and of the form of the answer.
public enum Choices implements Quirk {
    /// A named tool is chosen by offering it alone. llama.cpp reads the choice as a word only; Mistral has no names. 2026-11.
    NAMED_TOOL_ALONE {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var name = Json.text(body, "tool_choice", "function", "name");
            if (name.isEmpty()) return;
            alone(body, name);
            Json.put(body, "tool_choice", "required");
        }
    },

    /// No tool can be forced: the tool is offered alone and the model told to use it. https://platform.moonshot.ai/docs ; 2026-11.
    AUTO_CHOICE_ONLY {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var name = Json.text(body, "tool_choice", "function", "name");
            if (!name.isEmpty()) alone(body, name);
            else if (!Json.text(body, "tool_choice").equals("required")) return;
            Json.drop(body, "tool_choice");
            var messages = new ArrayList<Object>(Json.list(body, "messages"));
            messages.add(Json.object("role", "user", "content", "<system-reminder>Answer by calling " + (name.isEmpty() ? "one of the tools" : "the tool " + name) + ".</system-reminder>"));
            Json.put(body, "messages", Json.arrayOf(messages));
        }
    },

    /// Takes no JSON schema for its answer, only the wish for JSON: the schema goes into the prompt.
    /// https://api-docs.deepseek.com/guides/json_mode , https://docs.z.ai ; 2026-11.
    JSON_OBJECT_ONLY {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var schema = Json.at(body, "response_format", "json_schema", "schema");
            if (schema.isEmpty()) return;
            Json.put(body, "response_format", Json.object("type", "json_object"));
            var messages = new ArrayList<Object>(Json.list(body, "messages"));
            messages.addFirst(Json.object("role", "system", "content", "Answer with one JSON object by this schema, and nothing else:\n" + Json.write(schema)));
            Json.put(body, "messages", Json.arrayOf(messages));
        }
    },

    /// Streams a tool's arguments only when asked to. https://docs.z.ai/guides/tools/stream-tool ; 2026-11.
    TOOL_STREAM {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (Json.has(body, "tools") && Json.flag(body, "stream")) Json.put(body, "tool_stream", true);
        }
    };

    private static void alone(JsonObject body, String name) {
        Json.put(body, "tools", Json.arrayOf(Json.list(body, "tools").stream().filter(tool -> Json.text(tool, "function", "name").equals(name)).toList()));
    }
}
