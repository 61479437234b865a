package lib.dialect.responses;

import module java.base;

import lib.answer.*;
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

/// OpenAI's Responses API without server-side state: each request sends the whole history, including encrypted reasoning
/// items. https://platform.openai.com/docs/api-reference/responses
public final class OpenAiResponses implements Dialect {
    private static final int LEAST_OUTPUT = 16;

    @Override public int stops(Route route) { return 0; }

    @Override public Shape shape() { return Shape.RESPONSES; }

    @Override public Accepts accepts(Route route) {
        var files = !route.has(ParameterQuirks.NO_INLINE_FILES) && ParameterQuirks.readsFiles(route);
        return new Accepts(ParameterQuirks.pictures(route), true, files);
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url("/responses"), body(request, route, terms));
    }

    /// It counts the fields that reach the model, and refuses others.
    /// https://platform.openai.com/docs/api-reference/responses/input-tokens
    @Override public Optional<Ask> count(Request request, Route route) {
        var body = route.draft(request, ReplyContext.of(request, route, Ids.random())).body();
        var counted = new JsonObject();
        Json.pass(body, counted, "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text");
        return Optional.of(Ask.post(route.url("/responses/input_tokens"), counted));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ResponsesRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new ResponsesEvents(terms, ThinkTags.within(terms, out)).read(frames);
    }

    private static JsonObject body(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var model = route.model();
        var toolbox = Toolbox.of(message);
        var body = Json.object("model", route.name(), "input", new ResponsesItems(route, terms.names(), toolbox).of(message));
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        tools(body, message, terms.names(), toolbox);
        if (Json.has(message, "max_tokens"))
            Json.put(body, "max_output_tokens", Math.max(LEAST_OUTPUT, ParameterQuirks.output(request, route)));
        var level = model.level(Effort.of(message));
        if (model.reasons()) {
            var reasoning = level.isEmpty() ? new JsonObject() : Json.object("effort", level);
            if (!level.equals("none")) Json.put(reasoning, "summary", "auto");
            Json.put(body, "reasoning", reasoning);
            Json.put(body, "include", Json.array("reasoning.encrypted_content"));
        }
        if (model.temperature() && (!model.reasons() || level.equals("none"))) Json.pass(message, body, "temperature", "top_p");
        format(body, message);
        OpenAiFields.tier(body, message);
        Json.put(body, "store", false);
        if (request.streams()) Json.put(body, "stream", true);
        return body;
    }

    /// Flat functions with `strict` off: it is the default here, and needs every property to be required.
    private static void tools(JsonObject body, JsonObject message, ToolNames names, Toolbox toolbox) {
        var functions = Json.made(List.of(Json.find(message, "tools")), OpenAiResponses.class,
            () -> Json.arrayOf(toolbox.functions(names).stream().map(OpenAiResponses::flat).toList()));
        OpenAiFields.offer(body, message, functions, Json.object("type", "function", "name", toolbox.chosen(message, names)));
    }

    private static JsonObject flat(JsonObject function) {
        var flat = Json.object("type", "function");
        Json.pass(function, flat, "name", "description", "parameters");
        Json.put(flat, "strict", false);
        return flat;
    }

    private static void format(JsonObject body, JsonObject message) {
        var schema = Schema.resolved(Schema.ofAnswer(message));
        if (!schema.isEmpty()) Json.put(body, "text", Json.object("format",
            Json.object("type", "json_schema", "name", "output", "schema", schema, "strict", StrictSchema.accepts(schema))));
    }
}
