package lib.dialect.anthropic;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.wire.*;

/// Anthropic's own API: the empty translation. https://docs.claude.com/en/api/messages
public class Anthropic implements Dialect {
    static final String VERSION = "2023-06-01";

    @Override public boolean relays() { return true; }

    @Override public Shape shape() { return Shape.ANTHROPIC; }

    /// Claude takes everything; an imitation that takes no documents says so, or is known for it.
    @Override public Accepts accepts(Route route) {
        if (route.has(AnthropicQuirks.CLIENT_HEALS) || route.family() == Family.CLAUDE) return Accepts.ALL;
        var files = !route.has(AnthropicQuirks.COMMON_BLOCKS) && ParameterQuirks.readsFiles(route);
        return new Accepts(ParameterQuirks.pictures(route), true, files);
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) { return draft("/v1/messages", request, route); }

    @Override public Optional<Ask> count(Request request, Route route) {
        return Optional.of(route.changed(draft("/v1/messages/count_tokens", request, route), request).ask());
    }

    /// Claude Code itself handles the refusals of Anthropic's own endpoint.
    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) {
        return route.has(AnthropicQuirks.CLIENT_HEALS)
            ? AnthropicRefusals.thoughts(refusal, sent.read()) : AnthropicRefusals.fix(refusal, sent.read());
    }

    /// The body is passed on byte for byte except for the model, unless the endpoint would refuse part of it.
    private static Draft draft(String path, Request request, Route route) {
        var message = request.message();
        var fitted = fitted(message, route);
        var draft = Draft.relayed(route.base().replaceFirst("/v1$", "") + path, message,
            () -> JsonBytes.value(request.bytes(), "model", route.name()), () -> {
            var own = Json.copy(fitted);
            Json.put(own, "model", route.name());
            return own;
        });
        draft.headers().putAll(headers(request, route));
        if (fitted != message) draft.body();
        if (!route.seesPictures() && AnthropicQuirks.shows(message, "image")) AnthropicQuirks.blind(draft.body());
        return draft;
    }

    /// The same message if there is nothing to change. Its first line names the client for Anthropic's own bills; as it differs
    /// from one kind of request to the next, it would defeat everybody else's prompt cache.
    /// https://github.com/anthropics/claude-code/issues/68900 , https://github.com/api7/aisix/pull/1144 ; 2026-11.
    static JsonObject fitted(JsonObject message, Route route) {
        var own = withoutForeign(ClaudeThinking.fitted(message, route));
        return route.has(AnthropicQuirks.CLIENT_HEALS) ? own : History.withoutAttribution(own);
    }

    /// Calls and results. What an imitation of Claude's API knows them by may be an id that Claude's own API forbids.
    private static Stream<JsonElement> calls(JsonObject message) {
        return Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
            .filter(block -> Json.has(block, "id") || Json.has(block, "tool_use_id"));
    }

    private static boolean isEncoded(JsonElement block) {
        return Stream.of("id", "tool_use_id").anyMatch(key -> !CallIds.original(Json.text(block, key)).equals(Json.text(block, key)));
    }

    private static void withOwnId(JsonElement block) {
        for (var key : List.of("id", "tool_use_id"))
            if (Json.has(block, key)) Json.put(Json.at(block), key, CallIds.original(Json.text(block, key)));
    }

    /// The client's own credentials, cookies and connection headers stay here.
    private static Map<String, String> headers(Request request, Route route) {
        var headers = new HashMap<String, String>();
        headers.put("anthropic-version", VERSION);
        request.headers().forEach((name, value) -> {
            if (name.startsWith("anthropic-") || name.startsWith("x-claude-code-")) headers.put(name, value);
        });
        if (!knowsLatestVersion(route)) headers.put("anthropic-version", VERSION);
        headers.put("content-type", "application/json");
        return headers;
    }

    /// 2026-10-21 is served by Anthropic itself, the Claude Platform on AWS, Foundry, and on Bedrock from Claude 4.7 on. All
    /// others know 2023-06-01. https://platform.claude.com/docs/en/api/versioning ; 2026-11.
    private static boolean knowsLatestVersion(Route route) {
        return route.has(AnthropicQuirks.CLIENT_HEALS) || route.has(AnthropicQuirks.FOUNDRY_BETAS)
            || route.has(AnthropicQuirks.MANTLE_BETAS) && ModelName.of(route.name()).version() >= 4.7;
    }

    /// The message without the thinking that FreeCC made for other providers, and with their searches as text.
    private static JsonObject withoutForeign(JsonObject message) {
        if (!hasForeign(message)) return message;
        var own = Json.shallow(message);
        Json.put(own, "messages", Json.arrayOf(Json.list(message, "messages").stream().map(Anthropic::ofOthers)
            .filter(turn -> !Json.list(turn, "content").isEmpty() || Json.isText(turn, "content")).toList()));
        return own;
    }

    private static boolean hasForeign(JsonObject message) {
        return Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
            .anyMatch(block -> Thought.isOurs(block) || SearchBlocks.isOurs(block));
    }

    private static JsonElement ofOthers(JsonElement turn) {
        if (Json.isText(turn, "content")) return turn;
        var own = Json.shallow((JsonObject) turn);
        Json.put(own, "content", Json.arrayOf(Json.list(turn, "content").stream().filter(block -> !Thought.isOurs(block))
            .map(block -> SearchBlocks.isOurs(block) ? text(block) : block).toList()));
        return own;
    }

    /// Without citations, whose index Anthropic would refuse.
    private static JsonObject text(JsonElement block) {
        var text = History.text(PlainText.text(block));
        Json.pass(Json.at(block), text, "cache_control");
        return text;
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new AnthropicEvents(terms, out).read(frames);
    }

    /// Anthropic's errors reach the client unchanged, except that keys are redacted; an imitation's only if Claude Code understands them.
    @Override public ApiError error(Answer answer, Route route) {
        var text = answer.text();
        var body = Json.objectIn(text);
        if (!Json.text(body, "type").equals("error")) return Errors.of(answer.status(), answer.headers(), text, route);
        var words = Json.text(body, "error", "message");
        if (!route.has(AnthropicQuirks.CLIENT_HEALS)) {
            var meant = Errors.of(answer.status(), answer.headers(), text, route);
            var isOverflow = meant.getMessage().startsWith("prompt is too long") || meant.getMessage().startsWith("input length and");
            if (isOverflow ? !words.contains(meant.getMessage()) : meant.status() < 500 && meant.status() != answer.status()) return meant;
        }
        var headers = new HashMap<String, String>();
        for (var name : answer.headers().keySet())
            if (name.startsWith("anthropic-") || name.equals("request-id") || name.equals("retry-after") || name.equals("x-should-retry"))
                headers.put(name, answer.header(name));
        var error = ApiError.relayed(answer.status(), words, headers, text);
        return route.has(AnthropicQuirks.CLIENT_HEALS) ? error : RetryAfter.in(error, answer.headers(), text);
    }
}
