package lib.dialect.anthropic;

import module java.base;

import lib.json.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.wire.*;

/// Claude on Amazon Bedrock: Anthropic's API through InvokeModel, streamed in AWS's event frames.
/// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
public final class BedrockClaude extends Anthropic {
    private static final String VERSION = "bedrock-2023-05-31", FINE_GRAINED = "fine-grained-tool-streaming-2025-05-14";

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.shared(route.url(request.streams() ? "/invoke-with-response-stream" : "/invoke"), body(request, route));
    }

    @Override public Optional<Ask> count(Request request, Route route) {
        var body = Json.shallow(route.draft(request, ReplyContext.of(request, route, Ids.random())).read());
        // Required for an invocation, but a count request does not have it.
        if (!Json.has(body, "max_tokens")) Json.put(body, "max_tokens", 1);
        return Optional.of(BedrockCount.of(route,
            Json.object("invokeModel", Json.object("body", Base64.getEncoder().encodeToString(Json.bytes(body))))));
    }

    private static JsonObject body(Request request, Route route) {
        var message = Json.shallow(fitted(request.message(), route));
        Json.drop(message, "model");
        Json.drop(message, "stream");
        Json.put(message, "anthropic_version", VERSION);
        var betas = new ArrayList<>(BetaFlags.BEDROCK.of(request));
        if (Json.has(message, "tools")) {   // Bedrock refuses the field on tools; a flag has the same effect
            var eager = Json.list(message, "tools").stream().anyMatch(tool -> Json.has(tool, "eager_input_streaming"));
            if (eager && !betas.contains(FINE_GRAINED)) betas.add(FINE_GRAINED);
            if (eager) Json.put(message, "tools", Json.arrayOf(Json.list(message, "tools").stream().map(tool -> {
                var plain = Json.shallow(Json.at(tool));
                Json.drop(plain, "eager_input_streaming");
                return plain;
            }).toList()));
        }
        CloudFields.only(message, betas);
        BetaFlags.put(message, betas);
        return message;
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var inner = StreamSupport.stream(frames.spliterator(), false).map(frame -> unwrapped(frame, terms.route()));
        super.events(inner::iterator, terms, out);
    }

    /// `{"bytes": "<base64 of one event>"}`, or the whole message if it is not streamed.
    private static Frame unwrapped(Frame frame, Route route) {
        AwsErrors.check(frame, route);
        var bytes = frame.event().equals("chunk") ? Json.text(frame.object(), "bytes") : "";
        return bytes.isEmpty() ? frame : new Frame("", Base64.getDecoder().decode(bytes));
    }

    @Override public ApiError error(Answer answer, Route route) { return AwsErrors.of(answer, route); }
}
