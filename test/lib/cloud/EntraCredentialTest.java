package lib.cloud;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every source of an Entra token, against a token server on loopback.
class EntraCredentialTest {
    private static final String SCOPE = "https://cognitiveservices.azure.com/.default";
    private final MockWebServer entra = new MockWebServer();

    @BeforeEach void start() throws IOException { entra.start(); }

    @AfterEach void stop() { entra.close(); }

    private String address() { return "http://127.0.0.1:" + entra.getPort(); }

    private void grants(String token, int seconds) {
        entra.enqueue(new MockResponse.Builder().code(200).body("{\"token_type\":\"Bearer\",\"expires_in\":" + seconds + ",\"access_token\":\"" + token + "\"}").build());
    }

    private EntraCredential with(String... namesAndValues) {
        var values = new HashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        return new EntraCredential(new Config(values), SCOPE);
    }

    private EntraCredential withSecret() {
        return with("AZURE_AUTHORITY_HOST", address(), "AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "client", "AZURE_CLIENT_SECRET", "s/cret");
    }

    private static String proof(EntraCredential credential) {
        return credential.signed(Ask.get("http://azure.example/", Map.of())).headers().get("authorization");
    }

    @Test void aClientSecretIsPostedAsAForm() throws InterruptedException {
        grants("t1", 3600);
        assertEquals("Bearer t1", proof(withSecret()));
        var request = entra.takeRequest();
        assertEquals("POST /tenant/oauth2/v2.0/token", request.getMethod() + " " + request.getTarget());
        var form = request.getBody().utf8();
        for (var part : new String[]{"grant_type=client_credentials", "client_id=client", "client_secret=s%2Fcret", "scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default"})
            assertTrue(form.contains(part), form);
    }

    @Test void aWorkloadShowsItsFederatedToken(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("token"), "jwt\n");
        grants("t2", 3600);
        assertEquals("Bearer t2", proof(with("AZURE_AUTHORITY_HOST", address() + "/", "AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "client", "AZURE_FEDERATED_TOKEN_FILE", file.toString())));
        var form = entra.takeRequest().getBody().utf8();
        assertTrue(form.contains("client_assertion=jwt") && form.contains("jwt-bearer") && !form.contains("client_secret"), form);
    }

    @Test void anAppServiceAsksItsIdentityEndpoint() throws InterruptedException {
        grants("t3", 3600);
        assertEquals("Bearer t3", proof(with("IDENTITY_ENDPOINT", address() + "/msi/token", "IDENTITY_HEADER", "h", "AZURE_CLIENT_ID", "client")));
        var request = entra.takeRequest();
        assertEquals("h", request.getHeaders().get("X-IDENTITY-HEADER"));
        assertTrue(request.getTarget().contains("resource=https%3A%2F%2Fcognitiveservices.azure.com&client_id=client"), request.getTarget());
    }

    @Test void aMachineAsksItsMetadata() throws InterruptedException {
        entra.enqueue(new MockResponse.Builder().code(200).body("{\"access_token\":\"t4\",\"expires_in\":\"86399\",\"token_type\":\"Bearer\"}").build());
        assertEquals("Bearer t4", proof(with("AZURE_POD_IDENTITY_AUTHORITY_HOST", address())));
        var request = entra.takeRequest();
        assertEquals("true", request.getHeaders().get("Metadata"));
        assertTrue(request.getTarget().startsWith("/metadata/identity/oauth2/token?api-version=2018-02-01"), request.getTarget());
    }

    @Test void oneThreadFetchesForAllAndATokenIsKept() throws Exception {
        grants("once", 3600);
        var credential = withSecret();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var proof : IntStream.range(0, 50).mapToObj(_ -> threads.submit(() -> proof(credential))).toList()) assertEquals("Bearer once", proof.get());
        }
        assertEquals(1, entra.getRequestCount());
    }

    @Test void aRefusalIsA401ThatSaysWhatToDoAndKeepsTheSecret() {
        entra.enqueue(new MockResponse.Builder().code(401).body("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215: Invalid client secret provided.\\r\\nTrace ID: 1\"}").build());
        var error = assertThrows(ApiError.class, () -> proof(withSecret()));
        assertEquals(401, error.status());
        assertTrue(error.getMessage().contains("AADSTS7000215") && error.getMessage().contains("AZURE_CLIENT_SECRET"), error.getMessage());
        assertFalse(error.getMessage().contains("s/cret"));
    }

    @Test void aTenantWithoutProofNamesWhatIsMissing() {
        var error = assertThrows(ApiError.class, () -> proof(with("AZURE_TENANT_ID", "tenant", "AZURE_CLIENT_ID", "client")));
        assertEquals("AZURE_TENANT_ID is set, but neither AZURE_CLIENT_SECRET nor AZURE_FEDERATED_TOKEN_FILE", error.getMessage());
    }

    @Test void aSovereignCloudHasItsOwnScope() throws InterruptedException {
        grants("t5", 3600);
        assertEquals("Bearer t5", proof(with("AZURE_AUTHORITY_HOST", address(), "AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_CLIENT_SECRET", "s", "AZURE_SCOPE", "https://cognitiveservices.azure.us/.default")));
        assertTrue(entra.takeRequest().getBody().utf8().contains("scope=https%3A%2F%2Fcognitiveservices.azure.us%2F.default"));
    }

    /// An authority may be a bare host, and the proxy of the settings leads there.
    @Test void theProxyOfTheSettingsIsObeyed() throws InterruptedException {
        entra.enqueue(new MockResponse.Builder().code(502).build());
        var error = assertThrows(ApiError.class, () -> proof(with("AZURE_AUTHORITY_HOST", "login.microsoftonline.us", "AZURE_TENANT_ID", "t", "AZURE_CLIENT_ID", "c", "AZURE_CLIENT_SECRET", "s", "HTTPS_PROXY", address())));
        assertEquals("CONNECT login.microsoftonline.us:443", entra.takeRequest().getRequestLine().replaceFirst(" HTTP.*", ""));
        assertFalse(error.isFinal(), error.getMessage());
    }

    @Test void aServerOutOfOrderMayBeAskedAgain() {
        entra.enqueue(new MockResponse.Builder().code(503).build());
        assertFalse(assertThrows(ApiError.class, () -> proof(withSecret())).isFinal());
    }

    /// Nothing is set, and the machine's address takes the question and is silent, as behind some firewalls.
    @Test void whereNoIdentityIsA400SaysSoSoon() {
        var config = new Config(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", address()));
        var error = assertThrows(ApiError.class, () -> proof(new EntraCredential(config, SCOPE, Duration.ofMillis(50))));
        assertEquals(400, error.status());
        assertTrue(error.getMessage().contains("no identity service answers on this machine") && error.getMessage().contains("AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"), error.getMessage());
    }
}
