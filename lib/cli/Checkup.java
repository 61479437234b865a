package lib.cli;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.provider.*;
import lib.route.*;
import lib.routing.*;
import lib.server.*;
import lib.subscription.*;
import lib.wire.*;

/// Tries the configured models one by one with real requests, through a server of FreeCC's own on a free port, and says what
/// it found and what to do next.
final class Checkup {
    /// What was found about one model; `route` is empty if the settings lead to none. `keys` are those of a variable that holds
    /// several, each with its own trial.
    private record Found(String role, Optional<Route> route, SequencedMap<String, Trial> keys, List<Trial> trials, String failure,
                         String next) {
        boolean ok() { return failure.isEmpty(); }
    }

    /// A server for the time of the check, and how to ask it.
    private record Served(Server server, Trial.Client client) implements AutoCloseable {
        @Override public void close() { server.close(); }
    }

    private static final int LONGEST = 500;

    private final Config config;
    private final Routes routes;
    private final PrintStream out;
    private final ContextWindows windows = new ContextWindows();

    /// `out` shows the progress.
    Checkup(Config config, PrintStream out) {
        this.config = config.with("FREECC_API_KEY", Ids.token(32));
        this.routes = new Routes(this.config, Detection.of(config).slot());
        this.out = out;
    }

    /// Checks only these roles or models, or everything if there are none; true if all is well.
    boolean run(List<String> only, boolean json) throws IOException {
        var named = only.isEmpty() ? withFallbacks() : new LinkedHashMap<String, Supplier<Route>>();
        for (var one : only) named.putAll(named(one));
        var found = new ArrayList<Found>();
        try (var served = serve(alone())) {
            var seen = new HashMap<String, String>();
            for (var one : named.entrySet()) {
                var role = word(one.getKey());
                var same = same(one.getValue(), seen, role);
                if (same.isPresent()) out.println(role + ": the same as " + same.get() + "\n");
                else found.add(checked(role, one, served.client()));
            }
        }
        if (json) System.out.println(Json.write(Json.arrayOf(found.stream().map(this::json).toList())));
        var failed = found.stream().filter(one -> !one.ok()).map(Found::role).toList();
        var isDemo = found.stream().flatMap(one -> one.route().stream()).anyMatch(route -> route.provider().equals("demo"));
        out.println(!failed.isEmpty() ? "Not usable: " + printed(String.join(", ", failed))
            : isDemo ? "FreeCC works, but this is only its demo. Set up a real model with `freecc init`." : "All is well.");
        return failed.isEmpty();
    }

