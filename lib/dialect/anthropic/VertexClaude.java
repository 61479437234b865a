package lib.dialect.anthropic;

import module java.base;

import lib.json.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Claude on Vertex AI: Anthropic's API with the model in the path. https://docs.claude.com/en/api/claude-on-vertex-ai
public final class VertexClaude extends Anthropic {
    private static final String VERSION = "vertex-2023-10-16";

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return draft(request, route, request.streams() ? ":streamRawPredict" : ":rawPredict", message -> Json.drop(message, "model"));
    }

    /// https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens
    @Override public Optional<Ask> count(Request request, Route route) {
        var draft = draft(request, route.at(route.base().replaceFirst("[^/]*$", "count-tokens")), ":rawPredict",
            message -> Json.put(message, "model", route.base().replaceFirst(".*/", "")));
        return Optional.of(route.changed(draft, request).ask());
    }

    private static Draft draft(Request request, Route route, String method, Consumer<JsonObject> naming) {
        var message = Json.shallow(fitted(request.message(), route));
        naming.accept(message);
        Json.put(message, "anthropic_version", VERSION);
        var draft = Draft.shared(route.url(method), message);
        var betas = BetaFlags.VERTEX.of(request);
        CloudFields.only(draft, betas);
        BetaFlags.put(draft, betas);
        return draft;
    }
}
