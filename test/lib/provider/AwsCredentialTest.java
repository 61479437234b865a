package lib.provider;

import lib.wire.ApiError;
import lib.wire.Ask;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// AWS's credentials: what the SDK finds where it looks, and what a signature covers. The SDK reads its settings from
/// system properties as well as from the environment, which is how a test can set them.
class AwsCredentialTest {
    private static final String EXPIRES = "2099-01-01T00:00:00Z";
    private final MockWebServer aws = new MockWebServer();
    private final List<String> set = new ArrayList<>();

    @TempDir Path folder;

    @BeforeEach void start() throws IOException {
        aws.start();
        property("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
        property("aws.configFile", folder.resolve("config").toString());
        property("aws.ec2MetadataServiceEndpoint", address());
    }

    @AfterEach void stop() {
        aws.close();
        set.forEach(System::clearProperty);
    }

    private void property(String name, String value) {
        System.setProperty(name, value);
        set.add(name);
    }

    private String address() { return "http://127.0.0.1:" + aws.getPort(); }

    private static Map<String, String> signed(Map<String, String> settings) {
        var ask = Ask.post("https://bedrock-runtime.us-east-1.amazonaws.com/model/us.amazon.nova-pro-v1%3A0/converse", Map.of("content-type", "application/json"), "{}".getBytes(StandardCharsets.UTF_8));
        return new AwsCredential(new Config(settings), "bedrock", "us-east-1").signed(ask).headers();
    }

    private static String signer(Map<String, String> headers) { return headers.get("authorization").replaceFirst(".*Credential=([^/]+)/\\d{8}/([^,]+),.*", "$1 $2"); }

    @Test void keysInTheSettings() {
        var headers = signed(Map.of("AWS_ACCESS_KEY_ID", "AKIDONE", "AWS_SECRET_ACCESS_KEY", "secret", "AWS_SESSION_TOKEN", "session"));
        assertEquals("AKIDONE us-east-1/bedrock/aws4_request", signer(headers));
        assertEquals("session", headers.get("x-amz-security-token"));
        assertTrue(headers.get("authorization").matches("AWS4-HMAC-SHA256 Credential=.*, SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, Signature=[0-9a-f]{64}"), headers.get("authorization"));
        assertFalse(headers.containsKey("host"), "HttpClient sets it itself");
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
        property("aws.containerCredentialsFullUri", address() + "/creds");
        aws.enqueue(new MockResponse.Builder().code(200).body("{\"AccessKeyId\":\"AKIDCONTAINER\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + EXPIRES + "\"}").build());
        assertEquals("AKIDCONTAINER us-east-1/bedrock/aws4_request", signer(signed(Map.of())));
    }

    @Test void anInstance() throws InterruptedException {
        aws.enqueue(new MockResponse.Builder().code(200).body("imds-token").build());
        aws.enqueue(new MockResponse.Builder().code(200).body("role").build());
        aws.enqueue(new MockResponse.Builder().code(200).body("{\"Code\":\"Success\",\"AccessKeyId\":\"AKIDINSTANCE\",\"SecretAccessKey\":\"s\",\"Token\":\"t\",\"Expiration\":\"" + EXPIRES + "\"}").build());
        assertEquals("AKIDINSTANCE us-east-1/bedrock/aws4_request", signer(signed(Map.of())));
        assertEquals("PUT /latest/api/token", aws.takeRequest().getTarget().replaceFirst("^", "PUT "));
    }

    @Test void aWorkloadsWebIdentity() throws IOException {
        property("aws.webIdentityTokenFile", Files.writeString(folder.resolve("token"), "jwt").toString());
        property("aws.roleArn", "arn:aws:iam::123456789012:role/freecc");
        property("aws.region", "us-east-1");
        property("aws.endpointUrlSts", address());
        aws.enqueue(new MockResponse.Builder().code(200).setHeader("content-type", "text/xml").body("""
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
            <Credentials><AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>""").build());
        assertEquals("AKIDWEB us-east-1/bedrock/aws4_request", signer(signed(Map.of())));
    }

    @Test void nothingIsA401ThatSaysWhatToDo() {
        for (var i = 0; i < 12; i++) aws.enqueue(new MockResponse.Builder().code(404).build());
        var error = assertThrows(ApiError.class, () -> signed(new HashMap<>()));
        assertEquals(401, error.status());
        assertTrue(error.getMessage().contains("AWS_BEARER_TOKEN_BEDROCK") && error.getMessage().contains("aws sso login"), error.getMessage());
    }
}
