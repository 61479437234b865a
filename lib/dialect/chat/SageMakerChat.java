package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// A container on SageMaker that speaks OpenAI's chat (TGI, vLLM, LMI, Nova). The endpoint is the model: Nova rejects
/// a `model` field, and vLLM does not know the endpoint's name.
/// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html
public final class SageMakerChat extends OpenAiChat {
    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var body = body(request, route, terms);
        Json.drop(body, "model");
        return Draft.of(route.url(request.streams() ? "/invocations-response-stream" : "/invocations"), body);
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        super.events(SageMakerErrors.checked(frames, terms.route()), terms, out);
    }

    @Override public ApiError error(Answer answer, Route route) { return SageMakerErrors.of(answer, route); }
}
