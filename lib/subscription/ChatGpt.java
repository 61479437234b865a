package lib.subscription;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// A ChatGPT subscription, reached as OpenAI's Codex reaches it. openai/codex ; 2026-11.
public final class ChatGpt implements Access {
    private static final String ID = "chatgpt";

    @Override public Endpoint endpoint(Target target) { return target.endpoint().with(asFreeCC(credential(target))); }

    private static Credential credential(Target target) {
        var key = target.key();
        if (!key.isEmpty()) return ask -> signed(ask, key, OpenAi.account(key));
        if (new Logins(target.config()).of(ID).isEmpty()) throw ApiError.invalid("not signed in to ChatGPT: " + OpenAi.HOW);
        return ask -> {
            var login = current(target.config());
            return signed(ask, Json.text(login, "access_token"), Json.text(login, "account"));
        };
    }

    /// The saved login, renewed before it expires. It is read each time: another process may have renewed it, or the user
    /// may have signed in again.
    private static JsonObject current(Config config) {
        var logins = new Logins(config);
        var login = logins.of(ID);
        return isFresh(login) ? login : logins.changed(ID, saved -> isFresh(saved) ? saved : new OpenAi(config).renewed(saved));
    }

    private static boolean isFresh(JsonObject login) {
        return Instant.now().plus(Token.AHEAD).isBefore(Instant.ofEpochSecond(Json.number(login, "expires_at")));
    }

    private static Ask signed(Ask ask, String token, String account) {
        return ask.with("authorization", "Bearer " + token).with("chatgpt-account-id", account);
    }

    private static Credential asFreeCC(Credential credential) {
        return credential.and("openai-beta", "responses=experimental").and("originator", "freecc").and("user-agent", "freecc");
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || new Logins(config).has(ID);
    }

    @Override public Optional<SignIn> signIn(Config config) { return Optional.of(new OpenAi(config)); }
}
