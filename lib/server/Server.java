package lib.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import lib.dialect.Request;
import lib.provider.Config;
import lib.provider.Routes;
import lib.provider.ContextWindows;
import lib.reply.Sse;
import lib.wire.ApiError;
import lib.wire.Ids;
import lib.wire.Json;
import lib.wire.Upstream;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The HTTP surface. Every answer carries a request-id, every failure has Anthropic's shape.
public final class Server implements AutoCloseable {
    private static final int LARGEST_BODY = 64 * 1024 * 1024;
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");   // without it every stream waits 44 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
        System.setProperty("sun.net.httpserver.maxReqTime", "600");   // seconds, against uploads that never end
    }

    private final HttpServer http;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final Guard guard;
    private final Messages messages;
    private final CountTokens countTokens;
    private final ModelList models;
    private final Routes routes;
    private final Ids ids;
    private final Log log;
    private final boolean colour, logsRequests, logsResponses;

    /// Everything that a server is made of; `pace` and `ids` differ in tests.
    public record Parts(Config config, Routes routes, ContextWindows windows, Upstream upstream, Log log, Ids ids, Pace pace, boolean colour) {
        public Parts(Config config, Routes routes, Upstream upstream, Log log, boolean colour) {
            this(config, routes, new ContextWindows(), upstream, log, Ids.random(), Pace.USUAL, colour);
        }
    }

    public Server(Parts parts, String host, int port) throws IOException {
        this.routes = parts.routes();
        this.ids = parts.ids();
        this.log = parts.log();
        this.colour = parts.colour();
        this.logsRequests = parts.config().logsRequests();
        this.logsResponses = parts.config().logsResponses();
        this.guard = new Guard(parts.config(), host);
        this.messages = new Messages(routes, parts.windows(), parts.upstream(), ids, parts.pace(), log::redacted);
        this.countTokens = new CountTokens(parts.upstream());
        this.models = new ModelList(routes);
        try {
            this.http = HttpServer.create(new InetSocketAddress(host, port), 4096);
        } catch (BindException e) {
            throw new Config.Wrong("port " + port + " on " + host + " is taken; stop what listens there, or choose another by PORT or --port");
        }
        http.setExecutor(handlers);
        http.createContext("/", this::handle);
        http.start();
    }

    public int port() { return http.getAddress().getPort(); }

    /// Ends what is under way, and waits until it has had its last word in the log.
    @Override public void close() {
        http.stop(0);
        handlers.shutdownNow();
        try {
            if (!handlers.awaitTermination(LAST_WORD.toSeconds(), TimeUnit.SECONDS)) log.warning("a request was still under way when FreeCC stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) {
        var client = new Outlet(exchange, ids.next("req"));
        var entry = new Entry(colour, logsResponses);
        try (exchange) {
            try {
                guard.check(exchange.getRequestHeaders());
                answer(exchange, client, entry);
            } catch (ApiError error) {
                entry.failed(error);
                refuse(client, error);
            } catch (Config.Wrong e) {
                entry.failed(ApiError.invalid(e.getMessage()));
                refuse(client, ApiError.invalid(e.getMessage()));
            } catch (Sse.ClientGone e) {
                entry.clientGone();
            } catch (IOException e) {
                entry.clientGone();
            } catch (RuntimeException e) {
                log.error("a fault in FreeCC", e);
                var error = ApiError.fault(e);
                entry.failed(error);
                refuse(client, error);
            }
        }
        if (!entry.body().isEmpty()) log.debug("response " + entry.body().strip());
        if (entry.isTold()) log.request(entry.level(), entry.line());
    }

    private void refuse(Outlet client, ApiError error) {
        try {
            if (!client.isOpen()) client.error(error.without(log::redacted));
        } catch (IOException e) {
            log.debug("the client left before it could be told: " + error.getMessage());
        }
    }

    private void answer(HttpExchange exchange, Outlet client, Entry entry) throws IOException {
        var method = exchange.getRequestMethod();
        var path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/", "/health", "/api/hello" -> {
                only(exchange, method, "GET", "HEAD");
                client.json(200, Json.write(Json.object("status", "ok", "service", "freecc")));
            }
            case "/v1/messages" -> {
                only(exchange, method, "POST");
                messages.answer(request(exchange, entry, false), client, entry);
            }
            case "/v1/messages/count_tokens" -> {
                only(exchange, method, "POST");
                var request = request(exchange, entry, true);
                var route = routes.of(request.model());
                entry.to(route);
                countTokens.answer(request, route, client);
            }
            case "/v1/models" -> {
                only(exchange, method, "GET", "HEAD");
                client.json(200, Json.write(models.all()));
            }
            default -> {
                if (!path.startsWith("/v1/models/")) throw new ApiError(404, path + " is not served here; Claude Code's base URL must be FreeCC's address without a path");
                only(exchange, method, "GET", "HEAD");
                client.json(200, Json.write(models.one(path.substring("/v1/models/".length()))));
            }
        }
    }

    private static void only(HttpExchange exchange, String method, String... allowed) {
        if (java.util.List.of(allowed).contains(method)) return;
        throw new ApiError(405, method + " is not allowed here, only " + String.join(" and ", allowed), Map.of("allow", String.join(", ", allowed)));
    }

    private Request request(HttpExchange exchange, Entry entry, boolean counting) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            exchange.getRequestBody().skip(Long.MAX_VALUE);   // else the client sees a reset in place of the answer
            throw new ApiError(413, "the request is larger than " + LARGEST_BODY / 1024 / 1024 + " MiB");
        }
        if (logsRequests) log.debug("request " + new String(body, StandardCharsets.UTF_8));
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        var request = new Request(Check.request(body, counting), body, headers);
        entry.from(request);
        return request;
    }
}
