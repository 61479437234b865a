package lib.wire;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/// The connections to providers. Interrupting a thread that sends or reads closes its connection.
public final class Upstream {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final String UNTRUSTED = "; Java does not trust its certificate: import the certificate authority into a "
        + "trust store and set JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=<file>";

    private final Duration connect;
    private final Optional<Duration> patience;
    private final Supplier<HttpClient> plain, secure;

    public Upstream(ProxySelector proxies) { this(proxies, CONNECT, Optional.empty()); }

    /// For short requests: gives up if there is no answer within `patience`.
    public Upstream(ProxySelector proxies, Duration patience) { this(proxies, patience, Optional.of(patience)); }

    private Upstream(ProxySelector proxies, Duration connect, Optional<Duration> patience) {
        this.connect = connect;
        this.patience = patience;
        // Without TLS the selector thread does all the work itself, which saves switching threads;
        // a TLS handshake would block it, so the secure client has its own threads.
        plain = new Lazy<>(() -> client(proxies, Runnable::run));
        secure = new Lazy<>(() -> client(proxies, Executors.newVirtualThreadPerTaskExecutor()));
    }

    private HttpClient client(ProxySelector proxies, Executor executor) {
        return HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)   // the default asks hosts without TLS to upgrade to HTTP/2
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)   // a redirect would send the key to another host
            .proxy(proxies)
            .executor(executor)
            .build();
    }

    /// Creates the client before the first request, because that takes a fifth of a second.
    public void warmUp(boolean tls) { (tls ? secure : plain).get(); }

    public Answer send(Ask ask) {
        if (ask.isEcho()) return Answer.echo(ask.body());
        var client = (isSecure(ask.url()) ? secure : plain).get();
        for (var isRetry = false; ; isRetry = true) try {
            return answer(client, ask);
        } catch (IOException e) {
            if (isRetry || !isStale(e)) throw broken(ask.url(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(new InterruptedIOException("cancelled"));
        }
    }

    private static boolean isSecure(URI url) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !Set.of("http", "https").contains(scheme))
            throw ApiError.invalid("cannot use " + url.getScheme() + "://" + url.getHost()
                + ": the base URL must start with http:// or https://");
        return scheme.equals("https");
    }

    private Answer answer(HttpClient client, Ask ask) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(ask.url()).method(ask.method(), new Once(ask.body()));
        for (var header : ask.headers().entrySet()) try {
            request.header(header.getKey(), header.getValue());
        } catch (IllegalArgumentException e) {   // its message contains the value
            throw ApiError.invalid("invalid value for the header " + header.getKey()
                + ": the key or setting contains a line break or a character outside Latin-1");
        }
        patience.ifPresent(request::timeout);
        var response = client.send(request.build(), BodyHandlers.ofInputStream());
        return new Answer(response.statusCode(), response.headers().map(), response.body());
    }

    /// The server had closed the pooled connection.
    private static boolean isStale(IOException e) { return String.valueOf(e.getMessage()).contains("received no bytes"); }

    private ApiError broken(URI url, IOException e) {
        var host = url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return switch (e) {
            case HttpConnectTimeoutException _ ->
                new ApiError(504, "could not connect to " + host + " within " + connect.toSeconds() + " s");
            case HttpTimeoutException _ -> new ApiError(504, host + " did not answer in time");
            case ConnectException _ when e.getCause() instanceof UnknownHostException || isUnresolved(e) ->
                new ApiError(500, "the host " + host + " cannot be found; check the provider's base URL and the network");
            case ConnectException _ ->
                new ApiError(500, "cannot connect to " + host + "; check that it is running and that the base URL is right");
            case SSLException _ -> new ApiError(500, "the TLS connection to " + host + " failed: " + e.getMessage()
                + (String.valueOf(e.getMessage()).contains("certification path") ? UNTRUSTED : ""));
            default -> ApiError.cutOff(e);
        };
    }

    private static boolean isUnresolved(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof java.nio.channels.UnresolvedAddressException) return true;
        return false;
    }

    /// Sends a body in pieces without copying it, and releases it afterwards. The JDK's own publisher keeps a copy
    /// as long as the stream lives, which is half of the memory under load.
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
        private ByteBuffer rest;   // null after the last piece

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
