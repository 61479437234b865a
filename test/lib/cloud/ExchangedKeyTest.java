package lib.cloud;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lib.access.*;
import lib.config.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Keys that are exchanged for tokens, against a token server on loopback: what is posted, how long a token is kept,
/// and what a refusal says.
class ExchangedKeyTest {
    private final MockWebServer tokens = new MockWebServer();

    @BeforeEach void start() throws IOException { tokens.start(); }

    @AfterEach void stop() { tokens.close(); }

    private String address() { return "http://127.0.0.1:" + tokens.getPort(); }

    private void answers(int status, String body) { tokens.enqueue(new MockResponse.Builder().code(status).body(body).build()); }

    private final CredentialCache credentials = new CredentialCache();

    /// As a route asks for it: each time again, from the settings.
    private Credential credential(String provider, String model, String... namesAndValues) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        var config = new Config(values);
        var row = Providers.find(provider, config).orElseThrow();
        return row.access().endpoint(new Target(row, new Config.Slot(provider, model, "", ""), config, credentials)).credential();
    }

    private static String proof(Credential credential) { return credential.signed(Ask.get("http://provider.example/", Map.of())).headers().get("authorization"); }

    private static void holds(RecordedRequest request, String target, String... parts) {
        assertEquals("POST " + target, request.getMethod() + " " + request.getTarget());
        assertEquals("application/x-www-form-urlencoded", request.getHeaders().get("content-type"));
        for (var part : parts) assertTrue(("&" + request.getBody().utf8() + "&").contains("&" + part + "&"), request.getBody().utf8());
    }

    private static void refused(Credential credential, String secret, String... parts) {
        var error = assertThrows(ApiError.class, () -> proof(credential));
        assertEquals(401, error.status());
        for (var part : parts) assertTrue(error.getMessage().contains(part), error.getMessage());
        assertFalse(error.getMessage().contains(secret), error.getMessage());
    }

    private Credential ibm(String key) {
        return credential("watsonx", "ibm/granite-4-h-small", "WATSONX_API_KEY", key, "WATSONX_PROJECT_ID", "p", "WATSONX_IAM_URL", address() + "/identity/token");
    }

    /// https://cloud.ibm.com/docs/account?topic=account-iamtoken_from_apikey
    @Test void ibmTakesItsKeyAsAForm() throws InterruptedException {
        answers(200, "{\"access_token\":\"t1\",\"refresh_token\":\"not_supported\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"expiration\":1473188353,\"scope\":\"ibm openid\"}");
        assertEquals("Bearer t1", proof(ibm("k/1")));
        assertEquals("Bearer t1", proof(ibm("k/1")));   // the same settings are the same identity
        assertEquals(1, tokens.getRequestCount());
        holds(tokens.takeRequest(), "/identity/token", "grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey", "apikey=k%2F1");
    }

    @Test void ibmsTokenIsRenewedAtItsEnd() {
        answers(200, "{\"access_token\":\"old\",\"expires_in\":0}");
        answers(200, "{\"access_token\":\"new\",\"expires_in\":3600}");
        assertEquals("Bearer old", proof(ibm("renewed")));
        assertEquals("Bearer new", proof(ibm("renewed")));
        assertEquals("Bearer new", proof(ibm("renewed")));
        assertEquals(2, tokens.getRequestCount());
    }

    @Test void ibmsRefusalNamesTheVariable() {
        answers(400, "{\"errorCode\":\"BXNIM0415E\",\"errorMessage\":\"Provided API key could not be found.\",\"context\":{\"requestId\":\"r\"}}");
        refused(ibm("wrong-key"), "wrong-key", "Provided API key could not be found", "WATSONX_API_KEY");
    }

    private Credential sber(String key) {
        return credential("gigachat", "GigaChat-2", "GIGACHAT_CREDENTIALS", key, "GIGACHAT_AUTH_URL", address() + "/api/v2/oauth");
    }

    /// https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-token
    @Test void sberTakesItsKeyAsBasicAndAnIdOfEachAsking() throws InterruptedException {
        answers(200, "{\"access_token\":\"t1\",\"expires_at\":" + Instant.now().minusSeconds(1).toEpochMilli() + "}");
        answers(200, "{\"access_token\":\"t2\",\"expires_at\":" + Instant.now().plusSeconds(1800).getEpochSecond() + "}");   // the documentation's own example is in seconds
        for (var token : new String[]{"t1", "t2", "t2"}) assertEquals("Bearer " + token, proof(sber("a2V5OnNlY3JldA==")));
        assertEquals(2, tokens.getRequestCount());
        var first = tokens.takeRequest();
        holds(first, "/api/v2/oauth", "scope=GIGACHAT_API_PERS");
        assertEquals("Basic a2V5OnNlY3JldA==", first.getHeaders().get("authorization"));
        assertNotEquals(UUID.fromString(first.getHeaders().get("RqUID")), UUID.fromString(tokens.takeRequest().getHeaders().get("RqUID")));
    }

    @Test void sbersRefusalNamesTheVariables() {
        answers(401, "{\"code\":6,\"message\":\"credentials doesn't match db data\"}");
        refused(sber("d3Jvbmc6a2V5"), "d3Jvbmc6a2V5", "credentials doesn't match db data", "GIGACHAT_CREDENTIALS", "GIGACHAT_SCOPE");
    }

    private Credential databricks(String secret) {
        return credential("databricks", "databricks-gpt-oss-120b", "DATABRICKS_HOST", address(), "DATABRICKS_CLIENT_ID", "principal", "DATABRICKS_CLIENT_SECRET", secret);
    }

    /// https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
    @Test void databricksTakesAPrincipalAsBasicAtItsWorkspace() throws InterruptedException {
        answers(200, "{\"access_token\":\"t1\",\"scope\":\"all-apis\",\"token_type\":\"Bearer\",\"expires_in\":0}");
        answers(200, "{\"access_token\":\"t2\",\"scope\":\"all-apis\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        for (var token : new String[]{"t1", "t2", "t2"}) assertEquals("Bearer " + token, proof(databricks("dose-secret")));
        assertEquals(2, tokens.getRequestCount());
        var request = tokens.takeRequest();
        holds(request, "/oidc/v1/token", "grant_type=client_credentials", "scope=all-apis");
        assertEquals("Basic cHJpbmNpcGFsOmRvc2Utc2VjcmV0", request.getHeaders().get("authorization"));
    }

    @Test void databricksRefusalNamesTheVariables() {
        answers(401, "{\"error\":\"invalid_client\",\"error_description\":\"Client authentication failed\"}");
        refused(databricks("dose-wrong"), "dose-wrong", "Client authentication failed", "DATABRICKS_CLIENT_SECRET");
    }

    /// And may be asked again: no key is wrong.
    @Test void aTokenServerThatIsNotThereIsNamed() {
        var error = assertThrows(ApiError.class, () -> proof(credential("gigachat", "GigaChat-2", "GIGACHAT_CREDENTIALS", "d3Jvbmc6a2V5", "GIGACHAT_AUTH_URL", "http://127.0.0.1:1/oauth")));
        assertTrue(!error.isFinal() && error.getMessage().contains("127.0.0.1:1") && error.getMessage().contains("GigaChat") && !error.getMessage().contains("d3Jvbmc6a2V5"), error.getMessage());
    }

    @Test void withoutAnyKeyTheVariablesAreNamed() {
        for (var provider : new String[]{"watsonx", "gigachat", "databricks"}) {
            var error = assertThrows(ApiError.class, () -> credential(provider, "m", "WATSONX_PROJECT_ID", "p", "DATABRICKS_HOST", "workspace.example"));
            assertEquals(400, error.status());
            assertTrue(error.getMessage().matches("no key for " + provider + ": set (WATSONX_API_KEY|GIGACHAT_CREDENTIALS|DATABRICKS_TOKEN), or .*(TOKEN|CLIENT_SECRET).*"), error.getMessage());
        }
    }
}
