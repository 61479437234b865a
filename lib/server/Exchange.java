package lib.server;

import module java.base;

import lib.answer.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// One request until the end of its answer: its attempts, the reply that they share, and the client that waits for it.
final class Exchange implements AutoCloseable {
    private final Attempts attempts;
    private final Blocks out;
    private final ClientResponse client;
    private final RequestLog log;
    private final Timing timing;
    private final Reply reply;
    private final KeepAlive keepAlive;
    private boolean content;   // the last frame was some, as far as its name tells

    Exchange(Attempts attempts, Blocks out, ClientResponse client, RequestLog log, Timing timing) {
        this.attempts = attempts;
        this.out = out;
        this.client = client;
        this.log = log;
        this.timing = timing;
        this.reply = new Reply(out, attempts.tokens(), log::firstToken, attempts::commit);
        var stream = out instanceof Sse sse ? Optional.of(sse) : Optional.<Sse>empty();
        this.keepAlive = new KeepAlive(timing, client, stream, this::begin, this::patience);
        log.answering(attempts, reply);
    }

    Attempts attempts() { return attempts; }

    Reply reply() { return reply; }

    /// What the provider is asked now.
    Ask asking() {
        client.answeredBy(attempts.hasFallback() ? "" : attempts.route().label());
        log.inspected().asked(attempts.current().ask());
        return attempts.current().ask();
    }

    /// Reads an answer to its end. Meanwhile only the attempts know the current one, so that they can let go of what was sent.
    void read(Answer answer) {
        begin(answer, attempts.current());
        name();
        if (relays()) client.passOn(answer);
        var context = attempts.current().context();
        AnswerReader.read(Frame.tapped(answer.frames(this::idle), this::heard), context, listener());
        goOn();
        if (reply.isEmpty() && !context.begun()) throw new RetryReply("the model ended its turn without text or a tool call");
    }

    private void begin(Answer answer, Attempt attempt) {
        content = false;
        if (!attempt.isPoll()) keepAlive.heard();   // a poll that finds nothing has heard nothing
        attempts.answered(answer.status());
        if (!answer.ok()) throw attempt.dialect().error(answer, attempt.route());
    }

    /// Says who answers: in a header, or if those have gone out, in a comment of the stream.
    private void name() {
        client.answeredBy(attempts.route().label());
        if (out instanceof Sse sse) client.unnamed().ifPresent(route -> sse.comment(" " + ClientResponse.ROUTE + ": " + route));
    }

    /// The reply, and before it the continuations. They hear events, whatever the model speaks.
    private Consumer<Event> listener() {
        Consumer<Event> out = reply;
        for (var continuation : attempts.continuations()) out = continuation.hear(out);
        return attempts.current().dialect().relays() && !relays() ? new FrameEvents(out) : out;
    }

    private void goOn() {
        for (var continuation : attempts.continuations().reversed()) {
            var next = next(continuation);
            if (next.isPresent()) throw next.get();
        }
    }

    /// An error here is FreeCC's own: no change to the request can help, as it may when the provider refuses one.
    private Optional<NextTurn> next(Continuation continuation) {
        try {
            return continuation.next();
        } catch (ApiError error) {
            attempts.commit();
            throw error;
        }
    }

    /// Whether the provider's own frames reach the client. In an exchange that may go on they are read, because several
    /// messages become one.
    private boolean relays() { return attempts.route().dialect().relays() && attempts.continuations().isEmpty(); }

    /// Comments and pings show that a server is alive; only content shows that its model is.
    private void heard(Frame frame) {
        accepted();
        content = !frame.event().equals("ping");
        log.heard(frame);
    }

    /// The last frame was read, and was more than word that there is no answer yet.
    private void accepted() {
        if (content) keepAlive.heard();
        content = false;
    }

    /// All that has arrived is read: what it became goes out.
    private void idle() {
        accepted();
        if (out instanceof Sse sse) sse.flush();
    }

    /// The answer is at another address, or will be.
    void fetch(FetchElsewhere elsewhere) {
        if (attempts.current().isPoll()) rest();   // it was looked for, and is not ready
        attempts.fetch(elsewhere);
    }

    /// The provider refused, or was silent for too long: something else is tried, or this is the end.
    void refused(ApiError error) {
        if (!Thread.currentThread().isInterrupted()) attempts.refused(error);
        else if (keepAlive.cause() == KeepAlive.Cause.PROVIDER_SILENT && attempts.hasFallback()) {
            Thread.interrupted();
            var silence = interruption();
            keepAlive.goOn();
            attempts.abandoned(silence);
        } else throw error;
        reply.restart();
    }

    private void rest() {
        try {
            Thread.sleep(timing.beat().multipliedBy(2));
        } catch (InterruptedException e) {
            throw interruption();
        }
    }

    void end() throws IOException {
        reply.end();
        attempts.end(reply);
        if (out instanceof Sse sse) sse.flush();
        else if (out instanceof MessageBuilder whole) {
            var message = whole.json();
            log.inspected().sent(message.getBytes(StandardCharsets.UTF_8));
            client.json(200, message);
        }
    }

    /// Tells the client: within the stream if that has begun, else with a status.
    void fail(ApiError error) {
        var reason = Thread.interrupted() ? interruption() : error;   // cleared, or the error could not be written
        name();
        if (!(out instanceof Sse sse) || !reply.hasStarted() && !client.isOpen()) throw reason;
        log.failed(client.redacted(reason));
        sse.fail(client.redacted(reason), client.requestId());
    }

    /// The same for a fault of FreeCC's own, if the stream has begun.
    void failed(Throwable fault) {
        Thread.interrupted();   // cleared, or the error could not be written
        if (out instanceof Sse sse && client.isOpen()) sse.fail(ApiError.fault(fault), client.requestId());
    }

    /// Why the thread that listens to the provider was interrupted.
    private ApiError interruption() {
        return switch (keepAlive.cause()) {
            case CLIENT_GONE -> throw new Sse.ClientGone();
            case PROVIDER_SILENT -> new ApiError(504,
                "the provider sent no content for " + patience().toMinutes() + " minutes; try again, or choose another model");
            case NONE -> new ApiError(500, "FreeCC is shutting down");
        };
    }

    /// Begins the message for a client that waits. A provider whose frames are relayed begins it itself.
    private void begin() {
        if (!relays()) reply.start();
    }

    /// A model on this machine may read its prompt for a quarter of an hour.
    private Duration patience() { return Loopback.isUrl(attempts.route().url("")) ? timing.patience().multipliedBy(3) : timing.patience(); }

    @Override public void close() { keepAlive.close(); }
}
