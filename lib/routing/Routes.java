package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

/// Resolves the model that the client names to the provider that serves it, from the settings alone.
public final class Routes {
    /// The prefix of other vendors' models, because Claude Code's picker shows only names with `claude` in them.
    public static final String LISTED = "claude-freecc/";
    private static final Pattern BIG_NAMES = Pattern.compile("^(claude-.*|.*(sonnet|opus|fable).*|default|best)");

    private final Config config;
    private final Config.Slot big, small;
    private final Supplier<Catalogue> catalogue;
    private final CredentialCache credentials = new CredentialCache();
    private final Map<String, String> served = new ConcurrentHashMap<>();   // base URL -> the model of the server there

    /// `found` is used if no big model is configured.
    public Routes(Config config, Config.Slot found) { this(config, found, new Lazy<>(Catalogue::shipped)); }

    public Routes(Config config, Config.Slot found, Supplier<Catalogue> catalogue) {
        this.config = config;
        this.catalogue = catalogue;
        var implied = new ImpliedProvider(config, catalogue);
        this.big = implied.big(config.big(), found);
        this.small = implied.small(config.small(), big);
    }

    /// The models' facts. The first call reads them, which takes a while.
    public Catalogue catalogue() { return catalogue.get(); }

    public Route big() { return of(big, Provider::bigModel, "BIG_MODEL"); }

    /// The model that judges Claude Code's actions in auto mode, if one is set.
    public Optional<Route> classifier() {
        var name = config.get("CLASSIFIER_MODEL");
        return name.isEmpty() ? Optional.empty() : Optional.of(of(name));
    }

    public Route small() { return of(small, Provider::smallModel, "SMALL_MODEL"); }

