package lib.page;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.route.*;

/// What the latest requests and replies said, for the page's inspector: only what LOG_REQUEST_BODY and LOG_RESPONSE_BODY ask for,
/// in memory that is bounded, and without secrets. `GET /api/requests/{id}/body` is `{"id", "previous": the turn of the same
/// conversation before, "request": the client's text, "asks": [{"ms", "url", "body"}], "frames": [{"ms", "event", "data"}],
/// "reply": [{"ms", "text"}], "cut": whether something was too long to keep}`; the times are since the request came.
public final class Bodies {
    private static final int MOST = 50;
    private static final long LARGEST = 64L << 20, LARGEST_OF_ONE = 24L << 20;

    private final boolean requests, responses;
    private final UnaryOperator<String> redacting;
    private final SequencedMap<String, Body> kept = new LinkedHashMap<>();   // guarded by `this`, like all that is in them
    private long size;

    public Bodies(Config config) {
        this.requests = config.logsRequests();
        this.responses = config.logsResponses();
        this.redacting = config.secrets()::masked;
    }

    public boolean keepsRequests() { return requests; }

    public boolean keepsResponses() { return responses; }

    /// For a request that has come; nothing is kept before it is known to be for a model.
    public Body of(String id) { return new Body(this, id); }

    /// One that keeps nothing.
    public static Body none() { return new Bodies(new Config(Map.of())).of(""); }

    synchronized void begin(Body body) {
        if (!requests && !responses) return;
        kept.put(body.id(), body);
        bound();
    }

    /// Room for so many bytes more of this one, by letting go of the oldest.
    synchronized boolean takes(Body body, long bytes) {
        if (!kept.containsKey(body.id()) || body.size() + bytes > LARGEST_OF_ONE) return false;
        size += bytes;
        bound();
        return true;
    }

    private void bound() {
        while (kept.size() > MOST || size > LARGEST && kept.size() > 1) size -= kept.pollFirstEntry().getValue().size();
    }

    /// What is known of a request, if it is still kept.
    public synchronized Optional<JsonObject> find(String id) {
        return Optional.ofNullable(kept.get(id)).map(body -> {
            var json = body.json(redacting);
            Json.put(json, "previous", previous(body).orElse(null));
            return json;
        });
    }

    private Optional<String> previous(Body of) {
        return kept.sequencedValues().stream().takeWhile(body -> body != of).filter(of::follows).map(Body::id).reduce((_, last) -> last);
    }

    /// Why there is nothing under this id.
    public String absence(String id) {
        if (!requests && !responses)
            return "bodies are not kept; set LOG_REQUEST_BODY=true and LOG_RESPONSE_BODY=true and start FreeCC again";
        return "the body of " + id + " is not kept; only the last " + MOST + " requests are, up to " + (LARGEST >> 20) + " MB";
    }
}
