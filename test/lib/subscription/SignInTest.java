package lib.subscription;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Signing in at GitHub and at OpenAI, and what comes of it, against a server on loopback. Nobody waits.
class SignInTest {
    private static final String PENDING = "{\"error\":\"authorization_pending\"}", BEARER = "{\"token\":\"tid=1;exp=2\",\"expires_at\":4000000000,\"refresh_in\":1500,\"endpoints\":{\"api\":\"https://api.business.githubcopilot.com\"}}";

    @TempDir Path folder;
    private final MockWebServer server = new MockWebServer();
    private final List<Duration> pauses = new ArrayList<>();

    private Config config;

    @BeforeEach void start() throws IOException {
        server.start();
        var address = "http://127.0.0.1:" + server.getPort();
        config = new Config(Map.of("XDG_STATE_HOME", folder.toString(), "GITHUB_SERVER_URL", address, "GITHUB_API_URL", address + "/", "CHATGPT_AUTH_BASE", address));
    }

    @AfterEach void stop() { server.close(); }

    private void says(String... bodies) { for (var body : bodies) says(200, body); }

    private void says(int status, String body) { server.enqueue(new MockResponse.Builder().code(status).body(body).build()); }

    private JsonObject login(SignIn signIn) {
        var code = signIn.begin();
        assertEquals("WDJB-MJHT", code.text());
        return signIn.login(code, pauses::add);
    }

    private String asked() throws InterruptedException {
        var request = server.takeRequest();
        return request.getMethod() + " " + request.getTarget() + " " + (request.getBody() == null ? "" : request.getBody().utf8());
    }

    private ApiError fails(SignIn signIn) { return assertThrows(ApiError.class, () -> login(signIn)); }

    private Credential credential(String provider, String model) { return new Routes(config, new Config.Slot("demo", "", "", "")).of(provider + "/" + model).credential(); }

    private static Ask ask(Credential credential) { return credential.signed(Ask.get("https://api.githubcopilot.com/responses?a=b", Map.of())); }

    // GitHub. Answers: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow

    private void shows(int seconds) { says("{\"device_code\":\"dc-1\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://github.com/login/device\",\"expires_in\":" + seconds + ",\"interval\":5}"); }

    @Test void gitHubIsAskedUntilTheCodeIsEnteredAndSlowerWhenItSaysSo() throws InterruptedException {
        shows(900);
        says(PENDING, "{\"error\":\"slow_down\",\"interval\":10}", PENDING, "{\"access_token\":\"gho_1\",\"token_type\":\"bearer\",\"scope\":\"read:user\"}", BEARER);
        assertEquals(Json.object("github_token", "gho_1"), login(new GitHub(config)));
        assertEquals(List.of(5L, 5L, 10L, 10L), pauses.stream().map(Duration::toSeconds).toList());
        assertEquals("POST /login/device/code client_id=Iv1.b507a08c87ecfe98&scope=read%3Auser", asked());
        assertEquals("POST /login/oauth/access_token client_id=Iv1.b507a08c87ecfe98&device_code=dc-1&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", asked());
    }

    @Test void whoRefusesIsTold() {
        shows(900);
        says("{\"error\":\"access_denied\",\"error_description\":\"The authorization request was denied.\"}");
        assertEquals("you declined the sign-in to GitHub", fails(new GitHub(config)).getMessage());
    }

    @Test void aCodeThatHasExpiredIsTold() {
        shows(900);
        says("{\"error\":\"expired_token\"}");
        assertEquals("the code has expired; run the login again", fails(new GitHub(config)).getMessage());
    }

    @Test void nobodyIsWaitedForLongerThanTheCodeLives() {
        shows(12);
        says(PENDING, PENDING);
        assertEquals("the code was not entered within 0 minutes; run the login again", fails(new GitHub(config)).getMessage());
        assertEquals(3, server.getRequestCount());
    }

    @Test void anAccountWithoutCopilotIsToldAtOnce() {
        shows(900);
        says("{\"access_token\":\"gho_1\"}");
        says(403, "{\"error_details\":{\"message\":\"No access to GitHub Copilot found. You are currently logged in as mona.\",\"title\":\"Signup for GitHub Copilot\"},\"message\":\"Resource not accessible by integration\"}");
        assertEquals("GitHub rejected the token request (403): No access to GitHub Copilot found. You are currently logged in as mona.; run `freecc login github_copilot`, with an account that has Copilot",
            fails(new GitHub(config)).getMessage());
    }

