package lib.server;

import module java.base;

import lib.ledger.*;
import lib.page.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Takes note of one request while it is under way, to tell how it goes and what became of it.
final class RequestLog {
    private final Instant time = Instant.now();
    private final long started = System.nanoTime();
    private final String id;
    private final Optional<StringBuilder> body;
    private final Consumer<Outcome> progress;
    private final Body inspected;
    private Outcome.Asked asked = Outcome.Asked.NOTHING;
    private String key = "", error = "", failure = "";
    private int status;
    private Optional<Duration> first = Optional.empty();
    private Optional<Route> route = Optional.empty();
    private Optional<Attempts> attempts = Optional.empty();
    private Optional<Reply> reply = Optional.empty();
    private boolean isMessage;

    /// `keepsBody` if the provider's words are to be logged, too; `inspected` keeps everything for the page's inspector;
    /// `progress` hears of a message on its way.
    RequestLog(String id, boolean keepsBody, Body inspected, Consumer<Outcome> progress) {
        this.id = id;
        this.body = keepsBody ? Optional.of(new StringBuilder()) : Optional.empty();
        this.inspected = inspected;
        this.progress = progress;
    }

    void received(Request request) {
        asked = Outcome.Asked.of(request, key);
        inspected.request(request);
        isMessage = true;
    }

    void counting(Request request) { asked = Outcome.Asked.of(request, key); }

    /// The name of the key that the client has sent.
    void keyed(String name) { key = name; }

    String key() { return key; }

    void routed(Route to) { route = Optional.of(to); }

    void answering(Attempts attempts, Reply reply) {
        this.attempts = Optional.of(attempts);
        this.reply = Optional.of(reply);
        progress.accept(now(id));
    }

    void firstToken() {
        first = Optional.of(elapsed());
        progress.accept(now(id));
    }

    void failed(ApiError reason) {
        status = reason.status();
        error = reason.type();
        failure = reason.getMessage();
    }

    void clientGone() {
        status = 499;
        error = "client_gone";
        failure = "the client disconnected, or stopped reading";
    }

    /// Where the request and the reply are kept for the page.
    Body inspected() { return inspected; }

    void heard(Frame frame) {
        inspected.heard(frame);
        body.filter(text -> text.length() < Bounds.LOGGED).ifPresent(text -> {
            text.append(frame.data()).append('\n');
            if (text.length() > Bounds.LOGGED) text.replace(Bounds.LOGGED, text.length(), "... (and so on)");
        });
    }

    /// What the provider sent, if the log wants it; otherwise empty.
    String body() { return body.map(text -> text.toString().strip()).orElse(""); }

    /// Whether it is logged: requests to a model and failures are, health checks are not.
    boolean isTold() { return !asked.model().isEmpty() || status >= 400; }

    /// Whether it asked a model for an answer, so that it belongs in the ledger.
    boolean isMessage() { return isMessage; }

    /// What became of it; `requestId` is what the client was told.
    Outcome outcome(String requestId) {
        if (status == 0) status = 200;
        return now(requestId);
    }

    private Outcome now(String requestId) {
        return new Outcome(id, requestId, time, asked, served(), new Outcome.Result(status, error, failure, first, elapsed()));
    }

    private Duration elapsed() { return Duration.ofNanos(System.nanoTime() - started); }

    private Outcome.Served served() {
        var to = attempts.map(Attempts::route).or(() -> route);
        if (to.isEmpty()) return Outcome.Served.NOWHERE;
        var usage = used();
        return new Outcome.Served(to.get().provider(), to.get().name(), attempts.map(Attempts::made).orElse(0),
            attempts.map(Attempts::retries).orElse(List.of()), attempts.map(Attempts::keyRests).orElse(List.of()),
            attempts.map(Attempts::fallbackFrom).orElse(""),
            usage, to.get().model().price().of(usage));
    }

    /// What was broken off is paid, too, as far as it came. A provider that had not said a word is owed nothing.
    private Event.Usage used() {
        return reply.filter(_ -> status == 200 || first.isPresent()).map(Reply::usage).orElse(Outcome.Served.NO_USAGE);
    }
}
