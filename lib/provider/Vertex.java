package lib.provider;

import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.List;

/// Google Vertex AI: one address for each publisher, project and region; a Google credential, or an express key.
/// https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
final class Vertex implements Access {
    private static final List<String> PROJECT = List.of("VERTEX_PROJECT_ID", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT"),
        LOCATION = List.of("VERTEX_LOCATION", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION");

    private final Dialect gemini, claude, open, raw;
    private final Identities identities = new Identities(config -> new GoogleCredential(config));   // a reference to it would load Google's library at start

    /// The tongues of Google's own models, Anthropic's, the open ones, and those that are asked by rawPredict.
    Vertex(Dialect gemini, Dialect claude, Dialect open, Dialect raw) {
        this.gemini = gemini;
        this.claude = claude;
        this.open = open;
        this.raw = raw;
    }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var project = config.first(PROJECT);
        var location = config.first(LOCATION).isEmpty() ? "global" : config.first(LOCATION);
        var root = base.isEmpty() ? "https://" + host(location) + "/v1" : row.baseOf(base);
        if (!key.isEmpty() && project.isEmpty()) return new Way(gemini, root + "/publishers/google", row.keyed(key), model);   // express mode has neither project nor region
        if (project.isEmpty()) throw new ApiError(400, row.id() + ": set " + PROJECT.getFirst() + " to your Google Cloud project");
        var place = root + "/projects/" + project + "/locations/" + location;
        var credential = key.isEmpty() ? identities.of(config) : row.keyed(key);
        var name = model.substring(model.lastIndexOf('/') + 1);
        if (name.startsWith("gemini") || name.startsWith("gemma")) return new Way(gemini, place + "/publishers/google", credential, model);
        if (name.startsWith("claude")) return new Way(claude, place + "/publishers/anthropic/models/" + name, credential, model);
        if (name.startsWith("mistral") || name.startsWith("codestral")) return new Way(raw, place + "/publishers/mistralai/models/" + name, credential, model);
        if (name.startsWith("jamba")) return new Way(raw, place + "/publishers/ai21/models/" + name, credential, model);
        return new Way(open, place + "/endpoints/openapi", credential, model);
    }

    private static String host(String location) {
        return switch (location) {
            case "global" -> "aiplatform.googleapis.com";
            case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
            default -> location + "-aiplatform.googleapis.com";
        };
    }

    @Override public boolean isSet(Provider row, Config config) { return !config.first(PROJECT).isEmpty() || Access.super.isSet(row, config); }
}
