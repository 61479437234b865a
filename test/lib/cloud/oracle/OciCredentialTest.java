package lib.cloud.oracle;

import module java.base;
import java.security.Signature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Oracle's signature, verified with the public key over the signing string of its documentation.
public class OciCredentialTest {
    public static final KeyPair PAIR = pair();
    private static final Pattern PARTS = Pattern.compile("Signature version=\"1\",keyId=\"(.*)\",algorithm=\"rsa-sha256\",headers=\"(.*)\",signature=\"(.*)\"");

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// In PKCS#8, with Oracle's label behind it.
    public static String pem() { return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(PAIR.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\nOCI_API_KEY\n"; }

    /// In PKCS#1, which stands in PKCS#8 behind a head of 26 bytes.
    static String oldPem() {
        var bytes = PAIR.getPrivate().getEncoded();
        return "-----BEGIN RSA PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(bytes, 26, bytes.length)) + "\n-----END RSA PRIVATE KEY-----\n";
    }

    private static OciCredential with(String... namesAndValues) {
        var values = new HashMap<>(Map.of("OCI_TENANCY", "ocid1.tenancy.oc1..t", "OCI_USER", "ocid1.user.oc1..u", "OCI_FINGERPRINT", "20:3b"));
        for (var i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return new OciCredential(OciProfile.of(new Config(values)));
    }

    private static void verify(Ask ask, String keyId, String headers, String signed) throws GeneralSecurityException {
        var parts = PARTS.matcher(ask.headers().get("authorization"));
        assertTrue(parts.matches(), ask.headers().get("authorization"));
        assertEquals(keyId + "\n" + headers, parts.group(1) + "\n" + parts.group(2));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(PAIR.getPublic());
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        assertTrue(signature.verify(Base64.getDecoder().decode(parts.group(3))), signed);
    }

    @Test void aPostIsSignedWithItsBody() throws GeneralSecurityException {
        var body = "{\"model\":\"世界\"}".getBytes(StandardCharsets.UTF_8);
        for (var pem : new String[]{pem(), oldPem(), pem().replace("\n", "\\n")}) {
            var ask = with("OCI_KEY", pem).signed(Ask.post("https://inference.generativeai.us-chicago-1.oci.oraclecloud.com/openai/v1/chat/completions?a=b%20c", Map.of("content-type", "application/json"), body));
            var digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
            assertEquals(digest, ask.headers().get("x-content-sha256"));
            assertTrue(ask.headers().get("date").matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"), ask.headers().get("date"));
            verify(ask, "ocid1.tenancy.oc1..t/ocid1.user.oc1..u/20:3b", "date (request-target) host x-content-sha256 content-type content-length",
                "date: " + ask.headers().get("date") + "\n(request-target): post /openai/v1/chat/completions?a=b%20c\nhost: inference.generativeai.us-chicago-1.oci.oraclecloud.com\n"
                    + "x-content-sha256: " + digest + "\ncontent-type: application/json\ncontent-length: " + body.length);
        }
    }

    @Test void aGetIsSignedWithoutABody() throws GeneralSecurityException {
        var ask = with("OCI_KEY", pem()).signed(Ask.get("http://127.0.0.1:8080/models", Map.of()));
        verify(ask, "ocid1.tenancy.oc1..t/ocid1.user.oc1..u/20:3b", "date (request-target) host", "date: " + ask.headers().get("date") + "\n(request-target): get /models\nhost: 127.0.0.1:8080");
    }

    @Test void aProfileOfTheFileServesAsWell(@TempDir Path home) throws IOException, GeneralSecurityException {
        Files.createDirectories(home.resolve(".oci/sessions"));
        Files.writeString(home.resolve(".oci/key.pem"), oldPem());
        Files.writeString(home.resolve(".oci/sessions/token"), "session-token\n");
        Files.writeString(home.resolve(".oci/config"), "[DEFAULT]\nuser=u\nfingerprint = f\ntenancy=t\nregion=us-chicago-1\nkey_file=~/.oci/key.pem\n\n[work]\nregion=eu-frankfurt-1\nsecurity_token_file=~/.oci/sessions/token\n");
        var usual = OciProfile.of(new Config(Map.of("HOME", home.toString())));
        assertEquals("us-chicago-1 t/u/f true", usual.region() + " " + usual.keyId() + " " + usual.isWhole());
        var work = OciProfile.of(new Config(Map.of("HOME", home.toString(), "OCI_CLI_PROFILE", "work")));
        assertEquals("eu-frankfurt-1 ST$session-token true", work.region() + " " + work.keyId() + " " + work.isWhole());
        var ask = new OciCredential(work).signed(Ask.get("https://x.example/", Map.of()));
        verify(ask, "ST$session-token", "date (request-target) host", "date: " + ask.headers().get("date") + "\n(request-target): get /\nhost: x.example");
    }

    @Test void aKeyThatCannotBeReadNamesItsVariable() {
        assertEquals("OCI_KEY does not hold an unencrypted private key in PEM format", assertThrows(ApiError.class, () -> with("OCI_KEY", "s3cret")).getMessage());
        var encrypted = assertThrows(ApiError.class, () -> with("OCI_KEY", "-----BEGIN ENCRYPTED PRIVATE KEY-----\ns3cret\n-----END ENCRYPTED PRIVATE KEY-----"));
        assertTrue(encrypted.status() == 400 && encrypted.getMessage().contains("openssl pkcs8") && !encrypted.getMessage().contains("s3cret"), encrypted.getMessage());
        assertEquals("cannot read OCI_KEY_FILE=/none/key.pem", assertThrows(ApiError.class, () -> with("OCI_KEY_FILE", "/none/key.pem")).getMessage());
        assertFalse(OciProfile.of(new Config(Map.of("HOME", "/nobody"))).isWhole());
    }
}
