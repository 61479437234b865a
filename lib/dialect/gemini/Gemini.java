package lib.dialect.gemini;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Google's generateContent. https://ai.google.dev/api/generate-content
public final class Gemini implements Dialect {
    private static final int MOST_STOPS = 5, ROOM_TO_THINK = 4096;

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif");
    private static final Set<String> LEVELS = Set.of("MINIMAL", "LOW", "MEDIUM", "HIGH");

    @Override public int stops(Route route) { return MOST_STOPS; }

    /// https://ai.google.dev/gemini-api/docs/image-understanding and /document-processing ; 2026-11. Gemma reads no PDF.
    @Override public Accepts accepts(Route route) { return new Accepts(PICTURES, true, route.family() != Family.GEMMA); }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var name = route.name().replaceFirst("^models/", "");
        return Draft.of(route.url("/models/" + name + (request.streams() ? ":streamGenerateContent?alt=sse" : ":generateContent")),
            body(request, route, terms));
    }

    /// AI Studio counts a whole request, Vertex AI only some of its fields. https://ai.google.dev/api/tokens ,
    /// https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens
    @Override public Optional<Ask> count(Request request, Route route) {
        var body = route.draft(request, ReplyContext.of(request, route, Ids.random())).body();
        var model = "/models/" + route.name().replaceFirst("^models/", "");
        if (!route.base().contains("/publishers/")) {
            Json.put(body, "model", model.substring(1));
            return Optional.of(Ask.post(route.url(model + ":countTokens"), Json.object("generateContentRequest", body)));
        }
        var counted = new JsonObject();
        Json.pass(body, counted, "contents", "systemInstruction", "tools");
        return Optional.of(Ask.post(route.url(model + ":countTokens"), counted));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return GeminiRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new GeminiEvents(terms, ThinkTags.within(terms, out)).read(frames);
    }

    /// From Gemini 3 on, calls have ids, results may contain images, and signatures are required.
    static boolean isThird(Route route) {
        return route.family() == Family.GEMINI && (route.model().hasLevels() || ModelName.of(route.name()).version() >= 3);
    }

    /// From Gemini 3.6 on no sampling parameters are taken, and the user has the last word. Google, 2026-11.
    static boolean isThirdSixth(Route route) { return route.family() == Family.GEMINI && ModelName.of(route.name()).version() >= 3.6; }

    private static JsonObject body(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var schema = Schema.ofAnswer(message);
        // "Function calling with a response mime type: 'application/json' is unsupported".
        var told = !toolbox.tools().isEmpty() && !isThird(route);
        var body = Json.object("contents", new GeminiContents(route, terms.names(), toolbox).of(message));
        var system = History.systemPrompt(History.system(message, told ? schema : new JsonObject()));
        if (!Json.isEmpty(system)) Json.put(body, "systemInstruction", Json.object("parts", Json.array(Json.object("text", system))));
        tools(body, message, terms.names(), toolbox, route);
        Json.put(body, "generationConfig", config(request, route, terms, told ? new JsonObject() : schema));
        return body;
    }

    private static void tools(JsonObject body, JsonObject message, ToolNames names, Toolbox toolbox, Route route) {
        var functions = toolbox.tools().stream().map(tool -> {
            var function = Json.object("name", names.sent(Json.text(tool, "name")), "description", Json.text(tool, "description"));
            var schema = GeminiSchema.ofTool(Json.at(tool, "input_schema"));
            if (!Json.at(schema, "properties").isEmpty()) Json.put(function, "parametersJsonSchema", schema);
            return function;
        }).toList();
        if (functions.isEmpty()) {
            ToolQuirks.refuseServerTools(message, route);
            return;
        }
        Json.put(body, "tools", Json.array(Json.object("functionDeclarations", Json.arrayOf(functions))));
        var name = names.sent(toolbox.nameOf(Json.text(message, "tool_choice", "name")));
        var mode = switch (Json.text(message, "tool_choice", "type")) {
            case "any" -> Json.object("mode", "ANY");
            case "none" -> Json.object("mode", "NONE");
            case "tool" -> Json.object("mode", "ANY", "allowedFunctionNames", Json.array(name));
            default -> new JsonObject();
        };
        if (!mode.isEmpty()) Json.put(body, "toolConfig", Json.object("functionCallingConfig", mode));
    }

    private static JsonObject config(Request request, Route route, ReplyContext terms, JsonObject schema) {
        var message = request.message();
        var model = route.model();
        var config = new JsonObject();
        var most = ParameterQuirks.output(request, route);
        // Thinking counts toward the limit, so a short answer needs more room.
        Json.put(config, "maxOutputTokens", model.reasons() && most < ROOM_TO_THINK
            ? Math.min(model.output(), most + ROOM_TO_THINK) : most);
        // Gemini 3 may loop if it is below 1.
        if (Json.has(message, "temperature") && !isThird(route)) Json.put(config, "temperature", Json.find(message, "temperature"));
        if (Json.has(message, "top_p") && !isThirdSixth(route)) Json.put(config, "topP", Json.find(message, "top_p"));
        if (Json.has(message, "top_k") && !isThirdSixth(route)) Json.put(config, "topK", Json.find(message, "top_k"));
        if (!terms.sent().isEmpty()) Json.put(config, "stopSequences", Json.arrayOf(terms.sent()));
        if (!schema.isEmpty()) {
            Json.put(config, "responseMimeType", "application/json");
            Json.put(config, "responseJsonSchema", GeminiSchema.ofAnswer(schema));
        }
        if (model.reasons()) Json.put(config, "thinkingConfig", thinking(message, route));
        return config;
    }

    /// A word that another API has for its own levels is the hardest here.
    private static String level(String spelled) {
        var level = spelled.toUpperCase(Locale.ROOT);
        return LEVELS.contains(level) ? level : "HIGH";
    }

    /// A level for models that have levels, a budget for older ones; never both. https://ai.google.dev/gemini-api/docs/thinking
    private static JsonObject thinking(JsonObject message, Route route) {
        var effort = Effort.of(message);
        var thinks = !effort.equals(Effort.OFF);
        if (route.model().hasLevels()) return Json.object("includeThoughts", thinks, "thinkingLevel", level(route.model().level(effort)));
        var least = route.name().contains("pro") ? 128 : route.name().contains("lite") ? 512 : 1;
        var most = route.name().contains("pro") ? 32_768 : 24_576;
        var given = Json.number(message, "thinking", "budget_tokens");
        long budget = switch (effort) {
            case Effort.OFF -> least == 128 ? 128 : 0;
            case "low" -> 2_048;
            case "medium" -> 8_192;
            default -> given > 0 ? Math.clamp(given, least, most) : -1;   // the model decides
        };
        return Json.object("includeThoughts", thinks, "thinkingBudget", budget);
    }
}
