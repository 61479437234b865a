package lib.cli;

import module java.base;
import sun.misc.Signal;

import lib.access.*;
import lib.config.*;
import lib.ledger.*;
import lib.listen.*;
import lib.model.*;
import lib.provider.*;
import lib.route.*;
import lib.routing.*;
import lib.server.*;
import lib.wire.*;

/// Starts the proxy, and prints the banner.
final class Serve {
    private static final long SMALLEST_WINDOW = 32_000;
    /// Until Kubernetes and load balancers have noticed that /health fails.
    private static final Duration NOTICE = Duration.ofSeconds(3);

    private final Config config;
    private final Optional<Reload.Source> source;
    private final Trust trust;
    private final Detection found;
    private final List<String> modelComplaints = new CopyOnWriteArrayList<>();
    final Routes routes;
    private volatile int port;
    private volatile Optional<Upstream> upstream = Optional.empty();   // once it has started

    /// Serves until a signal asks it to stop.
    static int run(Options options) throws IOException, InterruptedException, ExecutionException {
        run(options, Config.environment(), Path.of("claude-proxy.log"), System.out, new Signals());
        return 0;
    }

    /// What happens between start and stop; it returns the signal to stop.
    interface Work {
        Signal until(Server server) throws IOException, InterruptedException, ExecutionException;
    }

    static void run(Options options, Config environment, Path logFile, PrintStream out, Work work)
        throws IOException, InterruptedException, ExecutionException {
        var source = options.served();
        var config = source.read().apply(environment);
        if (options.server() || config.flag("FREECC_SERVER")) ServerJvm.begin(options.given());
        var host = options.host().orElse(config.host());
        var port = options.port().map(given -> Config.port(given, Options.PORT)).orElseGet(config::port);
        var serve = new Serve(config, options.reloaded(source));
        try (var server = serve.start(host, port, logFile, Optional.of(out))) {
            serve.warmUp();
            serve.banner(out, host, server.port());
            serve.drain(server, work.until(server), out);
        }
    }

    Serve(Config config) { this(config, Optional.empty()); }

    /// `source` is read again when it has changed.
    Serve(Config config, Optional<Reload.Source> source) {
        this.config = config;
        this.source = source;
        this.trust = new Trust(config);
        trust.apply();
        this.found = Detection.of(config);
        this.routes = new Routes(config, found.slot(), new Lazy<>(() -> Catalogue.with(Models.cache(config), modelComplaints::add)));
    }

    /// What is wrong with the settings, as far as can be seen before the first request.
    List<String> complaints() {
        return Stream.of(noModel(), Misspelled.complaints(config), trust.complaints(), routes.complaints(), windows(), modelComplaints)
            .flatMap(List::stream).toList();
    }

    private List<String> noModel() {
        var isDemo = found.slot().provider().equals("demo") && config.big().isEmpty();
        return isDemo ? List.of("no model is configured, so the built-in demo answers; `freecc init` sets up a real one") : List.of();
    }

    /// Claude Code's own prompt and tools take most of a small window, and a conversation must fit in, too.
    private List<String> windows() {
        var windows = new ContextWindows();
        return routes.tiers().stream().filter(Tier.CONVERSATION::contains).flatMap(tier -> {
            try {
                return Stream.of(windows.fitted(routes.of(tier)));
            } catch (ApiError | Config.Wrong e) {
                return Stream.empty();   // one of the other complaints
            }
        }).filter(route -> route.model().context() < SMALLEST_WINDOW).map(Serve::isSmall).distinct().toList();
    }

    private static String isSmall(Route route) {
        return String.format(Locale.ROOT, "the context window of %s has %,d tokens, but Claude Code needs about 32,000: %s", route.label(),
            route.model().context(), Loopback.isUrl(route.base()) ? "start its server with a larger one, or choose another model"
                : "choose another model");
    }

