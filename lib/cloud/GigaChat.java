package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;

/// GigaChat: the key is exchanged for a token that is valid for half an hour.
/// Variables: https://github.com/ai-forever/gigachat settings.py; https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-token
public final class GigaChat implements Access {
    private static final String OAUTH = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth", PERSONAL = "GIGACHAT_API_PERS";

    @Override public Endpoint endpoint(Target target) { return target.endpoint().with(credential(target)); }

    private static Credential credential(Target target) {
        var config = target.config();
        var token = config.get("GIGACHAT_ACCESS_TOKEN");
        if (!token.isEmpty()) return Credential.bearer(token).from("GIGACHAT_ACCESS_TOKEN");
        if (target.key().isEmpty()) throw target.noKey("GIGACHAT_ACCESS_TOKEN");
        return target.credentials().get(List.of(GigaChat.class, config, target.key()), () -> exchanged(config, target.key()))
            .from(target.keyVariable());
    }

    private static Credential exchanged(Config config, String key) {
        var server = new TokenServer(config, "GigaChat", "check GIGACHAT_CREDENTIALS and GIGACHAT_SCOPE");
        var form = TokenServer.fields("scope", config.get("GIGACHAT_SCOPE", PERSONAL));
        return Token.bearer(config.secrets(), () -> server.grant(TokenServer.form(config.get("GIGACHAT_AUTH_URL", OAUTH),
            Map.of("RqUID", UUID.randomUUID().toString(), "authorization", "Basic " + key), form)));
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || !config.get("GIGACHAT_ACCESS_TOKEN").isEmpty();
    }
}
