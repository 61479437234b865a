package lib.cloud;

import module java.base;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.access.*;
import lib.cloud.oracle.*;
import lib.config.*;
import lib.json.*;
import lib.provider.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A key pair's JWT, verified with the public key, and what stands beside each kind of credential.
class SnowflakeTest {
    private static Endpoint endpoint(String model, String... namesAndValues) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        var config = new Config(values);
        var row = Providers.find("snowflake", config).orElseThrow();
        return row.access().endpoint(new Target(row, new Config.Slot("snowflake", model, "", ""), config, new CredentialCache()));
    }

    private static Map<String, String> proof(Endpoint endpoint) { return endpoint.credential().signed(Ask.get("https://x.example/", Map.of())).headers(); }

    @Test void aKeyPairMakesItsOwnJwtAndKeepsIt(@TempDir Path folder) throws IOException, GeneralSecurityException {
        var file = Files.writeString(folder.resolve("key.p8"), OciCredentialTest.pem());
        var endpoint = endpoint("claude-sonnet-4-5", "SNOWFLAKE_ACCOUNT_ID", "myorg-my_account", "SNOWFLAKE_USER", "jane", "SNOWFLAKE_PRIVATE_KEY_FILE", file.toString());
        assertEquals("https://myorg-my-account.snowflakecomputing.com/api/v2/cortex", endpoint.base());
        assertEquals("KEYPAIR_JWT", proof(endpoint).get("x-snowflake-authorization-token-type"));
        var token = proof(endpoint).get("authorization").substring("Bearer ".length());
        assertEquals(token, proof(endpoint).get("authorization").substring("Bearer ".length()));
        var parts = token.split("\\.");
        assertEquals("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
        var claims = Json.objectIn(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        var fingerprint = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(OciCredentialTest.PAIR.getPublic().getEncoded()));
        assertEquals("MYORG-MY_ACCOUNT.JANE.SHA256:" + fingerprint, Json.text(claims, "iss"));
        assertEquals("MYORG-MY_ACCOUNT.JANE", Json.text(claims, "sub"));
        assertTrue(Json.number(claims, "exp") - Json.number(claims, "iat") <= 3600 && Json.number(claims, "exp") > Instant.now().getEpochSecond());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(OciCredentialTest.PAIR.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
    }

    @Test void eachCredentialSaysWhatItIs() {
        assertEquals("Bearer p PROGRAMMATIC_ACCESS_TOKEN", kind("SNOWFLAKE_API_KEY", "pat/p"));
        assertEquals("Bearer p PROGRAMMATIC_ACCESS_TOKEN", kind("SNOWFLAKE_JWT", "pat/p"));
        assertEquals("Bearer p PROGRAMMATIC_ACCESS_TOKEN", kind("SNOWFLAKE_PAT", "p"));
        assertEquals("Bearer j KEYPAIR_JWT", kind("SNOWFLAKE_JWT", "j"));
        assertEquals("Bearer oauth null", kind("SNOWFLAKE_API_KEY", "oauth"));
    }

    private static String kind(String variable, String value) {
        var headers = proof(endpoint("mistral-large2", "SNOWFLAKE_ACCOUNT_ID", "a", variable, value));
        return headers.get("authorization") + " " + headers.get("x-snowflake-authorization-token-type");
    }

    @Test void anAccountThatIsMissingIsNamed() {
        assertEquals("snowflake: set SNOWFLAKE_ACCOUNT_ID, or SNOWFLAKE_API_BASE to the complete base URL", assertThrows(ApiError.class, () -> endpoint("mistral-large2", "SNOWFLAKE_PAT", "p")).getMessage());
    }
}
