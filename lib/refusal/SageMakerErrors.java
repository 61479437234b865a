package lib.refusal;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Errors of a SageMaker endpoint: SageMaker's own, and those of the container behind it.
public final class SageMakerErrors {
    private SageMakerErrors() {}

    /// The container's frames; an error frame of SageMaker's own throws.
    public static Iterable<Frame> checked(Iterable<Frame> frames, Route route) {
        return () -> StreamSupport.stream(frames.spliterator(), false)
            .peek(frame -> AwsErrors.check(new Frame(frame.event(), words(frame.data())), route)).iterator();
    }

    /// SageMaker's error contains the container's own.
    /// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html#API_runtime_InvokeEndpoint_Errors
    public static ApiError of(Answer answer, Route route) {
        var text = answer.text();
        var body = Json.objectIn(text);
        var said = Json.text(body, "OriginalMessage");
        var status = (int) Json.number(body, "OriginalStatusCode");
        return said.isBlank() || status == 0 ? AwsErrors.of(answer, words(text), route) : Errors.of(status, answer.headers(), said, route);
    }

    /// SageMaker capitalizes its field names.
    private static String words(String text) {
        var body = Json.objectIn(text);
        return Json.has(body, "Message")
            ? Json.write(Json.object("message", Json.text(body, "Message"), "code", Json.text(body, "ErrorCode"))) : text;
    }
}
