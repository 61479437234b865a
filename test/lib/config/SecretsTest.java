package lib.config;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Secrets in every form in which a header, a URL or an error may show them.
class SecretsTest {
    private static String masked(String name, String value, String text) { return new Config(Map.of(name, value)).secrets().masked(text); }

    private static String base64(String text) { return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)); }

    @ParameterizedTest @ValueSource(strings = {"HTTPS_PROXY", "ALL_PROXY", "http_proxy", "ACME_API_BASE"})
    void thePasswordInAUrl(String name) {
        assertEquals("http://me:***@proxy:3128", masked(name, "http://me:open%20sesame@proxy:3128", "http://me:open%20sesame@proxy:3128"));
        assertEquals("wrong password ***", masked(name, "http://me:open%20sesame@proxy:3128", "wrong password open sesame"));
    }

    @Test void theKeyInAUrl() {
        assertEquals("GET https://acme.example/v1?v=2024-10-21&api-key=***", masked("ACME_API_BASE", "https://acme.example/v1?v=2024-10-21&api-key=very-secret", "GET https://acme.example/v1?v=2024-10-21&api-key=very-secret"));
    }

    @ParameterizedTest @ValueSource(strings = {"AICORE_SERVICE_KEY", "VERTEXAI_CREDENTIALS", "GOOGLE_SERVICE_ACCOUNT_KEY"})
    void whatAJsonTextHolds(String name) {
        var json = """
            {"clientid": "sb-1234567", "clientsecret": "very$secret=", "url": "https://acme.example/oauth/token", "token_uri": "https://acme.example/token",
             "uaa": {"client_secret": "deep-secret"}, "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkq\\nhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY-----\\n"}""";
        assertEquals("*** *** *** sb-1234567 https://acme.example/token", masked(name, json, "very$secret= deep-secret hkiG9w0BAQEFAASC sb-1234567 https://acme.example/token"));
        assertEquals("as JSON \"***\\n\"", masked(name, json, "as JSON \"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkq\\nhkiG9w0BAQEFAASC\\n-----END PRIVATE KEY-----\\n\""));
    }

    @ParameterizedTest @ValueSource(strings = {"sesame-open", "a/b+c=d?e&f", "p\u00e4ss w\u00f6rd \"x\"", "\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe\u00ff\u00fe", "12345678", "123456789", "1234567890"})
    void itsEncodedForms(String secret) {
        for (var around : List.of("", "x", "me:", "user:", "client-id:")) for (var after : List.of("", "x", ":y", "@host")) {
            var basic = base64(around + secret + after);
            for (var form : List.of(basic, basic.replace('+', '-').replace('/', '_'))) {
                var left = masked("ACME_API_KEY", secret, "Basic " + form).replaceFirst("Basic ", "");
                assertEquals(1, left.split("\\*\\*\\*", -1).length - 1, form + " became " + left);
            }
        }
        for (var form : List.of(URLEncoder.encode(secret, StandardCharsets.UTF_8), URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"), secret.replace("\"", "\\\"")))
            assertEquals("key=***&x", masked("ACME_API_KEY", secret, "key=" + form + "&x"));
    }

    @Test void aShortOneWouldMaskHalfAText() { assertEquals("a short text", masked("ACME_API_KEY", "short", "a short text")); }
}
