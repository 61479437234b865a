package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

/// Resolves the model that the client names to the provider that serves it, from the settings alone.
public final class Routes implements Supplier<Routes> {
    /// The prefix of other vendors' models, because Claude Code's picker shows only names with `claude` in them.
    public static final String LISTED = "claude-freecc/";
    /// The variables that name a model for one kind of request.
    public static final List<String> ROLES =
        List.of("SUBAGENT_MODEL", "LONG_MODEL", "SEARCH_MODEL", "VISION_MODEL", "CLASSIFIER_MODEL", "BACKGROUND_MODEL");

    /// Ends the variables that list other models, such as BIG_MODEL_FALLBACKS.
    public static final String FALLBACKS = "_FALLBACKS";

    private final Config config;
    private final SequencedMap<Tier, Config.Slot> slots = new LinkedHashMap<>();
    private final Supplier<Catalogue> catalogue;
    private final CredentialCache credentials;
    private final boolean hasFallbacks;
    private final Map<String, String> served = new ConcurrentHashMap<>();   // base URL -> the model of the server there

    /// `found` is used if no big model is configured.
    public Routes(Config config, Config.Slot found) { this(config, found, new Lazy<>(Catalogue::shipped)); }

    public Routes(Config config, Config.Slot found, Supplier<Catalogue> catalogue) {
        this(config, found, catalogue, new CredentialCache());
    }

    private Routes(Config config, Config.Slot found, Supplier<Catalogue> catalogue, CredentialCache credentials) {
        this.config = config;
        this.catalogue = catalogue;
        this.credentials = credentials;
        this.hasFallbacks = config.names().stream().anyMatch(name -> name.endsWith(FALLBACKS));
        var implied = new ImpliedProvider(config, catalogue);
        slots.put(Tier.BIG, implied.big(config.big(), found));
        slots.put(Tier.SMALL, implied.small(config.small(), slots.get(Tier.BIG)));
        for (var tier : Tier.values())
            if (!tier.isUsual()) slots.put(tier, implied.beside(config.slot(tier), slots.get(tier.usual())));
    }

    /// The routes of other settings. Tokens that were fetched for settings which stay are kept.
    Routes with(Config other, Config.Slot found) {
        credentials.settingsChanged();
        return new Routes(other, found, catalogue, credentials);
    }

    public Config config() { return config; }

    /// Itself: settings that nobody reads again.
    @Override public Routes get() { return this; }

    /// The models' facts. The first call reads them, which takes a while.
    public Catalogue catalogue() { return catalogue.get(); }

    public Route big() { return of(Tier.BIG); }

    public Route small() { return of(Tier.SMALL); }

    /// The big and the small model, and those families of Claude's that have a model of their own.
    public List<Tier> tiers() {
        return Stream.of(Tier.values()).filter(tier -> tier.isUsual() || !config.slot(tier).isEmpty()
            || !config.get(tier.setting() + FALLBACKS).isEmpty()).toList();
    }

    /// The model that a variable such as SUBAGENT_MODEL names, if it is set.
    public Optional<Route> role(String variable) {
        var name = config.get(variable);
        return name.isEmpty() ? Optional.empty() : Optional.of(named(variable, name));
    }

    /// What BIG_MODEL_FALLBACKS and its like list, each a model as SUBAGENT_MODEL names one. A tier without any has its usual
    /// one's.
    public List<Route> fallbacks(String setting) {
        var usual = Stream.of(Tier.values()).filter(tier -> tier.setting().equals(setting)).findFirst().map(tier -> tier.usual().setting());
        var variable = (config.get(setting + FALLBACKS).isEmpty() ? usual.orElse(setting) : setting) + FALLBACKS;
        return Stream.of(config.get(variable).split(",")).map(String::strip).filter(name -> !name.isEmpty())
            .map(name -> named(variable, name)).toList();
    }

    /// The fallbacks of a configured model, first of all of the tier that a request asks for.
    public List<Route> fallbacks(Route route, String asked) {
        if (!hasFallbacks) return List.of();
        var own = Tier.of(plain(asked)).map(Tier::setting).orElse("");
        return configured().entrySet().stream().sorted(Comparator.comparing(one -> !one.getKey().equals(own)))
            .filter(one -> isSame(one.getValue(), route)).map(Map.Entry::getKey).map(this::usable).filter(all -> !all.isEmpty())
            .findFirst().orElse(List.of());
    }

