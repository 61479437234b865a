package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Sber's chat, with functions instead of tools and one call per turn. Its chunks are OpenAI's except for the call, the
/// count of cached tokens and two finish reasons. https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-chat
public final class ChatFunctions implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();
    private static final double COLDEST = 0.001;   // zero is refused; any lower value means the same as this

    /// The API has no stop sequences.
    @Override public int stops(Route route) { return 0; }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var body = Json.object("model", route.name(), "messages", new FunctionMessages(terms.names(), toolbox).of(message));
        functions(body, message, terms, toolbox);
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        if (Json.has(message, "max_tokens")) Json.put(body, "max_tokens", ParameterQuirks.output(request, route));
        Json.pass(message, body, "temperature", "top_p");
        if (Json.has(body, "temperature") && Json.decimal(body, "temperature") < COLDEST) Json.put(body, "temperature", COLDEST);
        var level = route.model().level(Effort.of(message));
        if (!level.isEmpty()) Json.put(body, "reasoning_effort", level);
        var schema = Schema.resolved(Schema.ofAnswer(message));
        if (!schema.isEmpty()) Json.put(body, "response_format", Json.object("type", "json_schema", "schema", schema, "strict", true));
        if (request.streams()) Json.put(body, "stream", true);
        var draft = Draft.of(route.url("/chat/completions"), body);
        if (!request.session().isEmpty()) draft.headers().put("x-session-id", request.session());   // the key of the prompt cache
        return draft;
    }

    /// A call can be forced only by name: a single function is named; with several, the prompt asks for a call.
    private static void functions(JsonObject body, JsonObject message, ReplyContext terms, Toolbox toolbox) {
        var functions = toolbox.tools().stream().map(tool -> Json.object("name", terms.names().sent(Json.text(tool, "name")),
            "description", Json.text(tool, "description"), "parameters", FunctionSchema.of(Json.at(tool, "input_schema")))).toList();
        if (functions.isEmpty()) return;
        Json.put(body, "functions", Json.arrayOf(functions));
        Json.put(body, "function_call", switch (Json.text(message, "tool_choice", "type")) {
            case "none" -> "none";
            case "tool" -> Json.object("name", terms.names().sent(toolbox.nameOf(Json.text(message, "tool_choice", "name"))));
            case "any" -> functions.size() == 1 ? Json.object("name", Json.text(functions.getFirst(), "name")) : "auto";
            default -> "auto";
        });
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ChatRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var chunks = new Chunks(terms);
        CHAT.events(() -> StreamSupport.stream(frames.spliterator(), false).map(chunks::plain).iterator(), terms, out);
    }

    /// Converts its chunks to OpenAI's.
    private static final class Chunks {
        private final ReplyContext terms;
        private String id = "";   // of the turn's only call

        Chunks(ReplyContext terms) { this.terms = terms; }

        Frame plain(Frame frame) {
            if (!frame.data().contains("\"finish_reason\"") && !frame.data().contains("\"function_call\"")) return frame;
            var chunk = frame.object();
            for (var choice : Json.list(chunk, "choices")) {
                call(Json.has(choice, "delta") ? Json.at(choice, "delta") : Json.at(choice, "message"));
                if (Json.text(choice, "finish_reason").equals("blacklist"))
                    Json.put((JsonObject) choice, "finish_reason", "content_filter");
            }
            // Its prompt count leaves out cached tokens.
            var usage = Json.at(chunk, "usage");
            var cached = Json.number(usage, "precached_prompt_tokens");
            if (cached > 0) {
                Json.put(usage, "prompt_tokens", Json.number(usage, "prompt_tokens") + cached);
                Json.put(usage, "prompt_tokens_details", Json.object("cached_tokens", cached));
            }
            return chunk.isEmpty() ? frame : new Frame(frame.event(), Json.bytes(chunk));
        }

        private void call(JsonObject delta) {
            var call = Json.at(delta, "function_call");
            if (call.isEmpty()) return;
            if (id.isEmpty()) id = FunctionMessages.id(Json.text(delta, "functions_state_id"), terms);
            Json.put(delta, "tool_calls", Json.array(Json.object("index", 0, "id", id, "function", call)));
            Json.drop(delta, "function_call");
        }
    }
}
