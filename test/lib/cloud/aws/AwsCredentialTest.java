package lib.cloud.aws;

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

/// AWS's credentials: what the SDK finds where it looks, and what a signature covers. All is told by FreeCC's own
/// settings, as from a `.env` file: the environment of the process has none of it.
class AwsCredentialTest {
    private static final String EXPIRES = "2099-01-01T00:00:00Z", URL = "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.amazon.nova-pro-v1%3A0/converse";
    private final MockWebServer aws = new MockWebServer();
    private final Map<String, String> settings = new HashMap<>();

    @TempDir Path folder;

    @BeforeEach void start() throws IOException {
        aws.start();
        settings.putAll(Map.of("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString(), "AWS_CONFIG_FILE", folder.resolve("config").toString(),
            "AWS_EC2_METADATA_SERVICE_ENDPOINT", address()));
    }

    /// What the settings told the SDK.
    @AfterEach void stop() {
        aws.close();
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("aws.") || name.startsWith("https.proxy")).forEach(System::clearProperty);
    }

    private String address() { return "http://127.0.0.1:" + aws.getPort(); }

    private Config config;

    private Map<String, String> signed(Map<String, String> more) {
        settings.putAll(more);
        var ask = Ask.post(URL, Map.of("content-type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8));
        config = new Config(settings);
        return new AwsCredential(config, "bedrock", "us-east-1").signed(ask).headers();
    }

    private static String signer(Map<String, String> headers) { return headers.get("authorization").replaceFirst(".*Credential=([^/]+)/\\d{8}/([^,]+),.*", "$1 $2"); }

    @Test void keysInTheSettings() {
        var headers = signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "session-of-somebody"));
        assertEquals("AKIDONE us-east-1/bedrock/aws4_request", signer(headers));
        assertEquals("session-of-somebody", headers.get("x-amz-security-token"));
        assertEquals("it is ***", config.secrets().masked("it is session-of-somebody"));
        assertTrue(headers.get("authorization").matches("AWS4-HMAC-SHA256 Credential=.*, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}"), headers.get("authorization"));
        assertFalse(headers.containsKey("host"), "HttpClient sets it itself");
    }

    /// The canonical request by AWS's rules, computed here: each part of the path is encoded once more, so that the `:` of a
    /// model, `%3A` in the URL, is `%253A` in what is signed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    @Test void aSignatureCoversThePathEncodedTwice() throws Exception {
        var headers = signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret"));
        var date = headers.get("x-amz-date");
        var names = headers.get("authorization").replaceFirst(".*SignedHeaders=([^,]+),.*", "$1");
        var lines = new StringBuilder();
        for (var name : names.split(";")) lines.append(name).append(':').append(name.equals("host") ? "bedrock-runtime.us-east-1.amazonaws.com" : headers.get(name)).append('\n');
        var canonical = "POST\n/model/us.amazon.nova-pro-v1%253A0/converse\n\n" + lines + "\n" + names + "\n" + sha256("{}");
        var scope = date.substring(0, 8) + "/us-east-1/bedrock/aws4_request";
        var key = "AWS4secret".getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) key = hmac(key, part);
        assertEquals(HexFormat.of().formatHex(hmac(key, "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + sha256(canonical))), headers.get("authorization").replaceFirst(".*Signature=", ""));
    }

    private static String sha256(String text) throws Exception { return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))); }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test void aSecretWithoutItsPartIsNamed() {
        assertEquals("AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY", assertThrows(ApiError.class, () -> signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE"))).getMessage());
    }

    @Test void aProfile() throws IOException {
        Files.writeString(folder.resolve("credentials"), "[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = s\n");
        assertEquals("AKIDWORK us-east-1/bedrock/aws4_request", signer(signed(Map.of("AWS_PROFILE", "work"))));
    }

    @Test void aProcessThatAProfileNames() throws IOException {
        Files.writeString(folder.resolve("config"), "[profile tool]\ncredential_process = echo '{\"Version\":1,\"AccessKeyId\":\"AKIDTOOL\",\"SecretAccessKey\":\"s\"}'\n");
        assertEquals("AKIDTOOL us-east-1/bedrock/aws4_request", signer(signed(Map.of("AWS_PROFILE", "tool"))));
    }

    @Test void aContainer() {
        aws.enqueue(new MockResponse.Builder().code(200).body("{\"AccessKeyId\":\"AKIDCONTAINER\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + EXPIRES + "\"}").build());
        assertEquals("AKIDCONTAINER us-east-1/bedrock/aws4_request", signer(signed(Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", address() + "/creds"))));
    }

    @Test void anInstance() throws InterruptedException {
        aws.enqueue(new MockResponse.Builder().code(200).body("imds-token").build());
        aws.enqueue(new MockResponse.Builder().code(200).body("role").build());
        aws.enqueue(new MockResponse.Builder().code(200).body("{\"Code\":\"Success\",\"AccessKeyId\":\"AKIDINSTANCE\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + EXPIRES + "\"}").build());
        assertEquals("AKIDINSTANCE us-east-1/bedrock/aws4_request", signer(signed(Map.of())));
        assertEquals("PUT /latest/api/token", aws.takeRequest().getTarget().replaceFirst("^", "PUT "));
    }

    private void gives(String action, String key) {
        aws.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "text/xml").body("""
            <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><%1$sResult>
            <Credentials><AccessKeyId>%2$s</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>%3$s</Expiration></Credentials>
            </%1$sResult></%1$sResponse>""".formatted(action, key, EXPIRES)).build());
    }

    @Test void aWorkloadsWebIdentity() throws Exception {
        gives("AssumeRoleWithWebIdentity", "AKIDWEB");
        assertEquals("AKIDWEB us-east-1/bedrock/aws4_request", signer(signed(Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", Files.writeString(folder.resolve("token"), "jwt").toString(),
            "AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/freecc", "AWS_ENDPOINT_URL_STS", address()))));
        var form = aws.takeRequest().getBody().utf8();
        assertTrue(form.contains("Action=AssumeRoleWithWebIdentity") && form.contains("WebIdentityToken=jwt") && form.contains("role%2Ffreecc"), form);
    }

    /// LiteLLM's names. What AWS itself has for it is a profile with `role_arn` and `source_profile`.
    @Test void aRoleIsAssumedWithWhatTheChainGives() throws Exception {
        gives("AssumeRole", "AKIDROLE");
        var headers = signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_ROLE_NAME", "arn:aws:iam::123456789012:role/freecc",
            "AWS_SESSION_NAME", "me", "AWS_EXTERNAL_ID", "x-1", "AWS_STS_ENDPOINT", address()));
        assertEquals("AKIDROLE us-east-1/bedrock/aws4_request t", signer(headers) + " " + headers.get("x-amz-security-token"));
        var request = aws.takeRequest();
        var form = request.getBody().utf8();
        assertTrue(form.contains("Action=AssumeRole&") && form.contains("RoleSessionName=me") && form.contains("ExternalId=x-1") && form.contains("role%2Ffreecc"), form);
        assertTrue(request.getHeaders().get("Authorization").contains("Credential=AKIDONE/"), request.getHeaders().get("Authorization"));
    }

    @Test void aRoleIsKeptAndOneThreadAsksForAll() throws Exception {
        gives("AssumeRole", "AKIDROLE");
        settings.putAll(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_ROLE_NAME", "arn:aws:iam::123456789012:role/freecc", "AWS_STS_ENDPOINT", address()));
        var credential = new AwsCredential(new Config(settings), "bedrock", "us-east-1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var headers : IntStream.range(0, 30).mapToObj(_ -> threads.submit(() -> credential.signed(Ask.get(URL, Map.of())).headers())).toList()) assertTrue(signer(headers.get()).startsWith("AKIDROLE"));
        }
        assertEquals(1, aws.getRequestCount());
        assertEquals("", System.getProperty("aws.secretAccessKey", ""), "a key is no property");
    }

    @Test void theProxyOfTheSettingsIsObeyed() throws Exception {
        for (var i = 0; i < 8; i++) aws.enqueue(new MockResponse.Builder().code(403).build());
        assertThrows(ApiError.class, () -> signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_ROLE_NAME", "arn:aws:iam::123456789012:role/freecc", "HTTPS_PROXY", address())));
        assertEquals("CONNECT sts.us-east-1.amazonaws.com:443", aws.takeRequest().getRequestLine().replaceFirst(" HTTP.*", ""));
    }

    @Test void nothingIsA400ThatSaysWhatToDo() {
        for (var i = 0; i < 12; i++) aws.enqueue(new MockResponse.Builder().code(404).build());
        var error = assertThrows(ApiError.class, () -> signed(Map.of()));
        assertEquals(400, error.status());
        assertEquals("no AWS credentials: set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run `aws sso login`", error.getMessage());
    }

    @Test void aProfileThatIsNotThereIsNamed() {
        for (var i = 0; i < 12; i++) aws.enqueue(new MockResponse.Builder().code(404).build());
        var error = assertThrows(ApiError.class, () -> signed(Map.of("AWS_PROFILE_NAME", "nowhere")));
        assertTrue(error.getMessage().contains("(Profile file contained no credentials for profile 'nowhere'"), error.getMessage());
    }
}