    /// Starts listening. `console` is empty where the terminal belongs to Claude Code.
    Server start(String host, int port, Path logFile, Optional<PrintStream> console) throws IOException {
        var upstream = new Upstream(new Proxies(config::get));
        for (var name : config.names()) {   // a wrong one is reported now
            var provider = name.replaceFirst("_PROXY$", "").toLowerCase(Locale.ROOT);
            if (name.endsWith("_PROXY") && Providers.find(provider, config).isPresent()) upstream.to(provider);
        }
        var log = new Log(logFile, console, config);
        var live = source.<Supplier<Routes>>map(from ->
            new Reload(from.checked(this::refuseLoop), routes, InstantSource.system(), log::info, log::warning)).orElse(routes);
        var ledger = new Ledger(config, () -> routes.catalogue().date(), log::warning);
        var server = new Server(new Server.Parts(config, live, upstream, log, ledger), host, port);
        this.port = server.port();
        refuseLoop(routes);
        this.upstream = Optional.of(upstream);
        return server;
    }

    /// Work that the first request would wait for.
    void warmUp() {
        Thread.ofVirtual().start(Listener::warmUp);
        Thread.ofVirtual().start(() -> Ids.token(1));
        Thread.ofVirtual().start(routes::catalogue);
        upstream.ifPresent(made -> Thread.ofVirtual().start(() -> made.warmUp(routes.usesTls())));
    }

    /// Ends in an orderly way: load balancers get a moment to notice, and streams may end.
    private void drain(Server server, Signal signal, PrintStream out) {
        var most = config.shutdownTimeout();
        var again = Signals.isFromProgram(signal) ? "A second SIGTERM" : "Ctrl-C";
        out.println("Stopping when the requests under way have ended, in " + most.toSeconds()
            + " s at the latest (SHUTDOWN_TIMEOUT). " + again + " stops at once.");
        server.drain(Signals.isFromProgram(signal) ? () -> Login.sleep(NOTICE) : () -> { }, most);
    }

    /// With its own address as a base URL, FreeCC would send each request to itself, endlessly.
    private void refuseLoop(Routes routes) {
        for (var base : routes.bases()) {
            var url = URI.create(base);
            if (url.getPort() == port && Loopback.isUrl(base)) throw new Config.Wrong("the base URL " + base
                + " is FreeCC's own address; set {PROVIDER}_API_BASE, or that of the model such as BIG_MODEL_API_BASE, to the provider's");
        }
    }

    void banner(PrintStream out, String host, int port) {
        var scheme = config.get("FREECC_TLS_CERT").isEmpty() ? "http://" : "https://";
        var url = scheme + (host.equals("0.0.0.0") ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        out.println("FreeCC is listening on " + url);
        table(Table.width(config::get)).forEach(line -> out.println("  " + line));
        routes.ownAddresses().forEach((variable, address) -> out.println("  " + variable + " -> " + address));
        if (!config.asksForKey()) out.println("  Without FREECC_API_KEY, every user of this machine can use your keys through FreeCC.");
        for (var complaint : complaints()) out.println("  ! " + complaint);
        out.println();
        out.println("To use it, run in another terminal:");
        out.println("  export ANTHROPIC_BASE_URL=" + url);
        var key = config.accessKey().isEmpty() ? "<your key of FREECC_API_KEYS>" : "<your FREECC_API_KEY>";
        out.println("  export ANTHROPIC_AUTH_TOKEN=" + (config.asksForKey() ? key : "freecc"));
        out.println("  claude");
        out.flush();
    }

    /// Who answers what, with its window and price. What is missing is among the complaints.
    List<String> table(int width) {
        var rows = new ArrayList<List<String>>();
        var windows = new ContextWindows();
        routes.configured().forEach((setting, supplier) -> {
            try {
                var route = windows.fitted(supplier.get());
                var why = setting.equals(Tier.BIG.setting()) ? found.why() : "";
                rows.add(List.of(served(setting), route.label(), Figures.brief(route.model().context()),
                    Figures.price(route.model()).orElse("price unknown"), why));
            } catch (ApiError | Config.Wrong e) {
                rows.add(List.of(served(setting), "not usable, see below", "", "", ""));
            }
        });
        return new Table(List.of("", "model", "window", "price", ""), rows).lines(width - 2);
    }

    /// The name of what the setting's model answers: the families without a model of their own, or the role.
    private String served(String setting) {
        var tier = Stream.of(Tier.values()).filter(one -> one.setting().equals(setting)).findFirst();
        if (tier.isEmpty() || !tier.get().isUsual()) return Checkup.word(setting);
        var own = routes.tiers();
        var families = Tier.FAMILIES.stream().filter(one -> one.usual() == tier.get() && !own.contains(one));
        return families.map(Tier::word).reduce((one, other) -> one + ", " + other).orElse(tier.get().word());
    }
}
