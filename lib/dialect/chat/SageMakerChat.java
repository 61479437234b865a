package lib.dialect.chat;

import module java.base;

import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// A container on SageMaker that speaks OpenAI's chat (TGI, vLLM, LMI, Nova). The endpoint is the model: Nova refuses
/// to have one named, and to vLLM the endpoint's name is none that it serves.
/// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html
public final class SageMakerChat implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var body = OpenAiChat.body(request, route, terms);
        Json.drop(body, "model");
        return Draft.of(route.url(request.streams() ? "/invocations-response-stream" : "/invocations"), body);
    }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return CHAT.fix(refusal, sent, route); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        CHAT.events(SageMakerErrors.checked(frames, terms.route()), terms, out);
    }

    @Override public ApiError error(Answer answer, Route route) { return SageMakerErrors.of(answer, route); }
}
