package lib.provider;

import lib.dialect.Credential;

/// Cloudflare's AI Gateway: its own token beside the key of the provider behind it, which it may have stored.
/// Claude goes by the path of Anthropic's API, all others by the one for any provider.
/// https://developers.cloudflare.com/ai-gateway/configuration/authentication/
final class CloudflareGateway implements Access {
    private static final String MAKER = "anthropic/";

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var behind = config.get("CLOUDFLARE_AI_GATEWAY_PROVIDER_KEY");
        var claude = model.startsWith(MAKER) && row.chosen(config).isEmpty();
        var surface = claude ? row.speaking(Dialects.ANTHROPIC, base.replaceFirst("/compat/*$", "/anthropic"), config) : row.surface(base, config);
        var proof = key.isEmpty() ? Credential.none() : row.keyed(key);   // a gateway may be open to anyone
        if (behind.isEmpty() && model.startsWith("workers-ai/")) proof = proof.and("authorization", "Bearer " + key);   // Workers AI knows the account by the same token
        if (!behind.isEmpty()) proof = surface.dialect() == Dialects.ANTHROPIC ? proof.and("x-api-key", behind) : proof.and("authorization", "Bearer " + behind);
        if (key.isEmpty() && behind.isEmpty()) return Access.super.way(row, config, model, base, key);   // which says what to set
        return new Way(surface.dialect(), surface.base(), proof, claude ? model.substring(MAKER.length()) : model);
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || !config.get("CLOUDFLARE_AI_GATEWAY_PROVIDER_KEY").isEmpty(); }
}
