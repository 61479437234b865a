package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Azure's resources: each customer has a URL; the credential is a key or an Entra token.
/// https://learn.microsoft.com/azure/ai-foundry/openai/reference
public abstract sealed class Azure implements Access {
    private final String scope;

    private Azure(String scope) { this.scope = scope; }

    @Override public Endpoint endpoint(Target target) {
        var provider = target.provider();
        if (target.base().isEmpty())
            throw ApiError.invalid(provider.id() + ": set " + provider.baseVariables().getFirst() + " to the address of your resource, "
                + "such as " + provider.base());
        return endpoint(target, provider.completed(target.base().replaceFirst("\\?.*", "")), credential(target));
    }

    abstract Endpoint endpoint(Target target, String address, Credential credential);

    private Credential credential(Target target) {
        var config = target.config();
        if (!target.key().isEmpty()) return target.keyCredential();
        var token = config.get("AZURE_AD_TOKEN");
        if (!token.isEmpty()) return Credential.bearer(token).from("AZURE_AD_TOKEN");
        return target.credentials().get(List.of(EntraCredential.class, config, scope), () -> new EntraCredential(config, scope));
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return !config.first(provider.baseVariables()).isEmpty()
            && (Access.super.isSet(provider, config) || !config.get("AZURE_AD_TOKEN").isEmpty() || EntraCredential.isSet(config));
    }

    /// Azure OpenAI: deployments with an api-version, or the v1 API if the address ends in /openai/v1.
    public static final class OpenAi extends Azure {
        private static final String VERSION = "2024-10-21";

        private final Dialect classic, v1;

        public OpenAi(Dialect classic, Dialect v1) {
            super("https://cognitiveservices.azure.com/.default");
            this.classic = classic;
            this.v1 = v1;
        }

        @Override Endpoint endpoint(Target target, String address, Credential credential) {
            if (address.endsWith("/openai/v1")) return new Endpoint(v1, address, credential, target.model());
            var version = target.config().get("AZURE_API_VERSION", VERSION);
            var root = address.replaceFirst("/openai(/deployments/[^/]+)?$", "");
            return version.equals("v1") ? new Endpoint(v1, root + "/openai/v1", credential, target.model())
                : new Endpoint(classic, root + "/openai/deployments/{model}?api-version=" + version, credential, target.model());
        }
    }

    /// Azure AI Foundry: Claude through Anthropic's API, all other models through model inference.
    /// https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
    public static final class Foundry extends Azure {
        private static final String VERSION = "2024-05-01-preview";

        private final Dialect claude, inference, v1;

        public Foundry(Dialect claude, Dialect inference, Dialect v1) {
            super("https://ai.azure.com/.default");
            this.claude = claude;
            this.inference = inference;
            this.v1 = v1;
        }

        @Override Endpoint endpoint(Target target, String address, Credential credential) {
            var root = address.replaceFirst("/(models|anthropic(/v1)?)$", "");
            var model = target.model();
            if (root.endsWith("/openai/v1")) return new Endpoint(v1, root, credential, model);
            if (Family.of(model) == Family.CLAUDE) return new Endpoint(claude, root + "/anthropic", credential, model);
            var version = target.config().get("AZURE_AI_API_VERSION", VERSION);
            // Otherwise the service refuses fields that only the model knows.
            var passing = credential.and("extra-parameters", "pass-through");
            return new Endpoint(inference, root + "/models?api-version=" + version, passing, model);
        }
    }
}
