package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

/// Azure's resources: the address is the customer's own, the credential a key or an Entra token.
/// https://learn.microsoft.com/azure/ai-foundry/openai/reference
abstract sealed class Azure implements Access {
    private final Identities identities;

    private Azure(String scope) { this.identities = new Identities(config -> new EntraCredential(config, scope)); }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        if (base.isEmpty()) throw ApiError.invalid(row.id() + ": set " + row.baseVariables().getFirst() + " to the address of your resource, such as " + row.base());
        return way(row.baseOf(base.replaceFirst("\\?.*", "")), config, model, credential(row, config, key));
    }

    abstract Way way(String address, Config config, String model, Credential credential);

    private Credential credential(Provider row, Config config, String key) {
        if (!key.isEmpty()) return row.keyed(key);
        var given = config.get("AZURE_AD_TOKEN");
        return given.isEmpty() ? identities.of(config) : Credential.bearer(given);
    }

    @Override public boolean isSet(Provider row, Config config) {
        return !config.first(row.baseVariables()).isEmpty() && (Access.super.isSet(row, config) || !config.get("AZURE_AD_TOKEN").isEmpty() || EntraCredential.isSet(config));
    }

    /// Azure OpenAI: deployments with an api-version, or the v1 API where the address ends in /openai/v1.
    static final class OpenAi extends Azure {
        private static final String VERSION = "2024-10-21";

        private final Dialect classic, v1;

        OpenAi(Dialect classic, Dialect v1) {
            super("https://cognitiveservices.azure.com/.default");
            this.classic = classic;
            this.v1 = v1;
        }

        @Override Way way(String address, Config config, String model, Credential credential) {
            if (address.endsWith("/openai/v1")) return new Way(v1, address, credential, model);
            var version = config.get("AZURE_API_VERSION").isEmpty() ? VERSION : config.get("AZURE_API_VERSION");
            var root = address.replaceFirst("/openai(/deployments/[^/]+)?$", "");
            return version.equals("v1") ? new Way(v1, root + "/openai/v1", credential, model)
                : new Way(classic, root + "/openai/deployments/{model}?api-version=" + version, credential, model);
        }
    }

    /// Azure AI Foundry: Claude by Anthropic's API, all other models by model inference, at one address.
    /// https://learn.microsoft.com/azure/ai-foundry/foundry-models/concepts/endpoints
    static final class Foundry extends Azure {
        private static final String VERSION = "2024-05-01-preview";

        private final Dialect claude, inference, v1;

        Foundry(Dialect claude, Dialect inference, Dialect v1) {
            super("https://ai.azure.com/.default");
            this.claude = claude;
            this.inference = inference;
            this.v1 = v1;
        }

        @Override Way way(String address, Config config, String model, Credential credential) {
            var root = address.replaceFirst("/(models|anthropic(/v1)?)$", "");
            if (root.endsWith("/openai/v1")) return new Way(v1, root, credential, model);
            if (model.contains("claude")) return new Way(claude, root + "/anthropic", credential, model);
            var version = config.get("AZURE_AI_API_VERSION").isEmpty() ? VERSION : config.get("AZURE_AI_API_VERSION");
            // A field that the service does not know would be an error: the model may know it.
            return new Way(inference, root + "/models?api-version=" + version, credential.and("extra-parameters", "pass-through"), model);
        }
    }
}
