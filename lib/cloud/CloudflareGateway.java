package lib.cloud;

import lib.access.*;
import lib.config.*;

/// Cloudflare's AI Gateway: needs its own token and the key of the provider behind it, unless the gateway stores that key.
/// Models named `anthropic/...` take the path of Anthropic's API, all others the path for any provider.
/// https://developers.cloudflare.com/ai-gateway/configuration/authentication/
public final class CloudflareGateway implements Access {
    private static final String MAKER = "anthropic/", PROVIDER_KEY = "CLOUDFLARE_AI_GATEWAY_PROVIDER_KEY";

    @Override public Endpoint endpoint(Target target) {
        var endpoint = open(target);
        var providerKey = target.config().get(PROVIDER_KEY);
        if (target.key().isEmpty() && providerKey.isEmpty()) return target.keyed(endpoint);   // a gateway may be open to anyone
        var credential = target.keyCredential();
        if (endpoint.dialect() == Dialects.ANTHROPIC && !providerKey.isEmpty())
            return endpoint.with(credential.and("x-api-key", providerKey));
        // The same token identifies the account at Workers AI.
        var behind = providerKey.isEmpty() && target.model().startsWith("workers-ai/") ? target.key() : providerKey;
        return endpoint.with(behind.isEmpty() ? credential : credential.and("authorization", "Bearer " + behind));
    }

    @Override public Endpoint open(Target target) {
        if (!target.model().startsWith(MAKER) || target.chosenDialect().isPresent()) return target.endpoint();
        var base = target.base().replaceFirst("/compat/*$", "/anthropic");
        return target.withModel(target.model().substring(MAKER.length())).withBase(base).endpoint(Dialects.ANTHROPIC);
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || !config.get(PROVIDER_KEY).isEmpty();
    }
}
