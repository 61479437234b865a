package lib.dialect.chat;

import module java.base;

import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Models of Mistral and AI21 on Vertex AI: their own chat body, at an address of Google's.
/// https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral
public final class VertexChat implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url(request.streams() ? ":streamRawPredict" : ":rawPredict"), OpenAiChat.body(request, route, terms));
    }

    @Override public ApiError error(Answer answer, Route route) { return CHAT.error(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return CHAT.fix(refusal, sent, route); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) { CHAT.events(frames, terms, out); }
}
