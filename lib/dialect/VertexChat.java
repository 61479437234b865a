package lib.dialect;

import lib.reply.Event;
import lib.wire.Ask;
import lib.wire.Frame;

import java.net.URI;
import java.util.function.Consumer;

/// Models of Mistral and AI21 on Vertex AI: their own chat body, at an address of Google's.
/// https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral
public final class VertexChat implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Ask request(Request request, Route route, Terms terms) {
        var ask = CHAT.request(request, route, terms);
        return new Ask(ask.method(), URI.create(route.url(request.streams() ? ":streamRawPredict" : ":rawPredict")), ask.headers(), ask.body());
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) { CHAT.events(frames, terms, out); }
}
