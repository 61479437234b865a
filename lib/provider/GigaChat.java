package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// GigaChat: a key of which half an hour's token is made. Variables: https://github.com/ai-forever/gigachat settings.py;
/// https://developers.sber.ru/docs/ru/gigachat/api/reference/rest/post-token
final class GigaChat implements Access {
    private static final String OAUTH = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth", PERSONAL = "GIGACHAT_API_PERS";

    private final Identities identities = new Identities(GigaChat::identity);

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var surface = row.surface(base, config);
        return new Way(surface.dialect(), surface.base(), credential(row, config, key), model);
    }

    private Credential credential(Provider row, Config config, String key) {
        if (!config.get("GIGACHAT_ACCESS_TOKEN").isEmpty()) return Credential.bearer(config.get("GIGACHAT_ACCESS_TOKEN"));
        if (key.isEmpty()) throw new ApiError(401, "no key for " + row.id() + ": set " + row.keyVariables().getFirst() + ", or GIGACHAT_ACCESS_TOKEN");
        return identities.of(config.with("GIGACHAT_CREDENTIALS", key));
    }

    private static Credential identity(Config config) {
        var server = new TokenServer(config, "GigaChat", "check GIGACHAT_CREDENTIALS and GIGACHAT_SCOPE");
        var address = config.get("GIGACHAT_AUTH_URL").isEmpty() ? OAUTH : config.get("GIGACHAT_AUTH_URL");
        var form = new LinkedHashMap<String, String>();
        form.put("scope", config.get("GIGACHAT_SCOPE").isEmpty() ? PERSONAL : config.get("GIGACHAT_SCOPE"));
        return Token.bearer(() -> server.grant(TokenServer.form(address,
            Map.of("RqUID", UUID.randomUUID().toString(), "authorization", "Basic " + config.get("GIGACHAT_CREDENTIALS")), form)));
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || !config.get("GIGACHAT_ACCESS_TOKEN").isEmpty(); }
}
