package lib.server;

import module java.base;
import com.sun.net.httpserver.HttpExchange;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.listen.*;
import lib.page.*;
import lib.reply.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

/// The HTTP surface. Every answer carries a request-id, every failure has Anthropic's shape.
public final class Server implements AutoCloseable {
    /// Paths that need no key: they say only that FreeCC is there. Claude Code looks at the last one without a key, 2.1.332.
    private static final List<String> OPEN = List.of("/", "/health", "/health/live", "/api/hello");
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final Listener listener;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final Guard guard;
    private final Budgets budgets;
    private final Turns turns;
    private final Cores cores;
    private final Intake intake;
    private final Messages messages;
    private final CountTokens countTokens;
    private final ModelList models;
    private final Supplier<Routes> routes;
    private final ParseCache cache;
    private final Ids ids;
    private final Log log;
    private final List<Consumer<Outcome>> watchers, ofMessages;
    private final Live live;
    private final Api api;
    private final Bodies bodies;
    private final boolean logsRequests, logsResponses;
    private volatile boolean draining;

    /// Everything that a server is made of. The routes are asked for with each request; what follows the log differs in tests.
    public record Parts(Config config, Supplier<Routes> routes, ContextWindows windows, Upstream upstream, Log log, Ledger ledger, Ids ids,
                        Timing timing, ParseCache cache) {
        public Parts(Config config, Supplier<Routes> routes, Upstream upstream, Log log, Ledger ledger) {
            this(config, routes, new ContextWindows(), upstream, log, ledger, Ids.random(), Timing.USUAL, new ParseCache());
        }
    }

    public Server(Parts parts, String host, int port) throws IOException {
        this.routes = parts.routes();
        this.cache = parts.cache();
        this.ids = parts.ids();
        this.log = parts.log();
        this.live = new Live(parts.ledger()::line);
        this.watchers = List.of(log::onConsole, log::inFile);
        this.bodies = new Bodies(parts.config());
        this.intake = new Intake(parts.log());
        this.messages = new Messages(parts, intake, outcome -> tell(outcome, true));
        this.api = new Api(parts, live, bodies, messages.fallbacks());
        this.logsRequests = parts.config().logsRequests();
        this.logsResponses = parts.config().logsResponses();
        var keys = new Keys(parts.config());
        this.guard = new Guard(keys, host);
        this.budgets = new Budgets(parts.config(), keys.budgets(parts.config()), parts.ledger(), InstantSource.system(), log::warning);
        this.ofMessages = List.of(api::accept, live::accept, budgets::accept);
        this.cores = parts.upstream().cores();
        this.turns = new Turns(parts.config().mostRequests());
        this.countTokens = new CountTokens(parts.upstream(), messages.calibration());
        this.models = new ModelList(routes);
        this.listener = new Listener(new InetSocketAddress(host, port), Listener.tls(parts.config(), log::warning), handlers, this::handle);
    }

    /// The conversation of Claude Code's that was asked about last, to resume it; empty if none was.
    public String session() { return messages.session(); }

    public int port() { return listener.port(); }

    /// Lets what is under way end, for `most` at the longest. From /health, load balancers learn to look elsewhere; `linger`
    /// gives them the time to, and until it is over new requests are served as before.
    public void drain(Runnable linger, Duration most) {
        draining = true;
        linger.run();
        live.end();
        listener.stop(most);
    }

