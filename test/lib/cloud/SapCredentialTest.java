package lib.cloud;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A service key's client against a server on loopback that gives tokens and lists deployments.
class SapCredentialTest {
    private final MockWebServer sap = new MockWebServer();

    @BeforeEach void start() throws IOException { sap.start(); }

    @AfterEach void stop() { sap.close(); }

    private String address() { return "http://127.0.0.1:" + sap.getPort(); }

    private void replies(int status, String body) { sap.enqueue(new MockResponse.Builder().code(status).body(body).build()); }

    private void grants(String token, int seconds) { replies(200, "{\"token_type\":\"bearer\",\"expires_in\":" + seconds + ",\"access_token\":\"" + token + "\"}"); }

    private SapCredential withVariables() {
        var config = new Config(Map.of("AICORE_CLIENT_ID", "sb-1|xsuaa", "AICORE_CLIENT_SECRET", "s/cret=", "AICORE_AUTH_URL", address() + "/oauth/token", "AICORE_RESOURCE_GROUP", "mine"));
        return new SapCredential(config, SapCredential.Service.of(config, ""), address() + "/v2");
    }

    private static SapCredential.Service ofKey(String key) { return SapCredential.Service.of(new Config(Map.of("AICORE_SERVICE_KEY", key)), key); }

    private Ask ask(String deployment) { return Ask.post(address() + "/v2/inference/deployments/" + deployment + "/v2/completion", Map.of(), new byte[0]); }

    @Test void theClientIsPostedAsAFormAndItsTokenKept() throws InterruptedException {
        grants("t1", 43199);
        var credential = withVariables();
        var signed = credential.signed(ask("d1"));
        assertEquals("Bearer t1 mine", signed.headers().get("authorization") + " " + signed.headers().get("ai-resource-group"));
        assertEquals("Bearer t1", credential.signed(ask("d1")).headers().get("authorization"));
        assertEquals(ask("d1").url(), signed.url());
        var request = sap.takeRequest();
        assertEquals("POST /oauth/token", request.getMethod() + " " + request.getTarget());
        assertEquals("grant_type=client_credentials&client_id=sb-1%7Cxsuaa&client_secret=s%2Fcret%3D", request.getBody().utf8());
        assertEquals(1, sap.getRequestCount());
    }

    @Test void aTokenAtItsEndIsRenewed() {
        grants("old", 0);
        grants("new", 43199);
        var credential = withVariables();
        assertEquals("Bearer old", credential.signed(ask("d1")).headers().get("authorization"));
        assertEquals("Bearer new", credential.signed(ask("d1")).headers().get("authorization"));
    }

    @Test void theDeploymentIsLookedUpOnce() throws InterruptedException {
        grants("t1", 43199);
        replies(200, "{\"resources\":[{\"id\":\"d7\",\"scenarioId\":\"orchestration\",\"createdAt\":\"2025-01-01T00:00:00Z\"},{\"id\":\"x\",\"scenarioId\":\"foundation-models\",\"createdAt\":\"2026-01-01T00:00:00Z\"}]}");
        var credential = withVariables();
        for (var i = 0; i < 2; i++) assertEquals(ask("d7").url(), credential.signed(ask("orchestration")).url());
        sap.takeRequest();
        var request = sap.takeRequest();
        assertEquals("GET /v2/lm/deployments?scenarioId=orchestration&status=RUNNING mine", request.getMethod() + " " + request.getTarget() + " " + request.getHeaders().get("ai-resource-group"));
        assertEquals(2, sap.getRequestCount());
    }

    @Test void aRefusalIsA401ThatSaysWhatToDoAndKeepsTheSecret() {
        replies(401, "{\"error\":\"unauthorized\",\"error_description\":\"Bad credentials\"}");
        var error = assertThrows(ApiError.class, () -> withVariables().signed(ask("d1")));
        assertEquals(401, error.status());
        assertTrue(error.getMessage().contains("Bad credentials") && error.getMessage().contains("AICORE_CLIENT_SECRET"), error.getMessage());
        assertFalse(error.getMessage().contains("s/cret"));
    }

    @Test void aRefusedListSaysSo() {
        grants("t1", 43199);
        replies(403, "{\"error\":{\"code\":\"02010060\",\"message\":\"Resource group unknown\"}}");
        var error = assertThrows(ApiError.class, () -> withVariables().signed(ask("orchestration")));
        assertEquals("403 SAP AI Core did not list its deployments (403): Resource group unknown", error.status() + " " + error.getMessage());
    }

    @Test void aServiceKeyIsReadWithOrWithoutItsEnvelope() {
        var key = "{\"clientid\":\"c\",\"clientsecret\":\"s\",\"url\":\"https://a\",\"serviceurls\":{\"AI_API_URL\":\"https://b\"}}";
        for (var given : new String[]{key, "{\"credentials\":" + key + "}"}) {
            var service = ofKey(given);
            assertEquals("c s https://a https://b", String.join(" ", service.client(), service.secret(), service.auth(), service.api()));
            assertFalse(service.toString().contains("s "));
        }
    }

    @Test void aKeyThatCannotServeSaysWhy() {
        assertEquals("AICORE_SERVICE_KEY is not the JSON of a service key", assertThrows(ApiError.class, () -> ofKey("s3cret")).getMessage());
        assertEquals("AICORE_SERVICE_KEY has no clientsecret: FreeCC needs a service key with a secret, not with a certificate",
            assertThrows(ApiError.class, () -> ofKey("{\"clientid\":\"c\",\"certificate\":\"x\"}")).getMessage());
    }
}
