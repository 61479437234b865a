package lib.dialect.chat;

import module java.base;

import lib.reply.*;
import lib.route.*;

/// Mistral's and AI21's models on Vertex AI: OpenAI's body at an address of Google's.
/// https://cloud.google.com/vertex-ai/generative-ai/docs/partner-models/mistral
public final class VertexChat extends OpenAiChat {
    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url(request.streams() ? ":streamRawPredict" : ":rawPredict"), body(request, route, terms));
    }
}
