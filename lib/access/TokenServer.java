package lib.access;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.wire.*;

/// A server that issues tokens as OAuth 2.0 describes. https://www.rfc-editor.org/rfc/rfc6749#section-4.4
public final class TokenServer {
    private static final long USUAL_LIFE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String who, how;
    private final boolean here;
    private final Upstream upstream;

    /// `who` is its name in error messages, and `how` what the user can do.
    public TokenServer(Config config, String who, String how) { this(connections(config), who, how, false); }

    private TokenServer(Upstream upstream, String who, String how, boolean here) {
        this.who = who;
        this.how = how;
        this.here = here;
        this.upstream = upstream;
    }

    public static Upstream connections(Config config) { return new Upstream(new Proxies(config::get), PATIENCE); }

    /// A cloud's service for its own machines. No proxy reaches it, and outside that cloud nothing answers.
    public static TokenServer ofMachine(String how, Duration patience) {
        return new TokenServer(new Upstream(new Proxies(_ -> ""), patience), "this machine's identity service", how, true);
    }

    public static Ask form(String url, Map<String, String> headers, SequencedMap<String, String> fields) {
        var all = new HashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        all.put("accept", "application/json");
        return Ask.post(url, all, query(fields).getBytes(StandardCharsets.UTF_8));
    }

    public static LinkedHashMap<String, String> fields(String... namesAndValues) {
        var fields = new LinkedHashMap<String, String>();
        for (var i = 0; i < namesAndValues.length; i += 2) fields.put(namesAndValues[i], namesAndValues[i + 1]);
        return fields;
    }

    public static String query(SequencedMap<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }

    public Token.Grant grant(Ask ask) {
        var body = granted(ask, "access_token");
        return new Token.Grant(Json.text(body, "access_token"), expires(body));
    }

    /// The whole reply to a successful request; the named field is in it.
    public JsonObject granted(Ask ask, String name) {
        var said = said(ask);
        if (!said.ok() || Json.text(said.body(), name).isEmpty()) throw refused(said);
        return said.body();
    }

    /// The reply, even if it is an error.
    public Said said(Ask ask) {
        try (var answer = upstream.send(ask)) {
            return new Said(answer.status(), Json.objectIn(answer.text()));
        } catch (ApiError e) {
            if (here) throw ApiError.invalid("no credentials are set, and no identity service answers on this machine; " + how);
            throw new ApiError(e.status(), "no token from " + who + ": " + e.getMessage() + "; " + how);
        }
    }

    /// A status and its body.
    public record Said(int status, JsonObject body) {
        public boolean ok() { return status >= 200 && status < 300; }
    }

    /// A rejection becomes a 401 that says what to do; a failing server a 500, which may be tried again.
    public ApiError refused(Said said) {
        if (said.status() >= 500 || said.status() == 429)
            return new ApiError(500, who + " cannot issue a token now (" + said.status() + "): " + words(said.body()));
        return new ApiError(401, who + " rejected the token request (" + said.status() + "): " + words(said.body()) + "; " + how);
    }

    private static String words(JsonObject body) {
        for (var path : List.of("error_details/message", "error_description", "errorMessage", "error/message", "message", "error"))
            if (!Json.text(body, path.split("/")).isBlank()) return Json.text(body, path.split("/")).lines().findFirst().orElse("");
        return "no reason given";
    }

    /// From `expires_in` in seconds, or `expires_at` in seconds or milliseconds.
    public static Instant expires(JsonObject body) {
        var at = Json.spelled(body, "expires_at");
        if (at.matches("\\d{13}")) return Instant.ofEpochMilli(Long.parseLong(at));
        if (at.matches("\\d{10}")) return Instant.ofEpochSecond(Long.parseLong(at));
        var seconds = Json.spelled(body, "expires_in");
        return Instant.now().plusSeconds(seconds.matches("\\d+") ? Long.parseLong(seconds) : USUAL_LIFE);
    }
}
