package lib.provider;

import com.google.gson.JsonObject;
import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;

import java.time.Instant;
import java.util.Optional;

/// A ChatGPT subscription, by the way that OpenAI's Codex takes to it. openai/codex ; 2026-11.
final class ChatGpt implements Access {
    private static final String ID = "chatgpt";

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var surface = surface(row, config, model, base);
        return new Way(surface.dialect(), surface.base(), asOurselves(credential(config, key)), model);
    }

    private static Credential credential(Config config, String key) {
        if (!key.isEmpty()) return ask -> proven(ask, key, OpenAi.account(key));
        if (new Logins(config).of(ID).isEmpty()) throw new ApiError(401, "nobody has signed in to ChatGPT: " + OpenAi.HOW);
        return ask -> {
            var login = current(config);
            return proven(ask, Json.text(login, "access_token"), Json.text(login, "account"));
        };
    }

    /// As it is saved, renewed ahead of its end. Nothing is kept here: another process may have renewed it, or a person
    /// have signed in anew.
    private static JsonObject current(Config config) {
        var logins = new Logins(config);
        var login = logins.of(ID);
        return isFresh(login) ? login : logins.changed(ID, saved -> isFresh(saved) ? saved : new OpenAi(config).renewed(saved));
    }

    private static boolean isFresh(JsonObject login) { return Instant.now().plus(Token.AHEAD).isBefore(Instant.ofEpochSecond(Json.number(login, "expires_at"))); }

    private static Ask proven(Ask ask, String token, String account) { return ask.with("authorization", "Bearer " + token).with("chatgpt-account-id", account); }

    private static Credential asOurselves(Credential credential) {
        return credential.and("openai-beta", "responses=experimental").and("originator", "freecc").and("user-agent", "freecc");
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || new Logins(config).has(ID); }

    @Override public Optional<SignIn> signIn(Config config) { return Optional.of(new OpenAi(config)); }
}
