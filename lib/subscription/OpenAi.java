package lib.subscription;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.wire.*;

/// OpenAI's accounts: signing in with a code and renewing the login, both as Codex does. The server itself creates the proof
/// for the code exchange. openai/codex codex-rs/login/src/device_code_auth.rs ; 2026-11.
public final class OpenAi implements SignIn {
    static final String HOW = "run `freecc login chatgpt`";
    private static final String CLIENT = "app_EMoamEEZ73f0CkXaXp7hrann", CLAIM = "https://api.openai.com/auth";   // Codex's own
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5), SLOWER = Duration.ofSeconds(5), LIFE = Duration.ofMinutes(15);

    private final String accounts;
    private final TokenServer server;

    public OpenAi(Config config) {
        this.accounts = config.get("CHATGPT_AUTH_BASE", "https://auth.openai.com").replaceFirst("/+$", "");
        this.server = new TokenServer(config, "OpenAI", HOW);
    }

    @Override public String terms() {
        return "Using a ChatGPT subscription from third-party programs is at your own risk: see https://openai.com/policies/terms-of-use";
    }

    @Override public Code begin() {
        var asked = Ask.post(accounts + "/api/accounts/deviceauth/usercode", json(), Json.object("client_id", CLIENT));
        var said = server.granted(asked, "device_auth_id");
        var code = Json.text(said, "user_code").isEmpty() ? Json.text(said, "usercode") : Json.text(said, "user_code");
        var seconds = Json.spelled(said, "interval").strip();   // a number in a string
        var interval = seconds.matches("[1-9]\\d*") ? Duration.ofSeconds(Long.parseLong(seconds)) : USUAL_INTERVAL;
        return new Code(accounts + "/codex/device", code, Json.text(said, "device_auth_id"), interval, LIFE);
    }

    @Override public Answer ask(Code code) {
        var fields = Json.object("device_auth_id", code.device(), "user_code", code.text());
        var said = server.said(Ask.post(accounts + "/api/accounts/deviceauth/token", json(), fields));
        if (said.ok()) return new Done(exchanged(said.body()));
        var error = Json.text(said.body(), "error", "code") + Json.text(said.body(), "error");
        return switch (error) {
            case "slow_down" -> new NotYet(SLOWER);
            case "access_denied" -> throw ApiError.invalid("you declined the sign-in to OpenAI");
            case "expired_token" -> throw ApiError.invalid("the code has expired; run the login again");
            default -> {
                var waiting = said.status() == 403 || said.status() == 404 || said.status() >= 500
                    || error.equals("deviceauth_authorization_pending");
                if (!waiting) throw server.refused(said);
                yield new NotYet(Duration.ZERO);
            }
        };
    }

    private JsonObject exchanged(JsonObject granted) {
        return login(new JsonObject(), TokenServer.fields("grant_type", "authorization_code",
            "code", Json.text(granted, "authorization_code"), "redirect_uri", accounts + "/deviceauth/callback",
            "code_verifier", Json.text(granted, "code_verifier")));
    }

    /// Exchanges the old tokens for new ones. The old refresh token stays valid only if the reply contains no new one.
    JsonObject renewed(JsonObject login) {
        return login(login, TokenServer.fields("grant_type", "refresh_token", "refresh_token", Json.text(login, "refresh_token")));
    }

    private JsonObject login(JsonObject before, LinkedHashMap<String, String> fields) {
        fields.put("client_id", CLIENT);
        var said = server.granted(TokenServer.form(accounts + "/oauth/token", Map.of(), fields), "access_token");
        var access = Json.text(said, "access_token");
        var refresh = Json.text(said, "refresh_token").isEmpty() ? Json.text(before, "refresh_token") : Json.text(said, "refresh_token");
        var account = account(Json.text(said, "id_token")).isEmpty() ? account(access) : account(Json.text(said, "id_token"));
        return Json.object("access_token", access, "refresh_token", refresh,
            "account", account.isEmpty() ? Json.text(before, "account") : account, "expires_at", expires(said, access).getEpochSecond());
    }

    private static Instant expires(JsonObject said, String access) {
        var end = Json.number(claims(access), "exp");
        return Json.has(said, "expires_in") || end == 0 ? TokenServer.expires(said) : Instant.ofEpochSecond(end);
    }

    /// Whose subscription a token is for, or empty.
    static String account(String token) { return Json.text(claims(token), CLAIM, "chatgpt_account_id"); }

    /// The claims of a JSON web token. The signature is not checked: the server that receives the token does that.
    private static JsonObject claims(String token) {
        var parts = token.split("\\.");
        try {
            if (parts.length < 2) return new JsonObject();
            return Json.objectIn(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return new JsonObject();   // not a JSON web token
        }
    }

    private static Map<String, String> json() { return Map.of("content-type", "application/json", "accept", "application/json"); }

}