    private static boolean isSame(Supplier<Route> one, Route other) {
        try {
            return one.get().label().equals(other.label()) && one.get().base().equals(other.base());
        } catch (ApiError | Config.Wrong e) {
            return false;
        }
    }

    /// A wrong entry is reported at start, and must not fail the requests that do well without.
    private List<Route> usable(String setting) {
        try {
            return fallbacks(setting);
        } catch (ApiError | Config.Wrong e) {
            return List.of();
        }
    }

    private Route named(String variable, String name) {
        var slash = plain(name).indexOf('/');
        if (slash == 0 || slash == plain(name).length() - 1)
            throw ApiError.invalid(variable + "=" + name + " is not a model; write <provider>/<model>");
        if (slash > 0 && !isExplicit(name)) throw ApiError.invalid(unknown(variable, plain(name).substring(0, slash)));
        return find(name).orElseThrow(() -> ApiError.invalid(
            "nothing serves '" + name + "' in " + variable + "; write <provider>/<model>, or sonnet or haiku for your own models"));
    }

    /// The prompt's length from which LONG_MODEL answers, if it is set.
    public OptionalLong longPrompt() {
        var tokens = config.get("LONG_MODEL_TOKENS");
        if (tokens.isEmpty()) return OptionalLong.empty();
        if (!tokens.matches("[1-9]\\d{0,8}"))
            throw new Config.Wrong("LONG_MODEL_TOKENS=" + tokens + " is not a number of tokens; write one such as 100000");
        return OptionalLong.of(Long.parseLong(tokens));
    }

    /// The first match wins: <provider>/<model>, FreeCC's own names and the families haiku, opus, sonnet and fable, a model in
    /// the catalogue of a provider that has a key, and last Anthropic itself.
    public Route of(String asked) {
        return find(asked).orElseThrow(() -> {
            var name = plain(asked);
            var like = Providers.like(name.contains("/") ? name.substring(0, name.indexOf('/')) : name);
            return ApiError.invalid("model: nothing serves " + asked + "; use sonnet or haiku (your configured models) or "
                + "<provider>/<model> (" + like + "), or define a provider of your own with <NAME>_API_BASE");
        });
    }

    /// Whether the name is <provider>/<model>, which nobody but the user chooses.
    public boolean isExplicit(String asked) { return prefix(plain(asked)).isPresent(); }

    /// Without what FreeCC and Claude Code add to a model's name.
    private static String plain(String asked) {
        var name = asked.endsWith("[1m]") ? asked.substring(0, asked.length() - 4) : asked;
        return name.startsWith(LISTED) ? name.substring(LISTED.length()) : name;
    }

    private Optional<Route> find(String asked) {
        var name = plain(asked);
        var direct = direct(name);
        if (direct.isPresent()) return direct;
        var own = Stream.of(Tier.values()).filter(tier -> asked.startsWith(LISTED) && name.equals(tier.word())).findFirst();
        var tier = own.or(() -> Tier.of(name));
        if (tier.isPresent()) return tier.map(this::of);
        for (var home : catalogue().providers(name).entrySet()) {
            var provider = Providers.find(home.getKey(), config).filter(row -> !row.local() && isSet(row));
            if (provider.isPresent()) return Optional.of(route(provider.get(), home.getValue()));
        }
        return Providers.find("anthropic", config).filter(this::isSet).map(anthropic -> route(anthropic, name));
    }

    /// The models on offer, under names that Claude Code's picker shows: those that are configured, and the known models of
    /// every provider that has a key.
    public SequencedMap<String, Route> listed() {
        var listed = new LinkedHashMap<String, Route>();
        for (var tier : tiers()) try {
            listed.put(LISTED + tier.word(), of(tier));
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
        return prefix(name).map(provider -> route(provider, name.substring(name.indexOf('/') + 1)));
    }

    /// The provider in <provider>/<model>.
    private Optional<Provider> prefix(String name) {
        var slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) return Optional.empty();
        return Providers.find(name.substring(0, slash).toLowerCase(Locale.ROOT), config);
    }

