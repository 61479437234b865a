package lib.dialect;

import com.google.gson.JsonObject;
import lib.reply.Event;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Claude on Vertex AI: Anthropic's API with the model in the path. https://docs.claude.com/en/api/claude-on-vertex-ai
public final class VertexClaude implements Dialect {
    private static final String VERSION = "vertex-2023-10-16";
    private static final Anthropic ANTHROPIC = new Anthropic();

    @Override public boolean relays() { return true; }

    @Override public Ask request(Request request, Route route, Terms terms) {
        return ask(request, route, request.streams() ? ":streamRawPredict" : ":rawPredict", message -> Json.drop(message, "model"));
    }

    /// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens
    @Override public Optional<Ask> count(Request request, Route route) {
        return Optional.of(ask(request, route.at(route.base().replaceFirst("[^/]*$", "count-tokens")), ":rawPredict", message -> Json.put(message, "model", route.base().replaceFirst(".*/", ""))));
    }

    @Override public Optional<Mend> mend(String refusal, JsonObject sent, Route route) { return AnthropicRefusals.mend(refusal, sent); }

    private static Ask ask(Request request, Route route, String method, Consumer<JsonObject> naming) {
        var message = Json.shallow(Anthropic.withoutForeign(request.message()));
        naming.accept(message);
        Json.put(message, "anthropic_version", VERSION);
        Betas.into(message, Betas.VERTEX.of(request));
        message = Anthropic.mended(message, route);
        var headers = new HashMap<>(OpenAiChat.HEADERS);
        var betas = Betas.outOf(message);
        if (!betas.isEmpty()) headers.put("anthropic-beta", betas);
        return Ask.post(route.url(method), headers, message);
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) { ANTHROPIC.events(frames, terms, out); }

    /// Anthropic's words, or Google's.
    @Override public ApiError error(Answer answer, Route route) { return ANTHROPIC.error(answer, route); }
}
