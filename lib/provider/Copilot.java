package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// GitHub Copilot, which has a tongue for each family of models: a login is exchanged for a short-lived bearer, and with it
/// comes the host that serves the account. Which model speaks what stands in its list of models, which is not asked for.
/// https://docs.github.com/en/copilot/reference/ai-models/supported-models
final class Copilot implements Access {
    static final String BASE = "https://api.githubcopilot.com";
    private static final String ID = "github_copilot", API_VERSION = "2026-06-01", INTENT = "conversation-edits";
    private static final Pattern CLAUDE = Pattern.compile("claude-.*"), RESPONSES = Pattern.compile("(gpt-[5-9]|o[1-9]|grok-|mai-).*|.*codex.*");

    private final Map<List<Object>, Login> logins = new ConcurrentHashMap<>();   // by settings and GitHub token, so that who signs in anew is heard at once

    @Override public Surface surface(Provider row, Config config, String model, String base) {
        if (row.chosen(config).isPresent()) return row.surface(base, config);
        return row.speaking(CLAUDE.matcher(model).matches() ? Dialects.ANTHROPIC : RESPONSES.matcher(model).matches() ? Dialects.RESPONSES : row.dialect(), base, config);
    }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var name = named(model);
        var surface = surface(row, config, name, base);
        return new Way(surface.dialect(), surface.base(), asEditor(credential(config, key)), name);
    }

    private Credential credential(Config config, String key) {
        if (!key.isEmpty()) return Credential.bearer(key);
        var token = Json.text(new Logins(config).of(ID), "github_token");
        if (token.isEmpty()) throw new ApiError(401, "nobody has signed in to GitHub Copilot: " + GitHub.HOW);
        return logins.computeIfAbsent(List.of(config, token), _ -> new Login(new GitHub(config), token));
    }

    /// What every request says of its sender.
    private static Credential asEditor(Credential credential) {
        var all = credential.and("x-github-api-version", API_VERSION).and("openai-intent", INTENT);
        for (var header : GitHub.EDITOR.entrySet()) all = all.and(header.getKey(), header.getValue());
        return all;
    }

    /// Anthropic's own names for its models have dashes and dates where Copilot's have a dot.
    static String named(String model) { return model.replaceFirst("^(claude-[a-z]+-\\d+)-(\\d{1,2})(?=-|$)", "$1.$2").replaceFirst("^(claude-.*)-\\d{8}$", "$1"); }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || new Logins(config).has(ID); }

    @Override public Optional<SignIn> signIn(Config config) { return Optional.of(new GitHub(config)); }

    /// Somebody's login, and the bearer that stands for it just now.
    private static final class Login implements Credential {
        private final GitHub github;
        private final String login;
        private final Token token = new Token(this::fetch);
        private volatile String host = "";

        Login(GitHub github, String login) {
            this.github = github;
            this.login = login;
        }

        /// At the host that serves this account, unless another was given.
        @Override public Ask signed(Ask ask) {
            var proven = ask.with("authorization", "Bearer " + token.value());
            var url = ask.url().toString();
            return url.startsWith(BASE + "/") && !host.isEmpty() ? new Ask(ask.method(), URI.create(host + url.substring(BASE.length())), proven.headers(), ask.body()) : proven;
        }

        @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

        private Token.Grant fetch() {
            var said = github.exchanged(login);
            host = Json.text(said, "endpoints", "api").replaceFirst("/+$", "");
            var renewal = Json.number(said, "refresh_in");   // from now on, and so right where a clock is wrong
            var expires = renewal > 0 ? Instant.now().plusSeconds(renewal).plus(Token.AHEAD) : Instant.ofEpochSecond(Json.number(said, "expires_at"));
            return new Token.Grant(Json.text(said, "token"), expires);
        }
    }
}
