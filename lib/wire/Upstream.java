package lib.wire;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/// The connections to providers. Interrupting a thread that sends or reads closes its connection.
public final class Upstream {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final int UPLOAD_RETRIES = 3, PROXY_REFUSES = 407;
    private static final String TUNNEL = "jdk.http.auth.tunneling.disabledSchemes", AUTHORIZATION = "proxy-authorization";
    private static final String UNTRUSTED = "; its certificate is from an authority that FreeCC does not trust: set SSL_CERT_FILE to a "
        + "PEM file with the authority's certificate";

    static {   // or the JDK keeps a password from the proxy, because it is not encrypted on the way there
        if (System.getProperty(TUNNEL) == null) System.setProperty(TUNNEL, "");
    }

    private final Proxies proxies;
    private final Duration connect;
    private final Optional<Duration> patience;
    private final Cores cores;
    private final Supplier<HttpClient> plain, secure;
    private final Function<String, Optional<Upstream>> others;
    private final Map<String, Optional<Upstream>> byProvider = new ConcurrentHashMap<>();

    public Upstream(Proxies proxies) { this(proxies, CONNECT, Optional.empty(), Cores.all()); }

    /// For short requests: gives up if there is no answer within `patience`.
    public Upstream(Proxies proxies, Duration patience) { this(proxies, patience, Optional.of(patience), Cores.all()); }

    private Upstream(Proxies proxies, Duration connect, Optional<Duration> patience, Cores cores) {
        this.proxies = proxies;
        this.connect = connect;
        this.patience = patience;
        this.cores = cores;
        this.others = provider -> proxies.of(provider).map(own -> new Upstream(own, connect, patience, cores));
        // Without TLS the selector thread does all the work itself, which saves switching threads;
        // a TLS handshake would block it, so the secure client has its own threads.
        plain = new Lazy<>(() -> client(proxies, Runnable::run));
        secure = new Lazy<>(() -> client(proxies, Executors.newVirtualThreadPerTaskExecutor()));
    }

    private HttpClient client(Proxies proxies, Executor executor) {
        // The default asks hosts without TLS to upgrade to HTTP/2. Over TLS it saves 64 slow streams a sixth of the CPU, and one client
        // or 16 fast streams nothing; but all streams to a host would share one connection, and end with it.
        return HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)   // a redirect would send the key to another host
            .proxy(proxies)
            .executor(executor)
            .build();
    }

    /// Creates the client before the first request, because that takes a fifth of a second.
    public void warmUp(boolean tls) { (tls ? secure : plain).get(); }

    /// The connections to this provider, which may have a proxy of its own.
    public Upstream to(String provider) { return byProvider.computeIfAbsent(provider, others).orElse(this); }

    /// Where requests are translated before they are sent here.
    public Cores cores() { return cores; }

    public Answer send(Ask ask) {
        cores.leave();
        if (ask.isEcho()) return Answer.echo(ask.body());
        var tls = isSecure(ask.url());
        for (var retries = 0; ; retries++) {
            var upload = new Upload(ask.body(), retries);
            try {
                return answer(tls, ask, upload);
            } catch (IOException e) {
                var isCut = upload.isCut() && !(e instanceof HttpTimeoutException);
                if (isCut ? retries == UPLOAD_RETRIES : retries > 0 || !isStale(e)) throw isCut ? cut(ask) : broken(ask.url(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ApiError.cutOff(new InterruptedIOException("cancelled"));
            }
        }
    }

    private static ApiError cut(Ask ask) {
        return new ApiError(502, hostOf(ask.url()) + " closed the connection while the request (" + ask.body().length / 1024
            + " kB) was being sent, without an answer; it may not take requests of this size");
    }

    private static boolean isSecure(URI url) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !Set.of("http", "https").contains(scheme))
            throw ApiError.invalid("cannot use " + url.getScheme() + "://" + url.getHost()
                + ": the base URL must start with http:// or https://");
        return scheme.equals("https");
    }

    private Answer answer(boolean tls, Ask ask, Upload upload) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(ask.url()).method(ask.method(), upload);
        for (var header : ask.headers().entrySet()) try {
            request.header(header.getKey(), header.getValue());
        } catch (IllegalArgumentException e) {   // its message contains the value
            throw ApiError.invalid("invalid value for the header " + header.getKey()
                + ": the key or setting contains a line break or a character outside Latin-1");
        }
        var password = proxies.authorization(ask.url());
        if (!password.isEmpty()) request.header(AUTHORIZATION, password);   // for a host in TLS, the tunnel's alone
        var client = (tls ? secure : plain).get();
        var response = patience.isPresent() ? whole(client, request.build(), patience.get())
            : client.send(request.build(), _ -> new AnswerBody.Arriving(tls));
        var proxy = proxies.variable(ask.url());
        if (response.statusCode() == PROXY_REFUSES && proxy.isPresent()) throw proxyRefuses(proxy.get(), password.isEmpty());
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        var encoding = headers.remove("content-encoding");   // from here on the body is what it says
        return new Answer(response.statusCode(), headers, new AnswerBody(response.body(), encoding == null ? ""
            : String.join(",", encoding)));
    }

    private static ApiError proxyRefuses(String variable, boolean unnamed) {
        return ApiError.invalid(unnamed
            ? "the proxy asks for a user and a password; write them into " + variable + ": http://user:password@host:port"
            : "the proxy refuses the user and password in " + variable + "; special characters in them are written as %XX (@ is %40)");
    }

    /// With its body in memory: a server that sends its answer ever so slowly does not answer either.
    private static HttpResponse<InputStream> whole(HttpClient client, HttpRequest request, Duration patience)
        throws IOException, InterruptedException {
        var bytes = BodySubscribers.limiting(BodySubscribers.ofByteArray(), Bounds.ERROR);
        BodyHandler<InputStream> body = _ -> BodySubscribers.mapping(bytes, ByteArrayInputStream::new);
        var asked = client.sendAsync(request, body);
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } finally {
            asked.cancel(true);   // does nothing to one that has ended
        }
    }

    /// The server had closed the pooled connection.
    private static boolean isStale(IOException e) { return String.valueOf(e.getMessage()).contains("received no bytes"); }

    private ApiError broken(URI url, IOException e) {
        var host = hostOf(url);
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

    private static String hostOf(URI url) { return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()); }

    private static boolean isUnresolved(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof java.nio.channels.UnresolvedAddressException) return true;
        return false;
    }
}
