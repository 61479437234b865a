package lib.ledger;

import module java.base;

import lib.json.*;

/// Each request is its line in the ledger (time id session agent role asked route input cache_read cache_write output reasoning
/// searches cost_usd price_date first_token_ms ms status error attempts fallback_from key_name), and more: state (waiting, streaming,
/// done), request_id, streams, tools, messages, retries, message (the error's words), next_step. Unknown values are null.
///
/// The latest requests, in memory, and those who follow them as they go.
public final class Live {
    private static final int MOST = 500, BACKLOG = 1_000;

    private final Function<Outcome, JsonObject> line;
    private final SequencedMap<String, Outcome> requests = new LinkedHashMap<>();   // guarded by `this`; as JSON only for who asks
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    public Live(Function<Outcome, JsonObject> line) { this.line = line; }

    /// Someone who is told of every change. Whoever falls too far behind is let go, and asks for the list again.
    public final class Follower implements AutoCloseable {
        private final BlockingQueue<String> news = new ArrayBlockingQueue<>(BACKLOG);
        private volatile boolean lost;

        private Follower() { followers.add(this); }

        private void tell(String change) {
            if (!news.offer(change)) end();
        }

        private void end() {
            close();
            lost = true;
            news.clear();
            news.offer("");   // wakes whoever waits
        }

        /// The next change, or empty if nothing changes within that time.
        public Optional<String> next(Duration most) throws InterruptedException {
            return Optional.ofNullable(news.poll(most.toMillis(), TimeUnit.MILLISECONDS)).filter(change -> !change.isEmpty());
        }

        /// No more will come, and some changes may be lost.
        public boolean isLost() { return lost; }

        @Override public void close() { followers.remove(this); }
    }

    public Follower follow() { return new Follower(); }

    /// FreeCC stops, and waits for nobody who only watches.
    public void end() { followers.forEach(Follower::end); }

    /// A request begins, has its first token, or has ended.
    public void accept(Outcome outcome) {
        if (outcome.isUnderWay()) underWay.add(outcome.id());
        else underWay.remove(outcome.id());
        keep(outcome);
        if (followers.isEmpty()) return;
        var change = Json.write(json(outcome));
        followers.forEach(follower -> follower.tell(change));
    }

    private synchronized void keep(Outcome outcome) {
        requests.put(outcome.id(), outcome);
        if (requests.size() > MOST) requests.pollFirstEntry();
    }

    /// How many are under way.
    public int open() { return underWay.size(); }

    /// The newest first.
    public List<JsonObject> requests() { return latest().stream().map(this::json).toList(); }

    private synchronized List<Outcome> latest() { return List.copyOf(requests.sequencedValues().reversed()); }

    private JsonObject json(Outcome outcome) {
        var result = outcome.result();
        var state = !outcome.isUnderWay() ? "done" : result.firstToken().isPresent() ? "streaming" : "waiting";
        var request = line.apply(outcome);
        if (outcome.isUnderWay()) Json.put(request, "status", null);
        Json.put(request, "state", state);
        Json.put(request, "request_id", outcome.requestId());
        Json.put(request, "streams", outcome.asked().streams());
        Json.put(request, "tools", outcome.asked().tools());
        Json.put(request, "messages", outcome.asked().messages());
        Json.put(request, "retries", Json.arrayOf(outcome.served().retries()));
        Json.put(request, "message", result.message().isEmpty() ? null : result.message());
        var next = NextStep.of(outcome);
        Json.put(request, "next_step", next.isEmpty() ? null : next);
        return request;
    }
}
