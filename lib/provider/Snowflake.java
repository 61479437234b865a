package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;

/// Snowflake Cortex: an account's host; Claude by Anthropic's API, all others by OpenAI's chat; an access token, a JWT,
/// or a key pair of which JWTs are made. https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api
final class Snowflake implements Access {
    private static final String KIND = "x-snowflake-authorization-token-type", PREFIX = "pat/";

    private final Identities keyPairs = new Identities(SnowflakeJwt::new);

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var surface = Access.BY_FAMILY.surface(row, config.with("SNOWFLAKE_ACCOUNT_ID", config.get("SNOWFLAKE_ACCOUNT_ID").replace('_', '-')), model, base);   // no host has an underscore
        return new Way(surface.dialect(), surface.base(), credential(row, config, key), model);
    }

    private Credential credential(Provider row, Config config, String key) {
        if (!key.isEmpty()) {
            var proof = row.keyed(key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key);
            var kind = kind(config, key);
            return kind.isEmpty() ? proof : proof.and(KIND, kind);
        }
        if (!SnowflakeJwt.isSet(config)) throw new ApiError(401, "no key for " + row.id() + ": set SNOWFLAKE_PAT, or SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_FILE, or SNOWFLAKE_JWT");
        return keyPairs.of(config).and(KIND, "KEYPAIR_JWT");
    }

    /// LiteLLM marks an access token by `pat/`. Where nobody says what a token is, Snowflake tells by the token.
    private static String kind(Config config, String key) {
        if (key.startsWith(PREFIX) || key.equals(config.get("SNOWFLAKE_PAT"))) return "PROGRAMMATIC_ACCESS_TOKEN";
        return key.equals(config.get("SNOWFLAKE_JWT")) ? "KEYPAIR_JWT" : "";
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || SnowflakeJwt.isSet(config); }
}
