package lib.dialect.converse;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Amazon Bedrock's own API for every model. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
public final class BedrockConverse implements Dialect {
    @Override public int stops(Route route) { return BedrockFields.isGpt(route) ? 0 : 4; }

    private static final String STREAM = "/converse-stream", WHOLE = "/converse", PATHS = "additionalModelResponseFieldPaths";

    /// It fetches no images: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageSource.html ; 2026-11.
    @Override public Accepts accepts(Route route) {
        return new Accepts(ParameterQuirks.pictures(route), false, ParameterQuirks.readsFiles(route));
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var body = body(request, route, terms);
        if (BedrockFields.isClaude(route)) Json.put(body, PATHS, Json.array(request.streams() ? "/delta/stop_sequence" : "/stop_sequence"));
        return Draft.of(route.url(request.streams() ? STREAM : WHOLE), body);
    }

    /// Some models cannot stream, and some cannot stream tool calls.
    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) {
        var text = refusal.toLowerCase(Locale.ROOT);
        var refused = text.contains("unsupported for streaming") || Json.has(sent.read(), "toolConfig")
            && text.contains("tool use in streaming");
        return refused ? Optional.of(new Fix("without a stream", true, BedrockConverse::whole))
            : ConverseRefusals.fix(refusal, sent.read());
    }

    private static void whole(Draft draft) {
        draft.url(draft.url().replace(STREAM, WHOLE));
        if (Json.has(draft.body(), PATHS)) Json.put(draft.body(), PATHS, Json.array("/stop_sequence"));
    }

    /// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseTokensRequest.html
    @Override public Optional<Ask> count(Request request, Route route) {
        var body = route.draft(request, ReplyContext.of(request, route, Ids.random())).body();
        var counted = new JsonObject();
        Json.pass(body, counted, "messages", "system", "toolConfig", "additionalModelRequestFields");
        return Optional.of(BedrockCount.of(route, Json.object("converse", counted)));
    }

    private static JsonObject body(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var messages = new ConverseMessages(route, terms.names(), toolbox);
        var body = Json.object("messages", messages.of(message));
        var system = system(message, route);
        if (!system.isEmpty()) Json.put(body, "system", Json.arrayOf(system));
        tools(body, message, terms, toolbox, messages.hasTools());
        Json.put(body, "inferenceConfig", inference(request, route, terms));
        var fields = BedrockFields.of(request, route);
        if (!fields.isEmpty()) Json.put(body, "additionalModelRequestFields", fields);
        return body;
    }

    private static List<JsonObject> system(JsonObject message, Route route) {
        var parts = new ArrayList<JsonObject>();
        var schema = BedrockFields.isClaude(route) ? new JsonObject() : Schema.ofAnswer(message);
        for (var text : History.system(message, schema)) parts.add(Json.object("text", text));
        var cached = Json.list(message, "system").stream().anyMatch(block -> Json.has(block, "cache_control"));
        if (cached && !parts.isEmpty() && BedrockFields.caches(route)) parts.add(ConverseMessages.CACHE_POINT);
        return parts;
    }

    /// A history with calls requires the tools, even if the choice is `none`.
    private static void tools(JsonObject body, JsonObject message, ReplyContext terms, Toolbox toolbox, boolean needed) {
        var tools = toolbox.tools().stream().map(tool -> {
            var spec = Json.object("name", terms.names().sent(Json.text(tool, "name")));
            if (!Json.text(tool, "description").isBlank()) Json.put(spec, "description", Json.text(tool, "description"));
            Json.put(spec, "inputSchema", Json.object("json", Schema.ofTool(Json.at(tool, "input_schema"))));
            return Json.object("toolSpec", spec);
        }).toList();
        if (tools.isEmpty()) {
            ToolQuirks.refuseServerTools(message, terms.route());
            return;
        }
        var choice = Json.at(message, "tool_choice");
        if (Json.text(choice, "type").equals("none") && !needed) return;
        var config = Json.object("tools", Json.arrayOf(tools));
        switch (Json.text(choice, "type")) {
            case "any" -> Json.put(config, "toolChoice", Json.object("any", new JsonObject()));
            case "tool" -> Json.put(config, "toolChoice",
                Json.object("tool", Json.object("name", terms.names().sent(toolbox.nameOf(Json.text(choice, "name"))))));
            default -> { }
        }
        Json.put(body, "toolConfig", config);
    }

    private static JsonObject inference(Request request, Route route, ReplyContext terms) {
        var config = new JsonObject();
        if (!BedrockFields.isUnlimited(request, route)) Json.put(config, "maxTokens", ParameterQuirks.output(request, route));
        if (route.model().temperature() && !BedrockFields.thinks(request, route) && !BedrockFields.isGpt(route)) {
            if (Json.has(request.message(), "temperature"))
                Json.put(config, "temperature", Math.clamp(Json.decimal(request.message(), "temperature"), 0.0, 1.0));
            if (Json.has(request.message(), "top_p")) Json.put(config, "topP", Json.decimal(request.message(), "top_p"));
        }
        if (!terms.sent().isEmpty()) Json.put(config, "stopSequences", Json.arrayOf(terms.sent()));
        return config;
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new ConverseEvents(terms, ThinkTags.within(terms, out)).read(frames);
    }

    @Override public ApiError error(Answer answer, Route route) { return AwsErrors.of(answer, route); }
}
