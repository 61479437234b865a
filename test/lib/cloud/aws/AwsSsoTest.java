package lib.cloud.aws;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// `aws sso login` and what follows, against IAM Identity Center on loopback. The SDK keeps its sign-ins in the home
/// folder and asks nothing else where that is, so this one test runs in a process of its own.
class AwsSsoTest {
    private static final Instant NOW = Instant.now();
    private final MockWebServer center = new MockWebServer();
    private Process other;

    @TempDir Path home;

    @BeforeEach void start() throws IOException {
        center.start();
        Files.createDirectories(home.resolve(".aws/sso/cache"));
        Files.writeString(home.resolve(".aws/config"), """
            [profile work]
            sso_session = corp
            sso_account_id = 123456789012
            sso_role_name = developer
            [sso-session corp]
            sso_region = us-east-1
            sso_start_url = https://corp.awsapps.com/start
            sso_registration_scopes = sso:account:access
            """);
        var address = "http://127.0.0.1:" + center.getPort();
        var child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-cp", System.getProperty("java.class.path"), Signer.class.getName())).redirectError(ProcessBuilder.Redirect.DISCARD);
        child.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        child.environment().putAll(Map.of("HOME", home.toString(), "AWS_PROFILE", "work", "AWS_EC2_METADATA_DISABLED", "true", "AWS_ENDPOINT_URL_SSO", address, "AWS_ENDPOINT_URL_SSO_OIDC", address));
        other = child.start();
    }

    @AfterEach void stop() {
        other.destroy();
        center.close();
    }

    /// Signs once for each line that comes in, and says who signed, or why nobody did.
    static final class Signer {
        public static void main(String[] arguments) {
            for (var _ : (Iterable<String>) new BufferedReader(new java.io.InputStreamReader(System.in)).lines()::iterator) try {
                var ask = Ask.post("https://bedrock-runtime.us-east-1.amazonaws.com/", Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
                var headers = new AwsCredential(Config.load(Path.of("nowhere")), "bedrock", "us-east-1").signed(ask).headers();
                System.out.println(headers.get("authorization").replaceFirst(".*Credential=([^/]+)/.*", "$1"));
            } catch (ApiError e) {
                System.out.println(e.status() + " " + e.getMessage());
            }
        }
    }

    private String signer() throws IOException {
        other.outputWriter().write("\n");
        other.outputWriter().flush();
        return other.inputReader().readLine();
    }

    private Path signIn() throws Exception {
        return home.resolve(".aws/sso/cache").resolve(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest("corp".getBytes(StandardCharsets.UTF_8))) + ".json");
    }

    private void signedIn(String token, Instant until, String refresh) throws Exception {
        var json = Json.object("startUrl", "https://corp.awsapps.com/start", "region", "us-east-1", "accessToken", token, "expiresAt", until.toString(),
            "clientId", "client", "clientSecret", "secret", "registrationExpiresAt", NOW.plusSeconds(86400).toString());
        if (!refresh.isEmpty()) Json.put(json, "refreshToken", Json.parse("\"" + refresh + "\""));
        Files.writeString(signIn(), Json.write(json));
    }

    private void gives(String key) {
        center.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "application/json").body(
            "{\"roleCredentials\":{\"accessKeyId\":\"" + key + "\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"expiration\":" + NOW.plusSeconds(3600).toEpochMilli() + "}}").build());
    }

    private void askedForRole(String token) throws InterruptedException {
        var request = center.takeRequest();
        assertEquals("/federation/credentials?role_name=developer&account_id=123456789012 " + token, request.getTarget() + " " + request.getHeaders().get("x-amz-sso_bearer_token"));
    }

    @Test void aSignInIsUsedRenewedAndAskedFor() throws Exception {
        signedIn("valid", NOW.plusSeconds(3600), "");
        gives("ASIAVALID");
        assertEquals("ASIAVALID", signer());
        askedForRole("valid");

        signedIn("old", NOW.minusSeconds(60), "refresh");
        center.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "application/json").body("{\"accessToken\":\"renewed\",\"expiresIn\":3600,\"refreshToken\":\"next\",\"tokenType\":\"Bearer\"}").build());
        gives("ASIARENEWED");
        assertEquals("ASIARENEWED", signer());
        var renewal = center.takeRequest();
        assertEquals("POST /token", renewal.getMethod() + " " + renewal.getTarget());
        assertTrue(renewal.getBody().utf8().contains("\"refreshToken\":\"refresh\""));
        askedForRole("renewed");
        assertTrue(Files.readString(signIn()).contains("renewed"), "kept for the next, as the aws tool does");

        signedIn("old", NOW.minusSeconds(60), "");
        center.enqueue(new MockResponse.Builder().code(400).setHeader("content-type", "application/json").setHeader("x-amzn-ErrorType", "InvalidGrantException")
            .body("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid grant provided\"}").build());
        assertEquals("400 the sign-in to AWS has expired: run `aws sso login --profile work`", signer());
        signedIn("again", NOW.plusSeconds(3600), "");
        gives("ASIAAGAIN");
        assertEquals("ASIAAGAIN", signer());
        Files.delete(signIn());
        assertEquals("400 the sign-in to AWS has expired: run `aws sso login --profile work`", signer());
    }
}
