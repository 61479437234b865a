package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;

/// Snowflake Cortex: each account has a host. Claude is served through Anthropic's API, all others through OpenAI's chat. The
/// credential is an access token, a JWT, or a key pair that signs JWTs.
/// https://docs.snowflake.com/en/user-guide/snowflake-cortex/cortex-rest-api
public final class Snowflake implements Access {
    private static final String KIND = "x-snowflake-authorization-token-type", PREFIX = "pat/";

    @Override public Endpoint endpoint(Target target) {
        var account = target.config().get("SNOWFLAKE_ACCOUNT_ID").replace('_', '-');   // no host has an underscore
        return Access.BY_FAMILY.open(target.with(target.config().with("SNOWFLAKE_ACCOUNT_ID", account))).with(credential(target));
    }

    private static Credential credential(Target target) {
        var config = target.config();
        var key = target.key();
        if (!key.isEmpty()) {
            var credential = target.keyCredential(key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key);
            var kind = kind(config, key);
            return kind.isEmpty() ? credential : credential.and(KIND, kind);
        }
        if (!SnowflakeJwt.isSet(config)) throw target.noKey("SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_FILE, or SNOWFLAKE_JWT");
        return target.credentials().get(List.of(SnowflakeJwt.class, config), () -> SnowflakeJwt.of(config))
            .from("SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_FILE").and(KIND, "KEYPAIR_JWT");
    }

    /// LiteLLM marks access tokens with `pat/`. Snowflake detects the kind of other tokens itself.
    private static String kind(Config config, String key) {
        if (key.startsWith(PREFIX) || key.equals(config.get("SNOWFLAKE_PAT"))) return "PROGRAMMATIC_ACCESS_TOKEN";
        return key.equals(config.get("SNOWFLAKE_JWT")) ? "KEYPAIR_JWT" : "";
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || SnowflakeJwt.isSet(config);
    }
}
