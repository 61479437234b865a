package lib.server;

import module java.base;
import com.sun.net.httpserver.HttpExchange;

import lib.page.*;
import lib.wire.*;

/// The way back to the client. Status and headers go out with the first byte, so that until then an error keeps its status.
final class ClientResponse extends OutputStream {
    static final String ROUTE = "x-freecc-route";

    /// What goes out before the first byte.
    private record Head(int status, String type, long length) {
        static final Head EVENTS = new Head(200, "text/event-stream", 0);
    }

    private final HttpExchange exchange;
    private final UnaryOperator<String> redacting;
    private String requestId;
    private volatile boolean open;
    private volatile String route = "", named = "";   // who answers, and who does as far as the client knows
    private Optional<Thread> writer = Optional.empty();   // guarded by `this`, like the time
    private long writingSince;

    ClientResponse(HttpExchange exchange, String requestId, UnaryOperator<String> redacting) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.redacting = redacting;
    }

    String requestId() { return requestId; }

    /// Something has gone out: the status is settled.
    boolean isOpen() { return open; }

    /// The route whose answer this is; empty as long as another one may still answer.
    void answeredBy(String label) { route = label.replaceAll("[^\\x20-\\x7e]", "?"); }

    /// Who answers, if the headers have gone out without the name; once.
    Optional<String> unnamed() {
        if (!open || named.equals(route)) return Optional.empty();
        named = route;
        return Optional.of(route);
    }

    /// The headers that belong to Anthropic's own answer.
    void passOn(Answer answer) {
        for (var name : answer.headers().keySet())
            if (name.toLowerCase(Locale.ROOT).startsWith("anthropic-")) exchange.getResponseHeaders().set(name, answer.header(name));
        if (!answer.header("request-id").isEmpty()) requestId = answer.header("request-id");
    }

    private void open(Head head) throws IOException {
        named = route;
        open = true;
        var headers = exchange.getResponseHeaders();
        headers.set("content-type", head.type);
        headers.set("request-id", requestId);
        if (!named.isEmpty()) headers.set(ROUTE, named);
        if (head.length == 0) headers.set("cache-control", "no-cache");
        exchange.sendResponseHeaders(head.status, head.length);
    }

    void json(int status, String body) throws IOException { whole(status, "application/json", body.getBytes(StandardCharsets.UTF_8)); }

    /// A file of the page, with the headers that shut everything else out.
    void page(Page.File file) throws IOException {
        Page.HEADERS.forEach(exchange.getResponseHeaders()::set);
        whole(200, file.type(), file.bytes());
    }

    void whole(int status, String type, byte[] bytes) throws IOException {
        var isHead = exchange.getRequestMethod().equals("HEAD");
        send(new Head(status, type, isHead ? -1 : bytes.length), bytes, 0, isHead ? 0 : bytes.length);
    }

    /// The error without any secret in its words.
    ApiError redacted(ApiError error) { return error.without(redacting); }

    void error(ApiError given) throws IOException {
        var error = redacted(given);
        error.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (error.isFinal()) exchange.getResponseHeaders().set("x-should-retry", "false");
        if (error.headers().containsKey("request-id")) requestId = error.headers().get("request-id");
        json(error.status(), error.json(requestId));
    }

    @Override public void write(int b) throws IOException { write(new byte[]{(byte) b}, 0, 1); }

    @Override public void write(byte[] bytes, int from, int count) throws IOException {
        send(Head.EVENTS, bytes, from, count);
    }

    /// Sends the head first if it has not gone out. A thread that was interrupted must not write, because that would close the
    /// connection; its error says why it stopped.
    private void send(Head head, byte[] bytes, int from, int count) throws IOException {
        writing(Optional.of(Thread.currentThread()));
        try {
            if (Thread.currentThread().isInterrupted()) throw new ApiError(500, "FreeCC is shutting down");
            if (!open) open(head);
            if (count == 0) return;
            exchange.getResponseBody().write(bytes, from, count);
            exchange.getResponseBody().flush();
        } finally {
            writing(Optional.empty());
        }
    }

    private synchronized void writing(Optional<Thread> writer) {
        this.writer = writer;
        writingSince = System.nanoTime();
    }

    /// Interrupts a thread, unless it is writing, which would close the connection; false if it is.
    synchronized boolean interrupt(Thread thread) {
        if (writer.filter(thread::equals).isPresent()) return false;
        thread.interrupt();
        return true;
    }

    /// Whether a write takes longer than is `usual`, because the client does not read. One that takes longer than `most` is
    /// interrupted, which closes the connection. A comment that is being written, as one is at every beat, holds nothing up.
    synchronized boolean holdsUp(Duration usual, Duration most) {
        var time = System.nanoTime() - writingSince;
        if (time > most.toNanos()) writer.ifPresent(Thread::interrupt);
        return writer.isPresent() && time > usual.toNanos();
    }
}
