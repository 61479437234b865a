package lib.cloud.google;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Google Vertex AI: a URL for each publisher, project and region; a Google credential or an express key.
/// https://cloud.google.com/vertex-ai/generative-ai/docs/learn/locations
public final class Vertex implements Access {
    private static final List<String> PROJECT = List.of("VERTEX_PROJECT_ID", "VERTEXAI_PROJECT", "GOOGLE_CLOUD_PROJECT"),
        LOCATION = List.of("VERTEX_LOCATION", "VERTEXAI_LOCATION", "GOOGLE_CLOUD_LOCATION");

    private final Dialect gemini, claude, open, raw;

    /// The dialects of Google's own models, Anthropic's, the open ones, and those behind rawPredict.
    public Vertex(Dialect gemini, Dialect claude, Dialect open, Dialect raw) {
        this.gemini = gemini;
        this.claude = claude;
        this.open = open;
        this.raw = raw;
    }

    @Override public Endpoint endpoint(Target target) {
        var config = target.config();
        var project = config.first(PROJECT);
        var location = config.first(LOCATION, "global");
        var root = target.base().isEmpty() ? "https://" + host(location) + "/v1" : target.provider().completed(target.base());
        if (!target.key().isEmpty() && project.isEmpty())   // express mode has neither project nor region
            return new Endpoint(gemini, root + "/publishers/google", target.keyCredential(), target.model());
        if (project.isEmpty())
            throw ApiError.invalid(target.provider().id() + ": set " + PROJECT.getFirst() + " to your Google Cloud project");
        return open(target, root + "/projects/" + project + "/locations/" + location).with(credential(target));
    }

    private Endpoint open(Target target, String place) {
        var model = target.model();
        var name = model.substring(model.lastIndexOf('/') + 1);
        return switch (Family.of(model)) {
            case GEMINI, GEMMA -> Endpoint.open(gemini, place + "/publishers/google", model);
            case CLAUDE -> Endpoint.open(claude, place + "/publishers/anthropic/models/" + name, model);
            case MISTRAL -> Endpoint.open(raw, place + "/publishers/mistralai/models/" + name, model);
            case JAMBA -> Endpoint.open(raw, place + "/publishers/ai21/models/" + name, model);
            default -> Endpoint.open(open, place + "/endpoints/openapi", model);
        };
    }

    /// Uses a lambda, because a method reference would load Google's library at start.
    private static Credential credential(Target target) {
        if (!target.key().isEmpty()) return target.keyCredential();
        return target.credentials().get(List.of("google", target.config()), () -> new GoogleCredential(target.config()));
    }

    private static String host(String location) {
        return switch (location) {
            case "global" -> "aiplatform.googleapis.com";
            case "us", "eu" -> "aiplatform." + location + ".rep.googleapis.com";
            default -> location + "-aiplatform.googleapis.com";
        };
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return !config.first(PROJECT).isEmpty() || Access.super.isSet(provider, config);
    }
}
