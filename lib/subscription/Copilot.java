package lib.subscription;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// GitHub Copilot, which serves each family of models in another dialect. A login is exchanged for a short-lived bearer and
/// the name of the host that serves the account. Its list of models names their dialects, but is not fetched.
/// https://docs.github.com/en/copilot/reference/ai-models/supported-models
public final class Copilot implements Access {
    public static final String BASE = "https://api.githubcopilot.com";
    private static final String ID = "github_copilot", API_VERSION = "2026-06-01", INTENT = "conversation-edits";

    @Override public Endpoint open(Target target) {
        if (target.chosenDialect().isPresent()) return target.endpoint();
        return target.endpoint(switch (Family.of(target.model())) {
            case CLAUDE -> Dialects.ANTHROPIC;
            case GPT, O_SERIES, GROK, MAI -> Dialects.RESPONSES;
            default -> target.provider().dialect();
        });
    }

    @Override public Endpoint endpoint(Target target) {
        return open(target.withModel(named(target.model()))).with(asEditor(credential(target)));
    }

    private static Credential credential(Target target) {
        if (!target.key().isEmpty()) return Credential.bearer(target.key()).from(target.keyVariable());
        var config = target.config();
        var token = Json.text(new Logins(config).of(ID), "github_token");
        if (token.isEmpty()) throw ApiError.invalid("not signed in to GitHub Copilot: " + GitHub.HOW);
        // The GitHub token is part of the key, so that a new sign-in takes effect at once.
        return target.credentials().get(List.of(Login.class, config, token), () -> new Login(new GitHub(config), token));
    }

    /// With the headers that identify an editor.
    private static Credential asEditor(Credential credential) {
        var all = credential.and("x-github-api-version", API_VERSION).and("openai-intent", INTENT);
        for (var header : GitHub.EDITOR.entrySet()) all = all.and(header.getKey(), header.getValue());
        return all;
    }

    /// Anthropic's own names for its models have dashes and dates where Copilot's have a dot.
    static String named(String model) {
        return model.replaceFirst("^(claude-[a-z]+-\\d+)-(\\d{1,2})(?=-|$)", "$1.$2").replaceFirst("^(claude-.*)-\\d{8}$", "$1");
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || new Logins(config).has(ID);
    }

    @Override public Optional<SignIn> signIn(Config config) { return Optional.of(new GitHub(config)); }

    /// A login, and its current bearer.
    private static final class Login implements Credential {
        private final GitHub github;
        private final String login;
        private final Token token;
        private volatile String host = "";

        Login(GitHub github, String login) {
            this.github = github;
            this.login = login;
            this.token = new Token(github.secrets(), this::fetch);
        }

        /// Goes to the host that serves this account, unless the user gave another.
        @Override public Ask signed(Ask ask) {
            var proven = ask.with("authorization", "Bearer " + token.value());
            var url = ask.url().toString();
            if (!url.startsWith(BASE + "/") || host.isEmpty()) return proven;
            return new Ask(ask.method(), URI.create(host + url.substring(BASE.length())), proven.headers(), ask.body());
        }

        @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

        private Token.Grant fetch() {
            var said = github.exchanged(login);
            host = Json.text(said, "endpoints", "api").replaceFirst("/+$", "");
            var renewal = Json.number(said, "refresh_in");   // relative, so it is right even if this clock is wrong
            var end = Instant.ofEpochSecond(Json.number(said, "expires_at"));
            return new Token.Grant(Json.text(said, "token"), renewal > 0 ? Instant.now().plusSeconds(renewal).plus(Token.AHEAD) : end);
        }
    }
}
