package lib.server;

import module java.base;

import lib.config.*;
import lib.ledger.*;
import lib.wire.*;

/// `GET /api/requests`: `{"open": n, "ledger": bool, "requests": [...]}`, the newest first; a request is as `Live` says. `GET /api/events`:
/// the same requests as server-sent events `request`, at each change. `GET /api/usage?by=model|session|day|hour|role&since=7d`:
/// `{"by", "since", "total", "groups": [{"key", ...}]}`, where each sum has requests errors input cache_read cache_write output reasoning
/// searches cost_usd unpriced cache_hit_ratio first_token_ms{p50 p95} ms{p50 p95}.
record Api(Ledger ledger, Live live, Timing timing) {
    private static final String PERIOD = "7d";

    void answer(URI asked, ClientResponse client) throws IOException {
        switch (asked.getPath()) {
            case "/api/requests" -> client.json(200, Json.write(Json.object("open", live.open(), "ledger", ledger.isOn(),
                "requests", Json.arrayOf(live.requests()))));
            case "/api/events" -> events(client);
            default -> client.json(200, usage(query(asked)));
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
        var sums = usage.json();
        Json.put(sums, "since", then.truncatedTo(ChronoUnit.SECONDS).toString());
        return Json.write(sums);
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
