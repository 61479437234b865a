package lib.dialect;

import com.google.gson.JsonObject;
import lib.message.ClientTools;
import lib.message.Schema;
import lib.message.ToolNames;
import lib.message.Toolbox;
import lib.reply.Event;
import lib.wire.ApiError;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// OpenAI's Chat Completions, the language of a hundred hosts: https://platform.openai.com/docs/api-reference/chat
public final class OpenAiChat implements Dialect {
    static final Map<String, String> HEADERS = Map.of("content-type", "application/json");

    /// https://platform.openai.com/docs/api-reference/chat/create takes four.
    @Override public int stops(Route route) { return Limits.takesStops(route) ? 4 : 0; }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Draft draft(Request request, Route route, Terms terms) { return Draft.of(route.url("/chat/completions"), body(request, route, terms)); }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) {
        new ChatEvents(terms).read(frames, out);
    }

    static JsonObject body(Request request, Route route, Terms terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var body = Json.object("model", route.name(), "messages", new ChatMessages(route, terms.names(), toolbox).of(message));
        tools(body, message, terms.names(), toolbox, route);
        if (Json.has(message, "max_tokens")) Json.put(body, "max_tokens", Limits.output(request, route));
        if (route.model().temperature()) pass(message, body, "temperature", "top_p");
        if (route.has(Limits.TOP_K)) pass(message, body, "top_k");
        if (!terms.sent().isEmpty()) Json.put(body, "stop", Json.arrayOf(terms.sent()));
        var level = route.model().level(Effort.of(message));
        if (!level.isEmpty()) Json.put(body, "reasoning_effort", level);
        format(body, message);
        tier(body, message);
        if (request.streams()) {
            Json.put(body, "stream", true);
            Json.put(body, "stream_options", Json.object("include_usage", true));
        }
        return body;
    }

    static void pass(JsonObject from, JsonObject to, String... keys) {
        for (var key : keys) if (Json.has(from, key)) Json.put(to, key, Json.find(from, key));
    }

    static void tier(JsonObject body, JsonObject message) {
        switch (Json.text(message, "service_tier")) {
            case "auto" -> Json.put(body, "service_tier", "auto");
            case "standard_only" -> Json.put(body, "service_tier", "default");
            default -> { }
        }
    }

    private static void tools(JsonObject body, JsonObject message, ToolNames names, Toolbox toolbox, Route route) {
        var functions = new ArrayList<JsonObject>();
        for (var tool : toolbox.tools()) {
            var function = Json.object("name", names.sent(Json.text(tool, "name")));
            if (!Json.text(tool, "description").isEmpty()) Json.put(function, "description", Json.text(tool, "description"));
            Json.put(function, "parameters", Schema.ofTool(Json.at(tool, "input_schema")));
            functions.add(Json.object("type", "function", "function", function));
        }
        offer(body, message, functions, name -> Json.object("type", "function", "function", Json.object("name", name)), names, toolbox, route);
    }

    /// The functions in an API's own form, and which of them to call: `one` is how it names a single one.
    static void offer(JsonObject body, JsonObject message, List<JsonObject> functions, Function<String, JsonObject> one, ToolNames names, Toolbox toolbox, Route route) {
        if (functions.isEmpty()) {
            refuseServerTools(message, route);
            return;
        }
        Json.put(body, "tools", Json.arrayOf(functions));
        switch (Json.text(message, "tool_choice", "type")) {
            case "any" -> Json.put(body, "tool_choice", "required");
            case "none" -> Json.put(body, "tool_choice", "none");
            case "auto" -> Json.put(body, "tool_choice", "auto");
            case "tool" -> Json.put(body, "tool_choice", one.apply(names.sent(toolbox.nameOf(Json.text(message, "tool_choice", "name")))));
            default -> { }
        }
        if (Json.flag(message, "tool_choice", "disable_parallel_tool_use")) Json.put(body, "parallel_tool_calls", false);
    }

    /// A request for nothing but a tool that Anthropic's servers run cannot be answered: a model would make the result up.
    static void refuseServerTools(JsonObject message, Route route) {
        for (var tool : Json.list(message, "tools"))
            if (ClientTools.isServerRun(tool) && !(route.has(Responses.WEB_SEARCH) && Json.text(tool, "type").startsWith("web_search"))) throw ApiError.invalid("the tool " + Json.text(tool, "name") + " (" + Json.text(tool, "type")
                + ") runs on Anthropic's servers and is not available with " + route.label());
    }

    private static void format(JsonObject body, JsonObject message) {
        var schema = Schema.ofAnswer(message);
        if (schema.isEmpty()) return;
        Json.put(body, "response_format", Json.object("type", "json_schema",
            "json_schema", Json.object("name", "output", "schema", schema, "strict", Schema.isStrict(schema))));
    }
}
