package lib.server;

import module java.base;
import com.sun.net.httpserver.HttpExchange;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.page.*;
import lib.routing.*;
import lib.wire.*;

/// `GET /api/requests`: `{"open": n, "ledger": bool, "request_bodies": bool, "response_bodies": bool, "requests": [...]}`, the newest
/// first; a request is as `Live` says, and its body, at `/api/requests/{id}/body`, as `Bodies` says. `GET /api/events`:
/// the same requests as server-sent events `request`, at each change. `GET /api/usage?by=model|session|day|hour|role&since=7d`:
/// `{"by", "since", "total", "groups": [{"key", ...}]}`, where each sum has requests errors input cache_read cache_write output reasoning
/// searches cost_usd unpriced cache_hit_ratio first_token_ms{p50 p95} ms{p50 p95}.
///
/// Beside these, `GET /metrics`, and `POST /statusline`, which answers what Claude Code gives a status line's command with that line.
final class Api {
    private static final String PERIOD = "7d";
    private static final Set<String> PATHS = Set.of("/api/requests", "/api/events", "/api/usage", "/api/routes", "/metrics");
    private static final Pattern BODY = Pattern.compile("/api/requests/([\\w-]{1,100})/body");

    private final Ledger ledger;
    private final Live live;
    private final Bodies bodies;
    private final Sessions sessions;
    private final Lazy<Metrics> metrics;
    private final Supplier<Routes> routes;
    private final ContextWindows windows;
    private final Fallbacks fallbacks;
    private final Timing timing;

    Api(Server.Parts parts, Live live, Bodies bodies, Fallbacks fallbacks) {
        this.ledger = parts.ledger();
        this.live = live;
        this.bodies = bodies;
        this.sessions = new Sessions(ledger);
        this.metrics = new Lazy<>(() -> new Metrics(live::open, Config.VERSION));
        this.routes = parts.routes();
        this.windows = parts.windows();
        this.fallbacks = fallbacks;
        this.timing = parts.timing();
    }

    /// Records a message that has ended.
    void accept(Outcome outcome) {
        sessions.accept(outcome);
        metrics.get().accept(outcome);
    }

    void answer(HttpExchange exchange, ClientResponse client) throws IOException {
        var asked = exchange.getRequestURI();
        switch (asked.getPath()) {
            case "/api/requests" -> client.json(200, Json.write(Json.object("open", live.open(), "ledger", ledger.isOn(),
                "request_bodies", bodies.keepsRequests(), "response_bodies", bodies.keepsResponses(),
                "requests", Json.arrayOf(live.requests()))));
            case "/api/events" -> events(client);
            case "/metrics" -> {
                var scrape = metrics.get().scrape(String.join(",", exchange.getRequestHeaders().getOrDefault("accept", List.of())));
                client.whole(200, scrape.type(), scrape.text());
            }
            case "/api/routes" -> client.json(200, Json.write(new RouteTable(routes.get(), windows, fallbacks).json()));
            case "/api/usage" -> client.json(200, usage(query(asked)));
            default -> client.json(200, Json.write(body(asked.getPath())));
        }
    }

    /// Whether the path is one of those that show everyone's requests.
    static boolean isAt(String path) { return PATHS.contains(path) || BODY.matcher(path).matches(); }

    private JsonObject body(String path) {
        var id = BODY.matcher(path).replaceFirst("$1");
        return bodies.find(id).orElseThrow(() -> new ApiError(404, bodies.absence(id)));
    }

    void statusLine(byte[] body, ClientResponse client) throws IOException {
        var given = Json.objectIn(body);
        var session = sessions.of(StatusLine.session(given));
        client.whole(200, "text/plain; charset=utf-8", (line(given, session) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String line(JsonObject given, Sessions.Session session) {
        try {
            var asked = StatusLine.model(given);
            var route = windows.fitted(routes.get().of(session.asked().equals(asked) ? session.route() : asked));
            return StatusLine.of(given, route.label(), route.model().context(), session.sum());
        } catch (ApiError | Config.Wrong e) {
            return StatusLine.of(given, session.route(), 0, session.sum());   // the next request will say what is wrong
        }
    }

    /// Ends when the client goes, which a comment now and then finds out, or when it has fallen too far behind.
    private void events(ClientResponse client) throws IOException {
        try (var follower = live.follow()) {
            write(client, ": follows\n\n");
            while (!follower.isLost()) {
                var change = follower.next(timing.ping());
                write(client, change.map(request -> "event: request\ndata: " + request + "\n\n").orElse(":\n\n"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();   // FreeCC is shutting down
        }
    }

    private static void write(ClientResponse client, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        client.write(bytes, 0, bytes.length);
    }

    /// From the ledger, or without one from what is in memory.
    private String usage(Map<String, String> query) {
        var zone = ZoneId.systemDefault();
        var since = query.getOrDefault("since", PERIOD);
        var usage = new Usage(query.getOrDefault("by", "model"), zone);
        var then = Usage.since(since, Instant.now(), zone);
        if (ledger.isOn()) ledger.since(then, usage::add);
        else live.requests().stream().filter(request -> Json.text(request, "state").equals("done")).forEach(usage::add);
        return Json.write(usage.json(then));
    }

    private static Map<String, String> query(URI asked) {
        var query = new HashMap<String, String>();
        for (var part : Objects.requireNonNullElse(asked.getRawQuery(), "").split("&")) {
            var equals = part.indexOf('=');
            if (equals > 0) query.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