    /// The first match wins: FreeCC's own names, <provider>/<model>, the families haiku, sonnet and opus, a model in the
    /// catalogue of a provider that has a key, and last Anthropic itself.
    public Route of(String asked) {
        var name = asked.endsWith("[1m]") ? asked.substring(0, asked.length() - 4) : asked;
        if (name.equals(LISTED + "big")) return big();
        if (name.equals(LISTED + "small")) return small();
        if (name.startsWith(LISTED)) name = name.substring(LISTED.length());
        var direct = direct(name);
        if (direct.isPresent()) return direct.get();
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("haiku")) return small();
        if (BIG_NAMES.matcher(lower).matches()) return big();
        for (var home : catalogue().providers(name).entrySet()) {
            var provider = Providers.find(home.getKey(), config).filter(row -> !row.local() && isSet(row));
            if (provider.isPresent()) return route(provider.get(), home.getValue());
        }
        var anthropic = Providers.find("anthropic", config).orElseThrow();
        if (isSet(anthropic)) return route(anthropic, name);
        var like = Providers.like(name.contains("/") ? name.substring(0, name.indexOf('/')) : name);
        throw ApiError.invalid("model: nothing serves " + asked + "; use sonnet or haiku (your configured models) or <provider>/<model> ("
            + like + "), or define a provider of your own with <NAME>_API_BASE");
    }

    /// The models on offer, under names that Claude Code's picker shows: big, small, and the known models of every provider
    /// that has a key.
    public SequencedMap<String, Route> listed() {
        var listed = new LinkedHashMap<String, Route>();
        for (var name : List.of("big", "small")) try {
            listed.put(LISTED + name, of(LISTED + name));
        } catch (ApiError | Config.Wrong e) {
            continue;   // reported at start, and again when it is requested
        }
        for (var provider : Providers.all()) {
            if (!isSet(provider)) continue;
            for (var model : catalogue().models(provider.id())) try {
                var id = provider.id().equals("anthropic") ? model.id() : LISTED + provider.id() + "/" + model.id();
                listed.put(id, route(provider, model.id()));
            } catch (ApiError | Config.Wrong e) {
                continue;   // a wrong setting of one must not hide the others
            }
        }
        return listed;
    }

    private Optional<Route> direct(String name) {
        var slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) return Optional.empty();
        return Providers.find(name.substring(0, slash).toLowerCase(Locale.ROOT), config)
            .map(provider -> route(provider, name.substring(slash + 1)));
    }

    private Route of(Config.Slot slot, Function<Provider, String> usual, String size) {
        var setting = slot.provider().equals(big.provider()) ? "BIG_MODEL" : size;
        if (slot.provider().isEmpty()) throw ApiError.invalid(ImpliedProvider.complaint(setting, config));
        var found = ImpliedProvider.isHost(slot) ? Optional.of(Providers.own(slot.provider())) : Providers.find(slot.provider(), config);
        var provider = found.orElseThrow(() -> ApiError.invalid(unknown(setting + "_PROVIDER", slot.provider())));
        var whole = slot.at(provider.id());
        if (whole.name().isEmpty()) whole = whole.named(usual.apply(provider));
        if (whole.name().isEmpty()) whole = whole.named(served(provider, slot, setting));
        return route(provider, whole);
    }

    /// The first model of the user's own server, which is asked until it answers.
    private String served(Provider provider, Config.Slot slot, String setting) {
        var set = "set " + setting + "_NAME: ";
        var server = provider.server().orElseThrow(() -> ApiError.invalid(set + provider.id() + " has no default model"));
        var target = new Target(provider, slot, config, credentials);
        var base = provider.completed(target.base());
        try {
            if (!served.containsKey(base)) server.firstModel(base, target.key()).ifPresent(name -> served.put(base, name));
        } catch (IOException e) {
            throw ApiError.invalid(set + "no server at " + base + " lists its models; start it, or correct its base URL");
        }
        if (!served.containsKey(base)) throw ApiError.invalid(set + "the server at " + base + " has no model yet");
        return served.get(base);
    }

    private static String unknown(String variable, String provider) {
        return "unknown provider '" + provider + "' in " + variable + "; use one from PROVIDERS.md (" + Providers.like(provider)
            + "), or define it with " + Config.variable(provider, "API_BASE");
    }

    private Route route(Provider provider, String model) { return route(provider, new Config.Slot(provider.id(), model, "", "")); }

    private Route route(Provider provider, Config.Slot slot) {
        var endpoint = provider.access().endpoint(new Target(provider, slot, config, credentials));
        var model = catalogue().model(provider.id(), endpoint.model());
        return new Route(provider.id(), endpoint.model(), endpoint.dialect(), endpoint.base(), endpoint.credential(), model,
            provider.quirks(), List.of());
    }

    private boolean isSet(Provider provider) { return provider.access().isSet(provider, config); }

    /// Mistakes in the settings, to report them before the first request. They affect one route, not the process.
    public List<String> complaints() {
        return Stream.<Runnable>of(this::big, this::small, this::classifier).flatMap(route -> {
            try {
                route.run();
                return Stream.<String>empty();
            } catch (ApiError | Config.Wrong e) {
                return Stream.of(e.getMessage());
            }
        }).distinct().toList();
    }

    /// The variables that give an address other than the provider's own, each with the address.
    public SequencedMap<String, String> ownAddresses() {
        var own = new TreeMap<String, String>();
        for (var slot : Map.of("BIG_MODEL_API_BASE", big, "SMALL_MODEL_API_BASE", small).entrySet())
            if (!config.get(slot.getKey()).isEmpty()) own.put(slot.getKey(), slot.getValue().base());
        for (var row : Providers.all()) row.baseVariables().forEach(name -> own.put(name, config.get(name)));
        for (var slot : List.of(big, small))
            Providers.find(slot.provider(), config).ifPresent(row -> row.baseVariables().forEach(name -> own.put(name, config.get(name))));
        own.values().removeIf(String::isEmpty);
        own.entrySet().removeIf(entry -> isOwned(entry.getKey(), entry.getValue()));
        own.replaceAll((_, url) -> config.secrets().masked(url.replaceFirst("//[^/@]*@", "//")));
        return own;
    }

    private boolean isOwned(String variable, String url) {
        var slot = variable.startsWith("BIG") ? big : small;
        return Providers.all().stream().filter(row -> row.baseVariables().contains(variable) || row.is(slot.provider()))
            .anyMatch(row -> row.owns(BaseUrl.cleaned(url, row.id())));
    }

    /// The addresses of the configured models.
    public List<String> bases() {
        return Stream.<Supplier<Route>>of(this::big, this::small).flatMap(route -> {
            try {
                return Stream.of(route.get().url(""));
            } catch (ApiError | Config.Wrong e) {
                return Stream.empty();   // reported by complaints()
            }
        }).toList();
    }

    public boolean usesTls() { return bases().stream().anyMatch(base -> base.startsWith("https:")); }
}
