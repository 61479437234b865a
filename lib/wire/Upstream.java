package lib.wire;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/// The connections to the providers. Interrupting the thread that sends or reads closes its connection.
public final class Upstream {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final String UNTRUSTED = "; Java does not know who signed its certificate: put that authority into a trust store, and its file into JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=<file>";

    private final Duration connect;
    private final Optional<Duration> patience;
    private final Supplier<HttpClient> plain, secure;

    public Upstream(ProxySelector proxies) { this(proxies, CONNECT, Optional.empty()); }

    /// For short questions: to wait longer than so long for an answer is of no use.
    public Upstream(ProxySelector proxies, Duration patience) { this(proxies, patience, Optional.of(patience)); }

    private Upstream(ProxySelector proxies, Duration connect, Optional<Duration> patience) {
        this.connect = connect;
        this.patience = patience;
        // Without TLS the selector thread may do all the work itself, which saves hand-overs between threads;
        // a TLS handshake would hold it up, so that one has threads of its own.
        plain = once(() -> client(proxies, Runnable::run));
        secure = once(() -> client(proxies, Executors.newVirtualThreadPerTaskExecutor()));
    }

    private static <T> Supplier<T> once(Callable<T> maker) {
        var task = new FutureTask<>(maker);
        return () -> {
            task.run();   // does nothing the second time
            try {
                return task.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private HttpClient client(ProxySelector proxies, Executor executor) {
        return HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)   // the default would ask plain hosts for an upgrade to HTTP/2
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)   // a redirect would carry the key to another host
            .proxy(proxies)
            .executor(executor)
            .build();
    }

    /// Makes the client ahead of the first request, because that takes a fifth of a second.
    public void warmUp(boolean tls) { (tls ? secure : plain).get(); }

    public Answer send(Ask ask) {
        if (ask.isEcho()) return Answer.echo(ask.body());
        var client = (isSecure(ask.url()) ? secure : plain).get();
        try {
            return answer(client, ask);
        } catch (IOException e) {
            if (!isStale(e)) throw broken(ask.url(), e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            return answer(client, ask);   // the pooled connection had been closed by the other side: once more on a new one
        } catch (IOException e) {
            throw broken(ask.url(), e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static boolean isSecure(URI url) {
        if (url.getHost() == null || !"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme()))
            throw ApiError.invalid("the address " + url.getScheme() + "://" + url.getHost() + " is no http:// or https:// one; check the base URL");
        return url.getScheme().equalsIgnoreCase("https");
    }

    private Answer answer(HttpClient client, Ask ask) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(ask.url()).method(ask.method(), new Once(ask.body()));
        for (var header : ask.headers().entrySet()) try {
            request.header(header.getKey(), header.getValue());
        } catch (IllegalArgumentException e) {   // its words hold the value
            throw ApiError.invalid("the header " + header.getKey() + " cannot be sent: the setting or the key in it holds a line break, or a sign that is no Latin letter");
        }
        patience.ifPresent(request::timeout);
        var response = client.send(request.build(), BodyHandlers.ofInputStream());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    private static boolean isStale(IOException e) {
        return e.getMessage() != null && e.getMessage().contains("received no bytes");
    }

    private static ApiError interrupted() {
        Thread.currentThread().interrupt();
        return ApiError.cutOff(new InterruptedIOException("cancelled"));
    }

    private ApiError broken(URI url, IOException e) {
        var host = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return switch (e) {
            case HttpConnectTimeoutException _ -> new ApiError(504, "no connection to " + host + " within " + connect.toSeconds() + " s");
            case HttpTimeoutException _ -> new ApiError(504, host + " does not answer");
            case ConnectException _ when e.getCause() instanceof UnknownHostException || isUnresolved(e) ->
                new ApiError(500, "the host " + host + " cannot be found; check the provider's base URL and the network");
            case ConnectException _ -> new ApiError(500, "cannot connect to " + host + "; is it running and is the base URL right?");
            case SSLException _ -> new ApiError(500, "no secure connection to " + host + ": " + e.getMessage() + (String.valueOf(e.getMessage()).contains("certification path") ? UNTRUSTED : ""));
            default -> ApiError.cutOff(e);
        };
    }

    private static boolean isUnresolved(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof java.nio.channels.UnresolvedAddressException) return true;
        return false;
    }

    /// A body that goes out in pieces without being copied, and is let go once it is sent. The JDK's own publisher copies
    /// it, and its copy lives as long as the stream: half of the memory under load.
    private static final class Once implements BodyPublisher {
        private static final int PIECE = 64 * 1024;

        private final long length;
        private byte[] body;

        Once(byte[] body) {
            this.body = body;
            this.length = body.length;
        }

        @Override public long contentLength() { return length; }

        @Override public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Pieces(subscriber, ByteBuffer.wrap(body)));
            body = null;
        }
    }

    private static final class Pieces implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private ByteBuffer rest;   // null once all of it is sent

        Pieces(Flow.Subscriber<? super ByteBuffer> subscriber, ByteBuffer body) {
            this.subscriber = subscriber;
            this.rest = body;
        }

        @Override public void request(long wanted) {
            for (var i = 0L; i < wanted && rest != null; i++) {
                var piece = rest.slice(rest.position(), Math.min(Once.PIECE, rest.remaining()));
                rest.position(rest.position() + piece.remaining());
                var last = !rest.hasRemaining();
                if (last) rest = null;
                subscriber.onNext(piece);
                if (last) subscriber.onComplete();
            }
        }

        @Override public void cancel() { rest = null; }
    }
}
