package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// OpenAI's Chat Completions, the API of a hundred hosts: https://platform.openai.com/docs/api-reference/chat
public class OpenAiChat implements Dialect {
    /// https://platform.openai.com/docs/api-reference/chat/create accepts four.
    @Override public int stops(Route route) { return ParameterQuirks.takesStops(route) ? 4 : 0; }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Accepts accepts(Route route) {
        var files = route.has(ParameterQuirks.FILE_PARTS) || route.has(ParameterQuirks.DOCUMENT_PARTS);
        return new Accepts(ParameterQuirks.pictures(route), true, files && ParameterQuirks.readsFiles(route));
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url("/chat/completions"), body(request, route, terms));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ChatRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new ChatEvents(terms, out).read(frames);
    }

    static JsonObject body(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var body = Json.object("model", route.name(), "messages", new ChatMessages(route, terms.names(), toolbox).of(message));
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        tools(body, message, terms.names(), toolbox);
        if (Json.has(message, "max_tokens")) Json.put(body, "max_tokens", ParameterQuirks.output(request, route));
        if (route.model().temperature()) Json.pass(message, body, "temperature", "top_p");
        if (route.has(ParameterQuirks.TOP_K)) Json.pass(message, body, "top_k");
        if (!terms.sent().isEmpty()) Json.put(body, "stop", Json.arrayOf(terms.sent()));
        var level = route.model().level(Effort.of(message));
        if (!level.isEmpty()) Json.put(body, "reasoning_effort", level);
        format(body, message);
        OpenAiFields.tier(body, message);
        if (request.streams()) {
            Json.put(body, "stream", true);
            Json.put(body, "stream_options", Json.object("include_usage", true));
        }
        return body;
    }

    private static void tools(JsonObject body, JsonObject message, ToolNames names, Toolbox toolbox) {
        var functions = Json.made(List.of(Json.find(message, "tools")), OpenAiChat.class, () -> Json.arrayOf(
            toolbox.functions(names).stream().map(function -> Json.object("type", "function", "function", function)).toList()));
        OpenAiFields.offer(body, message, functions,
            Json.object("type", "function", "function", Json.object("name", toolbox.chosen(message, names))));
    }

    private static void format(JsonObject body, JsonObject message) {
        var schema = Schema.resolved(Schema.ofAnswer(message));
        if (schema.isEmpty()) return;
        Json.put(body, "response_format", Json.object("type", "json_schema",
            "json_schema", Json.object("name", "output", "schema", schema, "strict", StrictSchema.accepts(schema))));
    }
}
