package lib.ledger;

import module java.base;

import lib.json.*;

/// What each session has cost so far, from the ledger and then as its requests end, so that a status line need not read files.
public final class Sessions {
    private static final int MOST = 200;
    private static final Duration BACK = Duration.ofDays(60);

    /// A session's sum, the model that its conversation last asked for, and the route that answered; empty if none has.
    public record Session(Sum sum, String asked, String route) {
        private static Session fresh() { return new Session(new Sum(), "", ""); }

        private Session with(JsonObject line) {
            sum.add(line);
            var isMain = Json.text(line, "role").equals("main") && Json.number(line, "status") == 200;
            return isMain ? new Session(sum, Json.text(line, "asked"), Json.text(line, "route")) : this;
        }
    }

    private final Ledger ledger;
    private final SequencedMap<String, Session> known = new LinkedHashMap<>();   // guarded by `this`

    public Sessions(Ledger ledger) { this.ledger = ledger; }

    /// Records a request that has ended. In the same step as the ledger, so that no request is counted twice or never.
    public synchronized void accept(Outcome outcome) {
        ledger.accept(outcome);
        var id = outcome.asked().session();
        if (ledger.isOn() && !known.containsKey(id)) return;   // the ledger remembers it
        keep(id, known.getOrDefault(id, Session.fresh()).with(ledger.line(outcome)));
    }

    public synchronized Session of(String id) {
        if (known.containsKey(id)) return known.get(id);
        var lines = new ArrayList<JsonObject>();
        if (ledger.isOn() && !id.isEmpty()) ledger.since(Instant.now().minus(BACK), "\"session\":\"" + id + "\"", lines::add);
        var session = Session.fresh();
        for (var line : lines) session = session.with(line);
        keep(id, session);
        return session;
    }

    private void keep(String id, Session session) {
        known.putLast(id, session);
        if (known.size() > MOST) known.pollFirstEntry();
    }
}
