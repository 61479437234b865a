package lib.server;

import module java.base;

import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Takes note of one request while it is under way, to tell its outcome at the end.
final class RequestLog {
    private final long started = System.nanoTime();
    private final Optional<StringBuilder> body;
    private String model = "", failure = "";
    private int status = 200, tools, messages;
    private Optional<Route> route = Optional.empty();
    private Optional<Attempts> attempts = Optional.empty();
    private Optional<Reply> reply = Optional.empty();

    /// `keepsBody` if the provider's words are to be logged, too.
    RequestLog(boolean keepsBody) { this.body = keepsBody ? Optional.of(new StringBuilder()) : Optional.empty(); }

    void received(Request request) {
        model = request.model();
        tools = Json.list(request.message(), "tools").size();
        messages = Json.list(request.message(), "messages").size();
    }

    void routed(Route to) { route = Optional.of(to); }

    void answering(Attempts attempts, Reply reply) {
        this.attempts = Optional.of(attempts);
        this.reply = Optional.of(reply);
    }

    void failed(ApiError error) {
        status = error.status();
        failure = error.getMessage();
    }

    void clientGone() {
        status = 499;
        failure = "the client disconnected, or stopped reading";
    }

    void heard(Frame frame) {
        body.filter(text -> text.length() < Bounds.LOGGED).ifPresent(text -> {
            text.append(frame.data()).append('\n');
            if (text.length() > Bounds.LOGGED) text.replace(Bounds.LOGGED, text.length(), "... (and so on)");
        });
    }

    /// What the provider sent, if the log wants it; otherwise empty.
    String body() { return body.map(text -> text.toString().strip()).orElse(""); }

    /// Whether it is logged: requests to a model and failures are, health checks are not.
    boolean isTold() { return !model.isEmpty() || status >= 400; }

    Outcome outcome(String requestId) {
        var to = attempts.map(Attempts::route).or(() -> route);
        var usage = reply.map(Reply::usage).orElse(Event.Usage.NONE);
        var paid = to.filter(_ -> reply.isPresent() && failure.isEmpty());
        var cost = paid.map(served -> served.model().price().of(usage)).orElse(OptionalDouble.empty());
        return new Outcome(requestId, model, tools, messages, to.map(Route::provider).orElse(""), to.map(Route::name).orElse(""),
            attempts.map(Attempts::made).orElse(0), status, failure, Duration.ofNanos(System.nanoTime() - started), usage, cost);
    }
}
