package lib.subscription;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.wire.*;

/// GitHub's own API: signing in with a code, and exchanging that login for Copilot's bearer, which is valid for half an hour.
/// https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps#device-flow
final class GitHub implements SignIn {
    static final String HOW = "run `freecc login github_copilot`, with an account that has Copilot";
    /// Copilot accepts only known editors. These are the application and the headers of VS Code's Copilot Chat, as LiteLLM
    /// and pi-ai 1.5.2 send them; 2026-11.
    static final Map<String, String> EDITOR = Map.of("editor-version", "vscode/1.107.0", "editor-plugin-version", "copilot-chat/0.35.0",
        "copilot-integration-id", "vscode-chat", "user-agent", "GitHubCopilotChat/0.35.0");
    private static final String CLIENT = "Iv1.b507a08c87ecfe98";
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5), SLOWER = Duration.ofSeconds(5);   // RFC 8628, 3.2 and 3.5

    private final String site, api;
    private final TokenServer server;
    private final Secrets secrets;

    GitHub(Config config) {
        this.site = address(config, "GITHUB_SERVER_URL", "https://github.com");
        this.api = address(config, "GITHUB_API_URL", "https://api.github.com");
        this.server = new TokenServer(config, "GitHub", HOW);
        this.secrets = config.secrets();
    }

    Secrets secrets() { return secrets; }

    /// The variables of GitHub Actions, for a GitHub Enterprise server.
    private static String address(Config config, String variable, String usual) {
        return config.get(variable, usual).replaceFirst("/+$", "");
    }

    @Override public String terms() {
        return "Using Copilot from third-party programs is at your own risk: see "
            + "https://docs.github.com/en/site-policy/github-terms/github-terms-for-additional-products-and-features";
    }

    @Override public Code begin() {
        var said = server.granted(form("/login/device/code", "scope", "read:user"), "device_code");
        var interval = Json.number(said, "interval");
        return new Code(Json.text(said, "verification_uri"), Json.text(said, "user_code"), Json.text(said, "device_code"),
            interval > 0 ? Duration.ofSeconds(interval) : USUAL_INTERVAL, Duration.ofSeconds(Json.number(said, "expires_in")));
    }

    @Override public Answer ask(Code code) {
        var said = server.said(form("/login/oauth/access_token",
            "device_code", code.device(), "grant_type", "urn:ietf:params:oauth:grant-type:device_code"));
        var token = Json.text(said.body(), "access_token");
        if (!token.isEmpty()) {
            try {
                exchanged(token);   // reports an account without Copilot now, and not at the first request
            } catch (ApiError e) {
                if (e.status() < 500) throw e;   // else the first request reports it: the code is used up
            }
            return new Done(Json.object("github_token", token));
        }
        return switch (Json.text(said.body(), "error")) {
            case "authorization_pending" -> new NotYet(Duration.ZERO);
            case "slow_down" -> new NotYet(SLOWER);
            case "expired_token" -> throw ApiError.invalid("the code has expired; run the login again");
            case "access_denied" -> throw ApiError.invalid("you declined the sign-in to GitHub");
            default -> {
                if (said.status() < 500) throw server.refused(said);
                yield new NotYet(Duration.ZERO);
            }
        };
    }

    private Ask form(String path, String... fields) {
        var all = TokenServer.fields("client_id", CLIENT);
        all.putAll(TokenServer.fields(fields));
        return TokenServer.form(site + path, EDITOR, all);
    }

    /// The bearer for Copilot: `token`, `expires_at`, `refresh_in` and `endpoints`.
    JsonObject exchanged(String token) {
        secrets.learn(token);
        var headers = new HashMap<>(EDITOR);
        headers.put("authorization", "token " + token);
        headers.put("accept", "application/json");
        return server.granted(Ask.get(api + "/copilot_internal/v2/token", headers), "token");
    }

}
