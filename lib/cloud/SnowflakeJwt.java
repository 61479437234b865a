package lib.cloud;

import module java.base;
import java.security.Signature;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Signs JWTs with a key pair. Snowflake accepts one for an hour at most.
/// https://docs.snowflake.com/en/developer-guide/sql-api/authenticating#using-key-pair-authentication
final class SnowflakeJwt {
    private static final Duration LIFE = Duration.ofMinutes(59);
    private static final String KEY = "SNOWFLAKE_PRIVATE_KEY", KEY_FILE = "SNOWFLAKE_PRIVATE_KEY_FILE";

    private final RSAPrivateCrtKey key;
    private final String subject;

    private SnowflakeJwt(Config config) {
        var account = config.get("SNOWFLAKE_ACCOUNT_ID");
        if (account.isEmpty()) throw ApiError.invalid("SNOWFLAKE_USER is set, but not SNOWFLAKE_ACCOUNT_ID");
        var pem = config.get(KEY);
        this.key = pem.isEmpty() ? Pem.inFile(config.get(KEY_FILE), KEY_FILE) : Pem.key(pem, KEY);
        var locator = account.replaceFirst("\\..*", "");   // without the region in old ones
        this.subject = (locator + "." + config.get("SNOWFLAKE_USER")).toUpperCase(Locale.ROOT);
    }

    static Credential of(Config config) { return Token.bearer(config.secrets(), new SnowflakeJwt(config)::make); }

    static boolean isSet(Config config) {
        return !config.get("SNOWFLAKE_USER").isEmpty() && !(config.get(KEY) + config.get(KEY_FILE)).isEmpty();
    }

    private Token.Grant make() {
        var now = Instant.now();
        try {
            var publicKey = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            var fingerprint = Base64.getEncoder().encodeToString(Hash.of(publicKey.getEncoded()));
            var claims = Json.object("iss", subject + ".SHA256:" + fingerprint, "sub", subject,
                "iat", now.getEpochSecond(), "exp", now.plus(LIFE).getEpochSecond());
            var text = encoded(Json.bytes(Json.object("alg", "RS256", "typ", "JWT"))) + "." + encoded(Json.bytes(claims));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return new Token.Grant(text + "." + encoded(signature.sign()), now.plus(LIFE));
        } catch (GeneralSecurityException e) {
            throw ApiError.invalid("cannot sign a JWT with the key in " + KEY + " or " + KEY_FILE + ": " + e.getMessage());
        }
    }

    private static String encoded(byte[] bytes) { return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); }
}
