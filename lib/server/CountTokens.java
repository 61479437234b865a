package lib.server;

import lib.dialect.Request;
import lib.dialect.Route;
import lib.message.Tokens;
import lib.wire.Json;
import lib.wire.Upstream;

import java.io.IOException;

/// POST /v1/messages/count_tokens: by the provider where it counts for nothing, else here.
/// https://docs.claude.com/en/api/messages-count-tokens
record CountTokens(Upstream upstream) {
    void answer(Request request, Route route, Outlet client) throws IOException {
        var ask = route.dialect().count(request, route);
        if (ask.isEmpty()) {
            client.json(200, Json.write(Json.object("input_tokens", Tokens.count(request.message()))));
            return;
        }
        try (var answer = upstream.send(route.signed(ask.get(), request))) {
            if (!answer.ok()) throw route.dialect().error(answer, route);
            client.passOn(answer);
            client.json(200, answer.text());
        }
    }
}
