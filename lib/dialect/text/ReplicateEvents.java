package lib.dialect.text;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Replicate's predictions: the first response says only where to stream the text, or where to poll for it.
/// https://replicate.com/docs/topics/predictions/streaming
final class ReplicateEvents {
    private ReplicateEvents() {}

    /// A model, `owner/name:version` of one, or `deployments/owner/name`.
    static String path(String model) {
        if (model.startsWith("deployments/")) return "/" + model + "/predictions";
        return model.contains(":") ? "/predictions" : "/models/" + model + "/predictions";
    }

    static JsonObject versioned(String model, JsonObject body) {
        if (model.contains(":")) Json.put(body, "version", model.substring(model.indexOf(':') + 1));
        return body;
    }

    static void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard) {
        var out = new ThoughtSignatures(terms, heard);
        var tags = new ThinkTags(terms, out);
        for (var frame : frames) switch (frame.event()) {
            case "output" -> tags.write(frame.data());   // plain text, possibly only a line break
            case "logs" -> { }
            case "error" -> throw Errors.inside(Json.isObject(frame.data())
                ? frame.object() : Json.object("error", frame.data()), terms.route());
            case "done" -> {
                if (!Json.isObject(frame.data())) throw ApiError.brokenOff();   // the reason is missing
                var reason = Json.text(frame.json(), "reason");
                tags.end();
                out.accept(StopReason.of(reason));
                return;
            }
            default -> {
                prediction(TextEvents.tree(frame, terms.route()), tags, out);
                return;
            }
        }
        throw ApiError.brokenOff();
    }

    /// The prediction itself: ended, or to be fetched from elsewhere.
    private static void prediction(JsonElement said, ThinkTags tags, Consumer<Event> out) {
        var status = Json.text(said, "status");
        switch (status) {
            case "succeeded" -> {
                tags.write(Json.text(said, "output") + Json.list(said, "output").stream().map(Json::spelled).collect(Collectors.joining()));
                tags.end();
                out.accept(TextEvents.usage(Json.number(said, "metrics", "input_token_count"),
                    Json.number(said, "metrics", "output_token_count")));
                out.accept(StopReason.of(status));
            }
            case "starting", "processing", "queued" -> {
                var streamed = Json.text(said, "urls", "stream");
                throw new FetchElsewhere(streamed.isEmpty() ? Json.text(said, "urls", "get") : streamed);
            }
            default -> throw new ApiError(500, "the prediction ended with status " + status);
        }
    }
}
