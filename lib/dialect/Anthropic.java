package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.message.Thought;
import lib.reply.Event;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Anthropic's own API: the empty translation. https://docs.claude.com/en/api/messages
public final class Anthropic implements Dialect {
    private static final String VERSION = "2023-06-01", BETA = "anthropic-beta";

    @Override public boolean relays() { return true; }

    @Override public Ask request(Request request, Route route, Terms terms) { return ask("/v1/messages", request, route); }

    @Override public Optional<Ask> count(Request request, Route route) { return Optional.of(ask("/v1/messages/count_tokens", request, route)); }

    /// What its own client heals is left to it.
    @Override public Optional<Mend> mend(String refusal, JsonObject sent, Route route) {
        return route.has(Filters.CLIENT_HEALS) ? AnthropicRefusals.thoughts(refusal, sent) : AnthropicRefusals.mend(refusal, sent);
    }

    /// The body goes byte for byte but for the model, unless the endpoint would refuse some of it.
    private static Ask ask(String path, Request request, Route route) {
        var url = route.base().replaceFirst("/v1$", "") + path;
        var headers = headers(request);
        var message = request.message();
        if (!hasForeign(message) && route.mends().isEmpty() && !Filters.concern(message, route)) return Ask.post(url, headers, Splice.value(request.bytes(), "model", route.name()));
        message = Json.copy(withoutForeign(message));
        Json.put(message, "model", route.name());
        Betas.into(message, Betas.all(request));
        Filters.apply(message, route);
        for (var mend : route.mends()) mend.patch().accept(message);
        headers.put(BETA, Betas.outOf(message));
        if (headers.get(BETA).isEmpty()) headers.remove(BETA);
        return Ask.post(url, headers, message);
    }

    /// The client's own credentials, cookies and connection headers stay here.
    private static Map<String, String> headers(Request request) {
        var headers = new HashMap<String, String>();
        headers.put("anthropic-version", VERSION);
        request.headers().forEach((name, value) -> {
            if (name.startsWith("anthropic-") || name.startsWith("x-claude-code-")) headers.put(name, value);
        });
        headers.put("content-type", "application/json");
        return headers;
    }

    /// The message with all that refusals have taught.
    static JsonObject mended(JsonObject message, Route route) {
        if (route.mends().isEmpty()) return message;
        var own = Json.copy(message);
        for (var mend : route.mends()) mend.patch().accept(own);
        return own;
    }

    /// The message without the thinking that FreeCC made for other providers.
    static JsonObject withoutForeign(JsonObject message) {
        if (!hasForeign(message)) return message;
        var own = Json.shallow(message);
        Json.put(own, "messages", Json.arrayOf(Json.list(message, "messages").stream().map(Anthropic::ofOthers)
            .filter(turn -> !Json.list(turn, "content").isEmpty() || Json.isText(turn, "content")).toList()));
        return own;
    }

    private static boolean hasForeign(JsonObject message) {
        return Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream()).anyMatch(Thought::isOurs);
    }

    private static JsonElement ofOthers(JsonElement turn) {
        if (Json.isText(turn, "content")) return turn;
        var own = Json.shallow((JsonObject) turn);
        Json.put(own, "content", Json.arrayOf(Json.list(turn, "content").stream().filter(block -> !Thought.isOurs(block)).toList()));
        return own;
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) {
        var input = new JsonObject();
        var begun = false;
        var ended = false;
        var last = "";
        for (var frame : frames) {
            if (frame.data().isBlank() || frame.data().strip().equals("[DONE]")) continue;   // an imitation's habit from elsewhere
            var data = Json.at(frame.json());   // half a frame must not reach the client
            var type = frame.event().isEmpty() ? Json.text(data, "type") : frame.event();
            if (!begun && (type.equals("error") || type.isEmpty())) throw Errors.inside(data);
            if (type.equals("error")) throw ApiError.relayed(Errors.inside(data).status(), Json.text(data, "error", "message"), Map.of(), frame.data());   // as it came, but for a key in it
            if (type.equals("message_start")) input = Json.at(data, "message", "usage");
            if (type.equals("message_delta") || type.equals("message")) out.accept(usage(input, Json.at(data, "usage")));
            out.accept(new Event.Relay(new Frame(type.equals("message") ? "" : type, frame.data())));
            begun = true;
            last = type;
            ended |= type.equals("message_stop") || type.equals("message_delta") || type.equals("message");
        }
        if (!ended) throw new ApiError(500, "the provider's reply broke off before the message had ended");
        if (last.equals("message_delta")) out.accept(new Event.Relay(new Frame("message_stop", "{\"type\":\"message_stop\"}")));   // all is said but that
    }

    private static Event.Usage usage(JsonObject start, JsonObject end) {
        return new Event.Usage(latest(start, end, "input_tokens"), latest(start, end, "cache_read_input_tokens"),
            latest(start, end, "cache_creation_input_tokens"), Json.number(end, "output_tokens"));
    }

    private static long latest(JsonObject start, JsonObject end, String key) { return Json.number(Json.has(end, key) ? end : start, key); }

    /// Anthropic's words reach the client untouched, but for the key. An imitation's, only if they say the same.
    @Override public ApiError error(Answer answer, Route route) {
        var text = answer.text();
        var body = Json.objectIn(text);
        if (!Json.text(body, "type").equals("error")) return Errors.of(answer.status(), answer.headers(), text, route);
        var words = Json.text(body, "error", "message");
        var overflow = route.has(Filters.CLIENT_HEALS) ? "" : Overflow.in(words, Json.text(body, "error", "type"), answer.status(), route.model());
        if (!words.contains(overflow)) return ApiError.invalid(overflow);
        var headers = new HashMap<String, String>();
        for (var name : answer.headers().keySet())
            if (name.startsWith("anthropic-") || name.equals("request-id") || name.equals("retry-after") || name.equals("x-should-retry")) headers.put(name, answer.header(name));
        return ApiError.relayed(answer.status(), words, headers, text);
    }
}
