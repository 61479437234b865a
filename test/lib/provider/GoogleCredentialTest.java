package lib.provider;

import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Google's credentials, each against a token server on loopback; the files are read by Google's own library.
class GoogleCredentialTest {
    private final MockWebServer google = new MockWebServer();

    @TempDir Path folder;

    @BeforeEach void start() throws IOException { google.start(); }

    @AfterEach void stop() { google.close(); }

    private String address() { return "http://127.0.0.1:" + google.getPort(); }

    private void grants(String token) {
        google.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "application/json")
            .body("{\"access_token\":\"" + token + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}").build());
    }

    private static String proof(Config config) { return GoogleCredential.of(config).signed(Ask.get("http://vertex.example/", Map.of())).headers().get("authorization"); }

    private Config file(String json) throws IOException { return new Config(Map.of("GOOGLE_APPLICATION_CREDENTIALS", Files.writeString(folder.resolve("key.json"), json).toString())); }

    private String serviceAccount() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        return Json.write(Json.object("type", "service_account", "project_id", "p", "private_key_id", "1", "private_key", pem, "client_email", "a@p.iam.gserviceaccount.com",
            "client_id", "7", "token_uri", address() + "/token"));
    }

    @Test void aServiceAccountSignsAnAssertion() throws Exception {
        grants("ya29.service");
        assertEquals("Bearer ya29.service", proof(file(serviceAccount())));
        var form = google.takeRequest().getBody().utf8();
        assertTrue(form.contains("jwt-bearer") && form.contains("assertion=ey"), form);
    }

    /// The library sends a user's refresh token to Google's own address alone, so this shows no more than that the file is read.
    @Test void whatGcloudWroteIsReadFromItsUsualPlace() throws Exception {
        var home = Files.createDirectories(folder.resolve(".config/gcloud"));
        Files.writeString(home.resolve("application_default_credentials.json"), "{\"type\":\"authorized_user\",\"client_id\":\"c\"}");
        var error = assertThrows(ApiError.class, () -> proof(new Config(Map.of("HOME", folder.toString()))));
        assertTrue(error.status() == 401 && error.getMessage().contains("application_default_credentials.json cannot be read"), error.getMessage());
    }

    /// It insists on https for a workload's exchange, which a server on loopback has not: read, and refused for that.
    @Test void aWorkloadsFileIsRead() throws Exception {
        var error = assertThrows(ApiError.class, () -> proof(file(Json.write(Json.object("type", "external_account", "audience", "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
            "subject_token_type", "urn:ietf:params:oauth:token-type:jwt", "token_url", address() + "/v1/token", "credential_source", Json.object("file", "/nowhere"))))));
        assertTrue(error.status() == 401 && error.getMessage().contains("token URL"), error.getMessage());
    }

    @Test void aTokenIsKeptAndOneThreadFetchesForAll() throws Exception {
        grants("ya29.once");
        var credential = GoogleCredential.of(file(serviceAccount()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var proofs = IntStream.range(0, 30).mapToObj(_ -> threads.submit(() -> credential.signed(Ask.get("http://vertex.example/", Map.of())).headers().get("authorization"))).toList();
            for (var proof : proofs) assertEquals("Bearer ya29.once", proof.get());
        }
        assertEquals(1, google.getRequestCount());
    }

    @Test void aRefusalIsA401ThatSaysWhatToDo() throws Exception {
        google.enqueue(new MockResponse.Builder().code(400).setHeader("content-type", "application/json").body("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}").build());
        var error = assertThrows(ApiError.class, () -> proof(file(serviceAccount())));
        assertEquals(401, error.status());
        assertTrue(error.getMessage().contains("gcloud auth application-default login"), error.getMessage());
    }

    @Test void aFileThatIsNotThereIsNamed() {
        var error = assertThrows(ApiError.class, () -> proof(new Config(Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json"))));
        assertEquals("GOOGLE_APPLICATION_CREDENTIALS=/nowhere/key.json: there is no such file", error.getMessage());
    }
}
