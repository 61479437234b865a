package lib.cloud.google;

import module java.base;
import java.security.Signature;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Google's credentials, read by Google's own library, each against Google as a server on loopback plays it: every ask
/// arrives there with the host that it was meant for at the beginning of its path.
class GoogleCredentialTest {
    private final MockWebServer google = new MockWebServer();
    private final Upstream upstream = new Upstream(new Proxies(_ -> ""));

    @TempDir Path folder;

    private static KeyPair keys() throws Exception {
        var keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        return keys.generateKeyPair();
    }

    @BeforeEach void start() throws IOException { google.start(); }

    @AfterEach void stop() { google.close(); }

    private GoogleCredential with(String... namesAndValues) {
        var settings = new HashMap<>(Map.of("HOME", folder.toString(), "GCE_METADATA_HOST", "127.0.0.1:" + google.getPort()));
        for (var i = 0; i < namesAndValues.length; i += 2) settings.put(namesAndValues[i], namesAndValues[i + 1]);
        return new GoogleCredential(new Config(settings), ask -> upstream.send(
            new Ask(ask.method(), URI.create("http://127.0.0.1:" + google.getPort() + "/" + ask.url().getHost() + ask.url().getRawPath()), ask.headers(), ask.body())));
    }

    private String file(JsonObject json) throws IOException { return Files.writeString(folder.resolve("key.json"), Json.write(json)).toString(); }

    private static Map<String, String> headers(GoogleCredential credential) { return credential.signed(Ask.get("http://vertex.example/", Map.of())).headers(); }

    private static String proof(GoogleCredential credential) { return headers(credential).get("authorization"); }

    private void answers(int status, String body) { google.enqueue(new MockResponse.Builder().code(status).setHeader("content-type", "application/json").body(body).build()); }

