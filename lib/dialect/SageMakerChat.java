package lib.dialect;

import lib.reply.Event;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/// A container on SageMaker that speaks OpenAI's chat (TGI, vLLM, LMI, Nova). The endpoint is the model: Nova refuses
/// to have one named, and to vLLM the endpoint's name is none that it serves.
/// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointWithResponseStream.html
public final class SageMakerChat implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Draft draft(Request request, Route route, Terms terms) {
        var body = OpenAiChat.body(request, route, terms);
        Json.drop(body, "model");
        return Draft.of(route.url(request.streams() ? "/invocations-response-stream" : "/invocations"), body);
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) {
        CHAT.events(checked(frames, terms.route()), terms, out);
    }

    /// The container's frames, until one of SageMaker's own says that something is wrong.
    static Iterable<Frame> checked(Iterable<Frame> frames, Route route) {
        return () -> StreamSupport.stream(frames.spliterator(), false).peek(frame -> Aws.check(new Frame(frame.event(), words(frame.data())), route)).iterator();
    }

    @Override public ApiError error(Answer answer, Route route) { return refusal(answer, route); }

    /// The container's own refusal stands inside SageMaker's.
    /// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html#API_runtime_InvokeEndpoint_Errors
    static ApiError refusal(Answer answer, Route route) {
        var text = answer.text();
        var body = Json.objectIn(text);
        var said = Json.text(body, "OriginalMessage");
        var status = (int) Json.number(body, "OriginalStatusCode");
        return said.isBlank() || status == 0 ? Aws.error(answer, words(text), route) : Errors.of(status, Map.of(), said, route);
    }

    /// SageMaker spells its fields with a capital.
    private static String words(String text) {
        var body = Json.objectIn(text);
        return Json.has(body, "Message") ? Json.write(Json.object("message", Json.text(body, "Message"), "code", Json.text(body, "ErrorCode"))) : text;
    }
}