    public Route of(Tier tier) {
        var slot = slots.get(tier);
        var source = Stream.of(Tier.BIG, tier.usual()).filter(usual -> slot.provider().equals(slots.get(usual).provider()));
        var setting = source.findFirst().orElse(tier).setting();
        if (slot.provider().isEmpty()) throw ApiError.invalid(ImpliedProvider.complaint(setting, config));
        var found = ImpliedProvider.isHost(slot) ? Optional.of(Providers.own(slot.provider())) : Providers.find(slot.provider(), config);
        var provider = found.orElseThrow(() -> ApiError.invalid(unknown(setting + "_PROVIDER", slot.provider())));
        var whole = slot.at(provider.id());
        if (whole.name().isEmpty()) whole = whole.named(tier.usual() == Tier.BIG ? provider.bigModel() : provider.smallModel());
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
            if (!served.containsKey(base)) server.firstModel(base, KeyList.first(target.key())).ifPresent(name -> served.put(base, name));
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
        var endpoint = KeyPool.endpoint(new Target(provider, slot, config, credentials));
        var model = catalogue().model(provider.id(), endpoint.model());
        return new Route(provider.id(), endpoint.model(), endpoint.dialect(), endpoint.base(), endpoint.credential(),
            provider.isFree(endpoint.base(), endpoint.model()) ? model.free() : model, provider.quirks(), List.of());
    }

    private boolean isSet(Provider provider) { return provider.access().isSet(provider, config); }

    /// Mistakes in the settings, to report them before the first request. They affect one route, not the process.
    public List<String> complaints() {
        var chains = configured().keySet().stream().<Supplier<?>>map(setting -> () -> fallbacks(setting));
        return Stream.of(configured().values().stream(), chains, Stream.<Supplier<?>>of(this::longPrompt))
            .flatMap(all -> all).flatMap(setting -> {
            try {
                setting.get();
                return Stream.<String>empty();
            } catch (ApiError | Config.Wrong e) {
                return Stream.of(e.getMessage());
            }
        }).distinct().toList();
    }

    /// The configured models under the first part of their variables, such as BIG_MODEL. Getting one fails if its settings
    /// are wrong.
    public SequencedMap<String, Supplier<Route>> configured() {
        var all = new LinkedHashMap<String, Supplier<Route>>();
        for (var tier : tiers()) all.put(tier.setting(), () -> of(tier));
        for (var role : ROLES) if (!config.get(role).isEmpty()) all.put(role, () -> role(role).orElseThrow());
        return all;
    }

    private Stream<Route> usable() {
        return configured().values().stream().flatMap(route -> {
            try {
                return Stream.of(route.get());
            } catch (ApiError | Config.Wrong e) {
                return Stream.empty();   // reported by complaints()
            }
        });
    }

    /// The variables that give an address other than the provider's own, each with the address.
    public SequencedMap<String, String> ownAddresses() {
        var own = new TreeMap<String, String>();
        for (var tier : tiers()) own.put(tier.setting("API_BASE"), config.slot(tier).base());
        for (var row : Providers.all()) row.baseVariables().forEach(name -> own.put(name, config.get(name)));
        Stream.concat(slots.values().stream().map(Config.Slot::provider), usable().map(Route::provider))
            .flatMap(id -> Providers.find(id, config).stream())
            .forEach(row -> row.baseVariables().forEach(name -> own.put(name, config.get(name))));
        own.values().removeIf(String::isEmpty);
        own.entrySet().removeIf(entry -> isOwned(entry.getKey(), entry.getValue()));
        own.replaceAll((_, url) -> config.secrets().masked(url.replaceFirst("//[^/@]*@", "//")));
        return own;
    }

    private boolean isOwned(String variable, String url) {
        var tier = Stream.of(Tier.values()).filter(one -> variable.equals(one.setting("API_BASE"))).findFirst();
        var provider = tier.map(slots::get).map(Config.Slot::provider).orElse("");
        return Providers.all().stream().filter(row -> row.baseVariables().contains(variable) || row.is(provider))
            .anyMatch(row -> row.owns(BaseUrl.cleaned(url, row.id())));
    }

    /// The addresses of the configured models.
    public List<String> bases() { return usable().map(route -> route.url("")).toList(); }

    public boolean usesTls() { return bases().stream().anyMatch(base -> base.startsWith("https:")); }
}
