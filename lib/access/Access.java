package lib.access;

import module java.base;

import lib.config.*;
import lib.model.*;
import lib.wire.*;

/// How a provider is reached. Most need only the constants of their row; a cloud derives base URL and credential from its own
/// settings, and may serve each family of models in another dialect. An access has no state; tokens are kept in the
/// target's credentials.
public interface Access {
    Access BY_KEY = new Access() { };

    /// Claude through Anthropic's API, GPT through Responses, all others in the row's own dialect.
    Access BY_FAMILY = new Access() {
        @Override public Endpoint open(Target target) {
            var dialect = switch (Family.of(target.model())) {
                case CLAUDE -> Dialects.ANTHROPIC;
                case GPT, O_SERIES -> Dialects.RESPONSES;
                default -> target.provider().dialect();
            };
            return target.chosenDialect().isEmpty() && target.provider().speaks(dialect) ? target.endpoint(dialect) : target.endpoint();
        }
    };

    /// The model names a deployment, which is part of the URL, and perhaps an adapter: `<deployment>/<adapter>`.
    /// https://docs.predibase.com/user-guide/inference/migrate-openai
    Access BY_DEPLOYMENT = new Access() {
        @Override public Endpoint endpoint(Target target) {
            var endpoint = Access.super.endpoint(target);
            return endpoint.at(endpoint.base().replace("{model}", target.model().replaceFirst("/.*", "")));
        }
    };

    /// The model names an assistant: `chat/<id>/<model>` or `agent/<id>/<model>`. https://ragflow.io/docs/dev/http_api_reference
    Access BY_ASSISTANT = new Access() {
        @Override public Endpoint endpoint(Target target) {
            var parts = target.model().split("/", 3);
            if (parts.length < 3 || !parts[0].equals("chat") && !parts[0].equals("agent"))
                throw ApiError.invalid(target.provider().id() + ": name the model as chat/<id>/<model> or agent/<id>/<model>");
            var endpoint = Access.super.endpoint(target.withModel(parts[2]));
            return endpoint.at(endpoint.base().replaceFirst("(/api)?/v1$", "") + "/api/v1/" + parts[0] + "s_openai/" + parts[1]);
        }
    };

    /// Fails with a 400 that names what to set if there is no credential.
    default Endpoint endpoint(Target target) { return target.keyed(open(target)); }

    /// The same before a credential is added.
    default Endpoint open(Target target) { return target.endpoint(); }

    /// Whether the settings are sufficient to use the provider.
    default boolean isSet(Provider provider, Config config) { return !config.first(provider.keyVariables()).isEmpty(); }

    /// How to sign in, for providers with a login instead of a key.
    default Optional<SignIn> signIn(Config config) { return Optional.empty(); }
}