    @Test void theBearerIsFetchedOnceAndComesWithItsHost() throws Exception {
        new Logins(config).save("github_copilot", Json.object("github_token", "gho_1"));
        says(BEARER);
        var credential = credential("github_copilot", "gpt-6.1-terra");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asked : IntStream.range(0, 30).mapToObj(_ -> threads.submit(() -> ask(credential))).toList()) {
                assertEquals("Bearer tid=1;exp=2", asked.get().headers().get("authorization"));
                assertEquals("https://api.business.githubcopilot.com/responses?a=b", asked.get().url().toString());
            }
        }
        assertEquals(1, server.getRequestCount());
        var request = server.takeRequest();
        assertEquals("GET /copilot_internal/v2/token", request.getMethod() + " " + request.getTarget());
        assertEquals("token gho_1", request.getHeaders().get("authorization"));
        assertEquals("vscode-chat", request.getHeaders().get("copilot-integration-id"));
        assertEquals("the bearer is ***", config.secrets().masked("the bearer is tid=1;exp=2"));
    }

    @Test void anotherAddressIsKept() {
        new Logins(config).save("github_copilot", Json.object("github_token", "gho_1"));
        says(BEARER);
        assertEquals("https://proxy.example/responses", credential("github_copilot", "gpt-6.1-terra").signed(Ask.get("https://proxy.example/responses", Map.of())).url().toString());
    }

    @Test void whoSignsInAnewIsHeardAtOnce() {
        var routes = new Routes(config, new Config.Slot("demo", "", "", ""));
        new Logins(config).save("github_copilot", Json.object("github_token", "gho_1"));
        says(BEARER, BEARER.replace("tid=1", "tid=2"));
        assertEquals("Bearer tid=1;exp=2", ask(routes.of("github_copilot/gpt-6.1-terra").credential()).headers().get("authorization"));
        new Logins(config).save("github_copilot", Json.object("github_token", "gho_2"));
        assertEquals("Bearer tid=2;exp=2", ask(routes.of("github_copilot/gpt-6.1-terra").credential()).headers().get("authorization"));
    }

    @Test void aLoginThatGitHubRefusesSaysHowToMendIt() {
        new Logins(config).save("github_copilot", Json.object("github_token", "gho_secret"));
        says(401, "{\"message\":\"Bad credentials\"}");
        var error = assertThrows(ApiError.class, () -> ask(credential("github_copilot", "gpt-6.1-terra")));
        assertEquals("401 GitHub rejected the token request (401): Bad credentials; run `freecc login github_copilot`, with an account that has Copilot", error.status() + " " + error.getMessage());
    }

    @Test void eachFamilyHasItsDialectAndCopilotItsOwnNames() {
        var config = new Config(Map.of("GITHUB_COPILOT_API_KEY", "k"));
        var routes = new Routes(config, new Config.Slot("demo", "", "", ""));
        for (var expected : Map.of("claude-opus-4-8-20260401", "Anthropic claude-opus-4.8", "claude-sonnet-5", "Anthropic claude-sonnet-5", "gpt-5.3-codex", "OpenAiResponses gpt-5.3-codex",
            "grok-4.7", "OpenAiResponses grok-4.7", "mai-code-1.1-flash", "OpenAiResponses mai-code-1.1-flash", "gpt-4.1", "OpenAiChat gpt-4.1", "kimi-k3", "OpenAiChat kimi-k3").entrySet()) {
            var route = routes.of("copilot/" + expected.getKey());
            assertEquals(expected.getValue(), route.dialect().getClass().getSimpleName() + " " + route.name());
        }
    }

    // OpenAI. Answers: openai/codex codex-rs/login/tests/suite/device_code_login.rs

    private static String token(String account) {
        return "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(("{\"https://api.openai.com/auth\":{\"chatgpt_account_id\":\"" + account + "\"}}").getBytes(StandardCharsets.UTF_8)) + ".s";
    }

    @Test void openAiIsAskedInItsOwnForm() throws InterruptedException {
        says("{\"device_auth_id\":\"da-1\",\"user_code\":\"WDJB-MJHT\",\"interval\":\"7\"}");
        says(403, "{\"error\":{\"code\":\"deviceauth_authorization_pending\"}}");
        says(404, "");
        says("{\"authorization_code\":\"ac-1\",\"code_challenge\":\"cc\",\"code_verifier\":\"cv\"}",
            "{\"id_token\":\"" + token("acc-1") + "\",\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"expires_in\":864000}");
        var login = login(new OpenAi(config));
        assertEquals("at-1 rt-1 acc-1", Json.text(login, "access_token") + " " + Json.text(login, "refresh_token") + " " + Json.text(login, "account"));
        assertTrue(Json.number(login, "expires_at") > Instant.now().getEpochSecond() + 860_000);
        assertEquals(List.of(7L, 7L, 7L), pauses.stream().map(Duration::toSeconds).toList());
        assertEquals("POST /api/accounts/deviceauth/usercode {\"client_id\":\"app_EMoamEEZ73f0CkXaXp7hrann\"}", asked());
        assertEquals("POST /api/accounts/deviceauth/token {\"device_auth_id\":\"da-1\",\"user_code\":\"WDJB-MJHT\"}", asked());
        asked();
        asked();
        assertEquals("POST /oauth/token grant_type=authorization_code&code=ac-1&redirect_uri=http%3A%2F%2F127.0.0.1%3A" + server.getPort()
            + "%2Fdeviceauth%2Fcallback&code_verifier=cv&client_id=app_EMoamEEZ73f0CkXaXp7hrann", asked());
    }

    private void signedIn(long secondsLeft, String refresh) {
        new Logins(config).save("chatgpt", Json.object("access_token", "at-old", "refresh_token", refresh, "account", "acc-1", "expires_at", Instant.now().getEpochSecond() + secondsLeft));
    }

    private String proof() {
        var headers = ask(credential("chatgpt", "gpt-6.1-terra")).headers();
        return headers.get("authorization") + " " + headers.get("chatgpt-account-id");
    }

    @Test void aFreshLoginIsUsedAsItIs() {
        signedIn(3600, "rt-1");
        assertEquals("Bearer at-old acc-1", proof());
        assertEquals(0, server.getRequestCount());
    }

    @Test void aRefreshTokenIsReplacedAndSaved() throws Exception {
        signedIn(60, "rt-1");
        says("{\"access_token\":\"at-new\",\"refresh_token\":\"rt-2\",\"expires_in\":3600}");
        var credential = credential("chatgpt", "gpt-6.1-terra");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var asked : IntStream.range(0, 30).mapToObj(_ -> threads.submit(() -> ask(credential))).toList()) assertEquals("Bearer at-new", asked.get().headers().get("authorization"));
        }
        assertEquals("POST /oauth/token grant_type=refresh_token&refresh_token=rt-1&client_id=app_EMoamEEZ73f0CkXaXp7hrann", asked());
        assertEquals(1, server.getRequestCount());
        var saved = new Logins(config).of("chatgpt");
        assertEquals("rt-2 acc-1", Json.text(saved, "refresh_token") + " " + Json.text(saved, "account"));
    }

    @Test void anUnchangedRefreshTokenIsKept() {
        signedIn(0, "rt-1");
        says("{\"access_token\":\"at-new\",\"expires_in\":3600}");
        assertEquals("Bearer at-new acc-1", proof());
        assertEquals("rt-1", Json.text(new Logins(config).of("chatgpt"), "refresh_token"));
    }

    @Test void aLoginBeyondRenewalSaysHowToMendItAndIsKept() {
        signedIn(0, "rt-secret");
        says(401, "{\"error\":{\"message\":\"Your refresh token has already been used to generate a new access token. Please try signing in again.\",\"code\":\"refresh_token_reused\"}}");
        var error = assertThrows(ApiError.class, this::proof);
        assertEquals(401, error.status());
        assertTrue(error.getMessage().contains("already been used") && error.getMessage().endsWith("run `freecc login chatgpt`"), error.getMessage());
        assertFalse(error.getMessage().contains("rt-secret"));
        assertEquals("rt-secret", Json.text(new Logins(config).of("chatgpt"), "refresh_token"));
    }

    @Test void aNetworkThatFailsMeanwhileEndsNoLogin() {
        shows(900);
        says(502, "<html>");
        says("{\"access_token\":\"gho_1\"}");
        says(503, "");
        assertEquals(Json.object("github_token", "gho_1"), login(new GitHub(config)));
        assertEquals(2, pauses.size());
    }
}