    /// Ends what is under way, and waits until it has had its last word in the log.
    @Override public void close() {
        listener.stop(Duration.ZERO);
        handlers.shutdownNow();
        try {
            if (!handlers.awaitTermination(LAST_WORD.toSeconds(), TimeUnit.SECONDS))
                log.warning("a request was still running when FreeCC stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) {
        var client = new ClientResponse(exchange, ids.next("req"), log::redacted);
        var noted = new RequestLog(client.requestId(), logsResponses, bodies.of(client.requestId()), live::accept);
        if (draining) exchange.getResponseHeaders().set("connection", "close");   // so that the next request goes elsewhere
        try (exchange) {
            try {
                guard.checkOrigin(exchange.getRequestHeaders());
                if (!isOpen(exchange.getRequestURI().getPath())) noted.keyed(guard.keyName(exchange.getRequestHeaders()));
                answer(exchange, client, noted);
            } catch (ApiError error) {
                noted.failed(client.redacted(error));
                refuse(client, error);
            } catch (Config.Wrong e) {
                noted.failed(ApiError.invalid(e.getMessage()));
                refuse(client, ApiError.invalid(e.getMessage()));
            } catch (Sse.ClientGone e) {
                noted.clientGone();
            } catch (IOException e) {
                noted.clientGone();
            } catch (RuntimeException | Error e) {
                log.error("a fault in FreeCC", e);
                var error = ApiError.fault(e);
                noted.failed(error);
                refuse(client, error);
            } finally {
                cores.leave();
            }
        }
        if (!noted.body().isEmpty()) log.debug("response " + noted.body());
        if (!noted.isTold()) return;
        tell(noted.outcome(client.requestId()), noted.isMessage());
    }

    private static boolean isOpen(String path) { return OPEN.contains(path) || path.startsWith(Page.FOLDER); }

    private void tell(Outcome outcome, boolean isMessage) {
        watchers.forEach(watcher -> watcher.accept(outcome));
        if (isMessage) ofMessages.forEach(watcher -> watcher.accept(outcome));
    }

    private void refuse(ClientResponse client, ApiError error) {
        Thread.interrupted();   // cleared, or the error could not be written
        try {
            if (!client.isOpen()) client.error(error);
        } catch (IOException | ApiError e) {
            log.debug("the client left before it could be told: " + error.getMessage());
        }
    }

    private void answer(HttpExchange exchange, ClientResponse client, RequestLog noted) throws IOException {
        var method = exchange.getRequestMethod();
        var path = exchange.getRequestURI().getPath();
        switch (path) {
            case "/" -> {
                only(exchange, method, "GET", "HEAD");
                exchange.getResponseHeaders().set("vary", "accept");
                var accept = String.join(",", exchange.getRequestHeaders().getOrDefault("accept", List.of()));
                if (Page.isWanted(accept)) client.page(Page.index());
                else client.json(200, Json.write(status("ok")));
            }
            case "/health", "/health/live", "/api/hello" -> {
                only(exchange, method, "GET", "HEAD");
                var leaves = draining && path.equals("/health");
                client.json(leaves ? 503 : 200, Json.write(status(leaves ? "draining" : "ok")));
            }
            case "/v1/messages" -> {
                only(exchange, method, "POST");
                budgets.check(noted.key());
                try (var turn = turns.take(session(exchange))) {
                    messages.answer(messages.exchange(request(exchange, noted.key()), client, noted));
                }
            }
            case "/v1/messages/count_tokens" -> {
                only(exchange, method, "POST");
                var request = request(exchange, noted.key());
                noted.counting(request);
                var route = routes.get().of(request.model());
                noted.routed(route);
                cores.leave();   // the provider may be asked, which another thread does
                countTokens.answer(messages.counted(intake.counted(request, route), route), route, client);
            }
            case "/v1/models" -> {
                only(exchange, method, "GET", "HEAD");
                client.json(200, Json.write(models.all()));
            }
            case "/statusline" -> {
                only(exchange, method, "POST");
                api.statusLine(RequestBody.of(exchange, Admission.HEAP), client);
            }
            default -> {
                if (watches(exchange, client, noted)) return;
                if (!path.startsWith("/v1/models/")) throw Elsewhere.notServed(path);
                only(exchange, method, "GET", "HEAD");
                client.json(200, Json.write(models.one(path.substring("/v1/models/".length()))));
            }
        }
    }

    /// Answers what those who watch ask for, and the files of the page that they watch with.
    private boolean watches(HttpExchange exchange, ClientResponse client, RequestLog noted) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var file = path.startsWith(Page.FOLDER) ? Page.find(path) : Optional.<Page.File>empty();
        if (file.isEmpty() && !Api.isAt(path)) return false;
        only(exchange, exchange.getRequestMethod(), file.isPresent() ? new String[] {"GET", "HEAD"} : new String[] {"GET"});
        if (file.isEmpty() && !noted.key().isEmpty()) throw new ApiError(403, "the key '" + noted.key() + "' may ask models, but " + path
            + " shows everyone's requests: send FREECC_API_KEY");
        Page.HEADERS.forEach(exchange.getResponseHeaders()::set);
        if (file.isPresent()) client.page(file.get());
        else api.answer(exchange, client);
        return true;
    }

    private static JsonObject status(String status) { return Json.object("status", status, "service", "freecc"); }

    private static void only(HttpExchange exchange, String method, String... allowed) {
        if (List.of(allowed).contains(method)) return;
        throw new ApiError(405, method + " is not allowed here, only " + String.join(" and ", allowed),
            Map.of("allow", String.join(", ", allowed)));
    }

    /// Whose turn it is: the conversation's, or the machine's if the client does not name one.
    private static String session(HttpExchange exchange) {
        var given = exchange.getRequestHeaders().getFirst(Request.SESSION);
        return given == null ? exchange.getRemoteAddress().getAddress().getHostAddress() : given;
    }

    private Request request(HttpExchange exchange, String keyName) throws IOException {
        var body = RequestBody.of(exchange, Admission.HEAP);
        if (logsRequests) log.debug("request " + new String(body, StandardCharsets.UTF_8));
        cores.take();
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.put(Request.KEY_NAME, keyName);
        return new Request(Check.object(body, cache), body, headers);
    }
}