    private void grants(String token) { answers(200, "{\"access_token\":\"" + token + "\",\"expires_in\":3599,\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"}"); }

    /// What came to the path, as a form or as JSON.
    private String asked(String target) throws InterruptedException {
        var request = google.takeRequest();
        assertEquals(target, request.getMethod() + " " + request.getTarget());
        return request.getBody() == null ? "" : URLDecoder.decode(request.getBody().utf8(), StandardCharsets.UTF_8);
    }

    private static JsonObject serviceAccount(KeyPair keys) {
        var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        return Json.object("type", "service_account", "project_id", "p", "private_key_id", "k1", "private_key", pem, "client_email", "a@p.iam.gserviceaccount.com",
            "client_id", "7", "token_uri", "https://oauth2.googleapis.com/token");
    }

    private static JsonObject user() {
        return Json.object("type", "authorized_user", "client_id", "c.apps.googleusercontent.com", "client_secret", "d-secret", "refresh_token", "1//refresh", "quota_project_id", "billed");
    }

    private static JsonObject workload(JsonObject source) {
        return Json.object("type", "external_account", "audience", "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
            "subject_token_type", "urn:ietf:params:oauth:token-type:jwt", "token_url", "https://sts.googleapis.com/v1/token", "credential_source", source);
    }

    @Test void aServiceAccountSignsAnAssertion() throws Exception {
        var keys = keys();
        grants("ya29.service");
        assertEquals("Bearer ya29.service", proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(serviceAccount(keys)))));
        var form = asked("POST /oauth2.googleapis.com/token");
        assertTrue(form.startsWith("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion="), form);
        var parts = form.substring(form.indexOf("assertion=") + 10).split("\\.");
        var claims = Json.objectIn(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        assertEquals("a@p.iam.gserviceaccount.com https://oauth2.googleapis.com/token https://www.googleapis.com/auth/cloud-platform",
            Json.text(claims, "iss") + " " + Json.text(claims, "aud") + " " + Json.text(claims, "scope"));
        assertEquals(3600, Json.number(claims, "exp") - Json.number(claims, "iat"));
        assertTrue(Math.abs(Json.number(claims, "iat") - Instant.now().getEpochSecond()) < 60);
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(parts[2])));
    }

    @Test void theJsonItselfMayBeGiven() throws Exception {
        grants("ya29.inline");
        assertEquals("Bearer ya29.inline", proof(with("VERTEXAI_CREDENTIALS", Json.write(serviceAccount(keys())))));
    }

    /// As Google packs it when it is allowed to, and the library always allows.
    @Test void aPackedAnswerIsUnpacked() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write("{\"access_token\":\"ya29.packed\",\"expires_in\":3599}".getBytes(StandardCharsets.UTF_8));
        }
        google.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "application/json").setHeader("content-encoding", "gzip").body(new Buffer().write(packed.toByteArray())).build());
        assertEquals("Bearer ya29.packed", proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(user()))));
        assertEquals("gzip", google.takeRequest().getHeaders().get("Accept-Encoding"));
    }

    @Test void aUserIsReadFromWhereGcloudWrites() throws Exception {
        for (var place : new String[][]{{"HOME", ".config/gcloud"}, {"CLOUDSDK_CONFIG", "sdk"}, {"APPDATA", "gcloud"}}) {
            var home = Files.createDirectories(folder.resolve(place[0]).resolve(place[1].equals("sdk") ? "" : place[1]));
            Files.writeString(home.resolve("application_default_credentials.json"), Json.write(user()));
            grants("ya29." + place[0]);
            var headers = headers(with(place[0], folder.resolve(place[0]).toString()));
            assertEquals("Bearer ya29." + place[0] + " for billed", headers.get("authorization") + " for " + headers.get("x-goog-user-project"));
            var form = asked("POST /oauth2.googleapis.com/token");
            for (var part : new String[]{"grant_type=refresh_token", "refresh_token=1//refresh", "client_id=c.apps.googleusercontent.com", "client_secret=d-secret"}) assertTrue(form.contains(part), form);
        }
    }

    @Test void theProjectThatPaysCanBeNamed() throws Exception {
        grants("ya29.user");
        assertEquals("mine", headers(with("GOOGLE_APPLICATION_CREDENTIALS", file(user()), "GOOGLE_CLOUD_QUOTA_PROJECT", "mine")).get("x-goog-user-project"));
    }

    /// And who signs in as it says need not start FreeCC again.
    @Test void anExpiredSignInIsA401ThatSaysHowToSignIn() throws Exception {
        var credential = with("GOOGLE_APPLICATION_CREDENTIALS", file(user()));
        answers(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}");
        var error = assertThrows(ApiError.class, () -> proof(credential));
        assertEquals("401 Google rejected the token request (400): invalid_grant Token has been expired or revoked.; run `gcloud auth application-default login`", error.status() + " " + error.getMessage());
        var again = user();
        Json.put(again, "refresh_token", Json.parse("\"1//another\""));
        file(again);
        grants("ya29.again");
        assertEquals("Bearer ya29.again", proof(credential));
        google.takeRequest();
        assertTrue(asked("POST /oauth2.googleapis.com/token").contains("1//another"));
    }

    @Test void aWorkloadShowsItsFilesTokenAndActsAsAServiceAccount() throws Exception {
        var workload = workload(Json.object("file", Files.writeString(folder.resolve("subject"), "file-jwt").toString()));
        Json.put(workload, "service_account_impersonation_url", Json.parse("\"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com:generateAccessToken\""));
        grants("federated");
        answers(200, "{\"accessToken\":\"ya29.acting\",\"expireTime\":\"2099-01-01T00:00:00Z\"}");
        assertEquals("Bearer ya29.acting", proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(workload))));
        var form = asked("POST /sts.googleapis.com/v1/token");
        for (var part : new String[]{"grant_type=urn:ietf:params:oauth:grant-type:token-exchange", "subject_token=file-jwt", "audience=//iam.googleapis.com/projects/1/", "subject_token_type=urn:ietf:params:oauth:token-type:jwt"})
            assertTrue(form.contains(part), form);
        var request = google.takeRequest();
        assertEquals("POST /iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@p.iam.gserviceaccount.com:generateAccessToken Bearer federated",
            request.getMethod() + " " + request.getTarget() + " " + request.getHeaders().get("Authorization"));
        assertTrue(request.getBody().utf8().contains("https://www.googleapis.com/auth/cloud-platform"));
    }

    @Test void aWorkloadAsksForItsTokenAtAUrl() throws Exception {
        answers(200, "{\"value\":\"url-jwt\"}");
        grants("ya29.url");
        assertEquals("Bearer ya29.url", proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(workload(Json.object("url", "http://issuer.example/token",
            "headers", Json.object("x-ask", "1"), "format", Json.object("type", "json", "subject_token_field_name", "value")))))));
        asked("GET /issuer.example/token");
        assertTrue(asked("POST /sts.googleapis.com/v1/token").contains("subject_token=url-jwt"));
    }

    @Test void aWorkloadOnAwsSignsWhoItIs() throws Exception {
        var workload = workload(Json.object("environment_id", "aws1", "region_url", "http://169.254.169.254/latest/meta-data/placement/availability-zone",
            "url", "http://169.254.169.254/latest/meta-data/iam/security-credentials", "regional_cred_verification_url", "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"));
        answers(200, "us-east-1b");
        answers(200, "role");
        answers(200, "{\"AccessKeyId\":\"AKIDAWS\",\"SecretAccessKey\":\"s\",\"Token\":\"t\"}");
        grants("ya29.aws");
        assertEquals("Bearer ya29.aws", proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(workload))));
        for (var i = 0; i < 3; i++) google.takeRequest();
        var form = URLDecoder.decode(asked("POST /sts.googleapis.com/v1/token"), StandardCharsets.UTF_8);
        assertTrue(form.contains("Credential=AKIDAWS/") && form.contains("sts.us-east-1.amazonaws.com"), form);
    }

    /// The library looks for the permission in the environment of the process alone.
    @Test void aProgramIsRunOnlyWherePermitted() {
        var error = assertThrows(ApiError.class, () -> proof(with("GOOGLE_APPLICATION_CREDENTIALS", file(workload(Json.object("executable", Json.object("command", "/bin/false")))))));
        assertTrue(error.status() == 400 && error.getMessage().contains("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES"), error.getMessage());
    }

    @Test void aMachineAsksItsMetadata() throws Exception {
        grants("ya29.machine");
        assertEquals("Bearer ya29.machine", proof(with()));
        var request = google.takeRequest();
        assertEquals("GET /computeMetadata/v1/instance/service-accounts/default/token Google", request.getMethod() + " " + request.getTarget() + " " + request.getHeaders().get("Metadata-Flavor"));
    }

    @Test void whereNothingIsA400SaysWhatToDo() {
        var error = assertThrows(ApiError.class, () -> proof(with("GCE_METADATA_HOST", "127.0.0.1:1")));
        assertEquals(400, error.status());
        assertTrue(error.getMessage().contains("set GOOGLE_APPLICATION_CREDENTIALS to a key file, or run `gcloud auth application-default login`"), error.getMessage());
    }

    @Test void aTokenIsKeptAndOneThreadFetchesForAll() throws Exception {
        grants("ya29.once");
        var credential = with("GOOGLE_APPLICATION_CREDENTIALS", file(user()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var proof : IntStream.range(0, 30).mapToObj(_ -> threads.submit(() -> proof(credential))).toList()) assertEquals("Bearer ya29.once", proof.get());
        }
        assertEquals(1, google.getRequestCount());
    }

    @Test void aServerOutOfOrderMayBeAskedAgain() throws Exception {
        answers(503, "{}");
        var credential = with("GOOGLE_APPLICATION_CREDENTIALS", file(user()));
        assertFalse(assertThrows(ApiError.class, () -> proof(credential)).isFinal());
    }

    @Test void theProxyOfTheSettingsIsObeyed() throws Exception {
        google.enqueue(new MockResponse.Builder().code(502).build());
        var config = new Config(Map.of("GOOGLE_APPLICATION_CREDENTIALS", file(user()), "HTTPS_PROXY", "http://127.0.0.1:" + google.getPort()));
        assertThrows(ApiError.class, () -> proof(new GoogleCredential(config)));
        assertEquals("CONNECT oauth2.googleapis.com:443", google.takeRequest().getRequestLine().replaceFirst(" HTTP.*", ""));
    }

    @Test void aFileThatIsNotThereIsNamed() {
        var error = assertThrows(ApiError.class, () -> with("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json"));
        assertTrue(error.getMessage().startsWith("GOOGLE_APPLICATION_CREDENTIALS names a file that does not exist; "), error.getMessage());
    }
}