    private Served serve(Config settings) throws IOException {
        var server = new Serve(settings).start("127.0.0.1", 0, config.stateFolder().resolve("claude-proxy.log"), Optional.empty());
        return new Served(server, new Trial.Client(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages"), config.accessKey()));
    }

    /// The settings without fallbacks: each model is to answer for itself.
    private Config alone() {
        var alone = config;
        for (var name : List.copyOf(config.names())) if (name.endsWith(Routes.FALLBACKS)) alone = alone.with(name, "");
        return alone;
    }

    /// All models, and those that are asked in their place.
    private SequencedMap<String, Supplier<Route>> withFallbacks() {
        var all = routes.configured();
        for (var setting : List.copyOf(all.keySet())) try {
            for (var other : routes.fallbacks(setting)) all.put(other.label(), () -> other);
        } catch (ApiError | Config.Wrong e) {
            out.println(setting + ": " + printed(e.getMessage()) + "\n");
        }
        return all;
    }

    /// A role, a variable such as BIG_MODEL, or a model as a request names it.
    private Map<String, Supplier<Route>> named(String only) {
        var all = routes.configured();
        var role = all.keySet().stream().filter(name -> name.equals(only) || word(name).equals(only)).findFirst();
        return role.isPresent() ? Map.of(role.get(), all.get(role.get())) : Map.of(only, () -> routes.of(only));
    }

    /// `big` for BIG_MODEL; other names as they are.
    static String word(String variable) {
        return variable.endsWith("_MODEL") ? variable.replaceFirst("_MODEL$", "").toLowerCase(Locale.ROOT) : variable;
    }

    private static Optional<String> same(Supplier<Route> supplier, Map<String, String> seen, String role) {
        try {
            var route = supplier.get();
            return Optional.ofNullable(seen.putIfAbsent(route.label() + " " + route.base() + " " + route.credential().variables(), role));
        } catch (ApiError | Config.Wrong e) {
            return Optional.empty();   // to be told by the check
        }
    }

    private Found checked(String role, Map.Entry<String, Supplier<Route>> one, Trial.Client client) throws IOException {
        try {
            var route = windows.fitted(one.getValue().get());
            out.println(printed(role + ": " + route.label()));
            out.println("  " + (route.base().startsWith("http") ? address(route) : "built into FreeCC"));
            out.println("  " + credential(route) + "; " + limits(route));
            var others = routes.fallbacks(route, asked(one.getKey())).stream().map(Route::label).toList();
            if (!others.isEmpty()) out.println("  if it fails: " + String.join(", then ", others));
            var found = tried(role, route, client, asked(one.getKey()));
            if (!found.ok() && !found.next().isEmpty()) out.println("  next: " + found.next());
            out.println();
            return found;
        } catch (ApiError | Config.Wrong e) {
            out.println(printed(role) + ": not usable\n  " + printed(e.getMessage()) + "\n");
            return new Found(role, Optional.empty(), new LinkedHashMap<>(), List.of(), e.getMessage(), "");
        }
    }

    /// The name under which a request gets this model.
    private String asked(String name) {
        if (!name.endsWith("_MODEL")) return name;
        return Stream.of(Tier.values()).filter(tier -> tier.setting().equals(name)).findFirst().map(tier -> Routes.LISTED + tier.word())
            .orElseGet(() -> config.get(name));
    }

    private Found tried(String role, Route route, Trial.Client client, String model) throws IOException {
        var keys = eachKey(route, model);
        var words = keys.values().stream().filter(Trial::ok).findFirst().or(() -> keys.values().stream().findFirst())
            .orElseGet(() -> shown("words", () -> client.words(model)));
        var trials = words.ok() ? List.of(words, shown("a tool call", () -> client.call(model))) : List.of(words);
        var failed = keys.entrySet().stream().filter(key -> !key.getValue().ok()).findFirst()
            .or(() -> trials.stream().filter(trial -> !trial.ok()).findFirst()
                .map(trial -> Map.entry(route.credential().variables(), trial)));
        return new Found(role, Optional.of(route), keys, trials, failed.map(one -> one.getValue().failure()).orElse(""),
            failed.map(one -> next(one.getValue(), route, one.getKey())).orElse(""));
    }

    /// A few words with each of several keys, so that no other answers in its place.
    private SequencedMap<String, Trial> eachKey(Route route, String model) throws IOException {
        var trials = new LinkedHashMap<String, Trial>();
        var variable = route.credential().variables();
        var keys = route.credential().keys();
        var values = keys.isEmpty() ? List.<String>of() : KeyList.of(config.get(variable));
        for (var n = 0; n < keys.size(); n++) {
            var name = keys.get(n).name();
            try (var served = serve(alone().with(variable, KeyList.quoted(values.get(n))))) {
                trials.put(name, shown("words with " + name, () -> served.client().words(model)));
            }
        }
        return trials;
    }

    private Trial shown(String what, Supplier<Trial> trial) {
        out.print("  " + what + " ... ");
        out.flush();
        var done = trial.get();
        out.println(done.ok() ? "ok, " + times(done) : printed(done.failure()));
        return done;
    }

    /// A provider's error may be a page long, and hold anything.
    private static String printed(String text) { return Printable.line(text, LONGEST); }

    private static String times(Trial trial) {
        return String.format(Locale.ROOT, "first word after %.1f s, all %d tokens after %.1f s", trial.first().toMillis() / 1e3,
            trial.tokens(), trial.whole().toMillis() / 1e3);
    }

    /// `variables` have the credential.
    private String next(Trial trial, Route route, String variables) {
        return switch (trial.status()) {
            case 200 -> "choose a model that can call tools; Claude Code does all its work with them";
            case 401, 403 -> signIn(route) ? "sign in again with `freecc login " + route.provider() + "`"
                : "correct " + (variables.isEmpty() ? "the credentials of " + route.provider() : variables);
            case 402 -> "add credit to your account at " + route.provider();
            case 404 -> "check the model's name and the address; `freecc providers " + route.provider() + "` shows the usual one";
            case 429 -> (route.credential().keys().isEmpty() ? "wait a minute and try again"
                : "meanwhile FreeCC asks the other keys for " + route.name())
                + ", or look at the limits of your plan at " + route.provider();
            case 400 -> "";   // the message says which setting to change
            default -> "check that " + route.base() + " is right and reachable; behind a company's proxy, set HTTPS_PROXY";
        };
    }

    private boolean signIn(Route route) { return Providers.find(route.provider(), config).flatMap(row -> row.signIn(config)).isPresent(); }

    /// Where a request goes, as far as that is known before one is made.
    private static String address(Route route) {
        var message = Json.object("model", "m", "max_tokens", 1, "stream", true,
            "messages", Json.array(Json.object("role", "user", "content", "hi")));
        var request = new Request(message, Json.bytes(message), Map.of());
        return route.draft(request, ReplyContext.of(request, route, Ids.counting())).url();
    }

    /// Where the proof comes from, never the proof itself.
    private String credential(Route route) {
        var variables = route.credential().variables();
        var keys = route.credential().keys().size();
        if (!variables.isEmpty()) return (keys > 1 ? keys + " keys" : "key") + " from " + variables;
        var row = Providers.find(route.provider(), config);
        if (row.flatMap(known -> known.signIn(config)).isPresent() && new Logins(config).has(route.provider()))
            return "your login to " + row.get().name();
        if (Loopback.isUrl(route.base()) || row.filter(known -> known.local()).isPresent()) return "no key needed";
        return "credentials of " + row.map(known -> known.name()).orElse(route.provider());
    }

    static String limits(Route route) {
        var model = route.model();
        return Figures.brief(model.context()) + " window, " + Figures.brief(model.output()) + " answer"
            + Figures.price(model).map(price -> "; " + price).orElse("");
    }

    private JsonObject json(Found found) {
        var json = Json.object("role", found.role(), "ok", found.ok(), "error", found.failure(), "next", found.next());
        found.route().ifPresent(route -> {
            Json.put(json, "route", route.label());
            Json.put(json, "url", address(route));
            Json.put(json, "credential", credential(route));
            Json.put(json, "context", route.model().context());
            Json.put(json, "output", route.model().output());
            Json.put(json, "price", Figures.json(route.model()));
            if (!found.keys().isEmpty()) Json.put(json, "keys", Json.arrayOf(found.keys().entrySet().stream().map(key ->
                Json.object("name", key.getKey(), "ok", key.getValue().ok(), "error", key.getValue().failure())).toList()));
        });
        var names = List.of("words", "tool_call");
        for (var i = 0; i < found.trials().size(); i++) {
            var trial = found.trials().get(i);
            Json.put(json, names.get(i), Json.object("status", trial.status(), "first_ms", trial.first().toMillis(),
                "ms", trial.whole().toMillis(), "output_tokens", trial.tokens()));
        }
        return json;
    }
}
