package lib.dialect;

import lib.reply.Event;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.HashMap;
import java.util.function.Consumer;

/// Claude on Vertex AI: Anthropic's API with the model in the path. https://docs.claude.com/en/api/claude-on-vertex-ai
public final class VertexClaude implements Dialect {
    private static final String VERSION = "vertex-2023-10-16";
    private static final Anthropic ANTHROPIC = new Anthropic();

    @Override public boolean relays() { return true; }

    @Override public Ask request(Request request, Route route, Terms terms) {
        var message = Json.shallow(Anthropic.withoutForeign(request.message()));
        Json.drop(message, "model");
        Json.put(message, "anthropic_version", VERSION);
        var headers = new HashMap<>(OpenAiChat.HEADERS);
        var betas = Betas.VERTEX.of(request);
        if (!betas.isEmpty()) headers.put("anthropic-beta", String.join(",", betas));
        return Ask.post(route.url(request.streams() ? ":streamRawPredict" : ":rawPredict"), headers, message);
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) { ANTHROPIC.events(frames, terms, out); }

    /// Anthropic's words, or Google's.
    @Override public ApiError error(Answer answer, Route route) { return ANTHROPIC.error(answer, route); }
}
