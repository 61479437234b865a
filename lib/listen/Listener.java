package lib.listen;

import module java.base;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;

import lib.config.*;
import lib.wire.*;

/// The port that clients connect to: the JDK's HTTP server, and what bounds its connections.
public final class Listener {
    private static final int BACKLOG = 4096;
    private static final long MOST_CONNECTIONS = 5000;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");   // without it every stream waits 44 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.idleInterval", "30");   // seconds
        System.setProperty("sun.net.httpserver.maxReqTime", "45");   // seconds, until a request is read: against uploads that never end
        System.setProperty("sun.net.httpserver.drainAmount", String.valueOf(Bounds.REFUSED));   // else a refused upload sees a reset
        System.setProperty("jdk.httpserver.maxConnections", String.valueOf(connections()));
    }

    /// Each needs a file, and another one for its provider; some are left for everything else.
    private static long connections() {
        try (var limits = Files.lines(Path.of("/proc/self/limits"))) {
            var files = limits.filter(line -> line.startsWith("Max open files")).map(line -> line.split("\\s+")[3]).findFirst().orElse("");
            return files.matches("\\d{1,9}") ? Math.clamp((Long.parseLong(files) - 200) / 2, 16, MOST_CONNECTIONS) : MOST_CONNECTIONS;
        } catch (IOException e) {
            return MOST_CONNECTIONS;   // not Linux; the JVM raises macOS's limit to about twice that
        }
    }

    private final HttpServer http;

    /// Listens from now on, with TLS if there is a context for it; each request has a thread of `handlers`.
    public Listener(InetSocketAddress address, Optional<SSLContext> tls, Executor handlers, HttpHandler handler) throws IOException {
        try {
            this.http = tls.isPresent() ? secure(address, tls.get()) : HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new Config.Wrong("port " + address.getPort() + " on " + address.getHostString()
                + " is in use; stop the program that uses it, or choose another with PORT or --port");
        }
        http.setExecutor(handlers);
        http.createContext("/", handler);
        http.start();
    }

    /// Looks for the JDK's server while the settings are read. The JDK opens every jar of the class path for it, which takes a sixth
    /// of the time until FreeCC listens.
    public static void prepare() { Thread.ofPlatform().daemon().start(HttpServerProvider::provider); }

    /// Writes a date as the JDK's server does in each answer: the first takes 20 ms, for the names of days, months and zones.
    public static void warmUp() {
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.US).withZone(ZoneId.of("GMT")).format(Instant.now());
    }

    /// The context for TLS if FREECC_TLS_CERT and FREECC_TLS_KEY are set; `warning` takes what is wrong with a renewed certificate.
    public static Optional<SSLContext> tls(Config config, Consumer<String> warning) { return Certificate.context(config, warning); }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        var server = HttpsServer.create(address, BACKLOG);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    public int port() { return http.getAddress().getPort(); }

    /// Accepts no more connections, waits `most` for the requests under way, and closes what is still open.
    public void stop(Duration most) { http.stop((int) most.toSeconds()); }
}
