package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Hash;
import lib.wire.Json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/// JWTs of a key pair, which Snowflake takes for an hour at most.
/// https://docs.snowflake.com/en/developer-guide/sql-api/authenticating#using-key-pair-authentication
final class SnowflakeJwt implements Credential {
    private static final Duration LIFE = Duration.ofMinutes(59);

    private final RSAPrivateCrtKey key;
    private final String subject;
    private final Token token;

    SnowflakeJwt(Config config) {
        var account = config.get("SNOWFLAKE_ACCOUNT_ID");
        if (account.isEmpty()) throw new ApiError(401, "SNOWFLAKE_USER is set, but not SNOWFLAKE_ACCOUNT_ID");
        this.key = config.get("SNOWFLAKE_PRIVATE_KEY").isEmpty() ? Pem.inFile(config.get("SNOWFLAKE_PRIVATE_KEY_FILE"), "SNOWFLAKE_PRIVATE_KEY_FILE")
            : Pem.key(config.get("SNOWFLAKE_PRIVATE_KEY"), "SNOWFLAKE_PRIVATE_KEY");
        this.subject = (account.replaceFirst("\\..*", "") + "." + config.get("SNOWFLAKE_USER")).toUpperCase(Locale.ROOT);   // without the region of an old locator
        this.token = new Token(config.secrets(), this::make);
    }

    static boolean isSet(Config config) { return !config.get("SNOWFLAKE_USER").isEmpty() && !(config.get("SNOWFLAKE_PRIVATE_KEY") + config.get("SNOWFLAKE_PRIVATE_KEY_FILE")).isEmpty(); }

    @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token.value()); }

    @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

    private Token.Grant make() {
        var now = Instant.now();
        try {
            var open = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())).getEncoded();
            var fingerprint = Base64.getEncoder().encodeToString(Hash.of(open));
            var claims = Json.object("iss", subject + ".SHA256:" + fingerprint, "sub", subject, "iat", now.getEpochSecond(), "exp", now.plus(LIFE).getEpochSecond());
            var text = encoded(Json.bytes(Json.object("alg", "RS256", "typ", "JWT"))) + "." + encoded(Json.bytes(claims));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return new Token.Grant(text + "." + encoded(signature.sign()), now.plus(LIFE));
        } catch (GeneralSecurityException e) {
            throw new ApiError(401, "no JWT can be made with the key of SNOWFLAKE_PRIVATE_KEY_FILE: " + e.getMessage());
        }
    }

    private static String encoded(byte[] bytes) { return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes); }
}
