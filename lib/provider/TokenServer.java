package lib.provider;

import com.google.gson.JsonObject;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// A server that gives tokens, asked and heard in OAuth's form. https://www.rfc-editor.org/rfc/rfc6749#section-4.4
final class TokenServer {
    private static final long USUAL_LIFE = 300;

    private final String who, how;
    private final Upstream upstream;

    /// `who` refuses, and `how` says what mends it.
    TokenServer(Config config, String who, String how) {
        this.who = who;
        this.how = how;
        this.upstream = new Upstream(new Proxies(config::get));
    }

    static Ask form(String url, Map<String, String> headers, SequencedMap<String, String> fields) {
        var all = new HashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        all.put("accept", "application/json");
        return Ask.post(url, all, query(fields).getBytes(StandardCharsets.UTF_8));
    }

    static String query(SequencedMap<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    Token.Grant grant(Ask ask) {
        try (var answer = upstream.send(ask)) {
            var body = Json.objectIn(answer.text());
            var value = Json.text(body, "access_token");
            if (!answer.ok() || value.isEmpty()) throw new ApiError(401, who + " refuses a token (" + answer.status() + "): " + words(body) + "; " + how);
            return new Token.Grant(value, expires(body));
        } catch (ApiError e) {
            throw e.status() == 401 ? e : new ApiError(401, "no token from " + who + ": " + e.getMessage() + "; " + how);
        }
    }

    private static String words(JsonObject body) {
        for (var key : new String[]{"error_description", "errorMessage", "message", "error"})
            if (!Json.text(body, key).isBlank()) return Json.text(body, key).lines().findFirst().orElse("");
        return "it does not say why";
    }

    /// In so many seconds, or at a time in seconds or milliseconds.
    private static Instant expires(JsonObject body) {
        var at = Json.spelled(body, "expires_at");
        if (at.matches("\\d{13}")) return Instant.ofEpochMilli(Long.parseLong(at));
        if (at.matches("\\d{10}")) return Instant.ofEpochSecond(Long.parseLong(at));
        var seconds = Json.spelled(body, "expires_in");
        return Instant.now().plusSeconds(seconds.matches("\\d+") ? Long.parseLong(seconds) : USUAL_LIFE);
    }
}
