package lib.provider;

import lib.dialect.Anthropic;
import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.dialect.Quirk;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// One row of the table: how a provider is reached, and what its users usually take. Rows are made in `Providers`
/// and `Hosts`, and do not change afterwards.
public final class Provider {
    private static final String BEARER = "authorization";

    private final String id, name;
    private final List<String> keys;
    private final SequencedMap<String, String> headers = new LinkedHashMap<>();   // header -> the variable that holds its value
    private final Surface original;
    private List<Surface> surfaces;
    private List<String> aliases = List.of(), nicknames = List.of(), bases = List.of();
    private String keyHeader = "", keyPrefix = "", big = "", small = "", cloud = "";
    private boolean local, detected, unverified;
    private Set<Quirk> quirks = Set.of();
    private Access access = Access.BY_KEY;
    private Optional<Dialect> elsewhere = Optional.empty();

    private Provider(String id, String name, Surface surface, List<String> keys) {
        this.id = id;
        this.name = name;
        this.original = surface;
        this.surfaces = List.of(surface);
        this.keys = keys;
    }

    /// `keys` are the variables, beside `{ID}_API_KEY`, that may hold its key. A `{VARIABLE}` in the base stands for
    /// that setting, and `{model}` for the model.
    static Provider row(String id, String name, Dialect dialect, String base, String... keys) { return new Provider(id, name, new Surface(dialect, base), List.of(keys)); }

    Provider as(String... aliases) {
        this.aliases = List.of(aliases);
        return this;
    }

    /// An alias without variables of its own, because another provider has them.
    Provider alsoCalled(String nickname) {
        this.nicknames = List.of(nickname);
        this.aliases = Stream.concat(aliases.stream(), nicknames.stream()).toList();
        return this;
    }

    /// Variables, beside `{ID}_API_BASE`, that may hold its address.
    Provider bases(String... bases) {
        this.bases = List.of(bases);
        return this;
    }

    /// Takes its key in a header of its own, and not as a bearer.
    Provider keyIn(String header) { return keyIn(header, ""); }

    Provider keyIn(String header, String prefix) {
        this.keyHeader = header;
        this.keyPrefix = prefix;
        return this;
    }

    /// Takes its key as a bearer alone, also where it speaks Anthropic's API.
    Provider bearer() { return keyIn(BEARER, "Bearer "); }

    /// Takes a header more, if the variable that holds its value is set.
    Provider sending(String header, String variable) {
        headers.put(header, variable);
        return this;
    }

    /// Speaks something else as well, at another address.
    Provider also(Dialect dialect, String base) {
        this.surfaces = Stream.concat(surfaces.stream(), Stream.of(new Surface(dialect, base))).toList();
        return this;
    }

    /// Speaks something better, at another address, that keeps more of what Claude Code sends.
    Provider better(Dialect dialect, String base) {
        this.surfaces = Stream.concat(Stream.of(new Surface(dialect, base)), surfaces.stream()).toList();
        return this;
    }

    /// What is spoken at an address other than the row's own, which only imitates this provider.
    Provider elsewhere(Dialect dialect) {
        this.elsewhere = Optional.of(dialect);
        return this;
    }

    Provider by(Access access) {
        this.access = access;
        return this;
    }

    /// The models that its users usually take.
    Provider usually(String big, String small) {
        this.big = big;
        this.small = small;
        return this;
    }

    /// Has a cloud with the same API, which wants a key where the machine wants none.
    Provider cloud(String base) {
        this.cloud = base;
        return this;
    }

    /// Runs on the user's own machine, and needs no key.
    Provider onThisMachine() {
        this.local = true;
        return this;
    }

    /// Taken without being named when its key is in the environment.
    Provider detect() {
        this.detected = true;
        return this;
    }

    /// Nobody has confirmed its address or its variables from its own documentation.
    Provider unverified() {
        this.unverified = true;
        return this;
    }

    Provider with(Quirk... quirks) {
        this.quirks = new LinkedHashSet<>(List.of(quirks));
        return this;
    }

    public String id() { return id; }

    public String name() { return name; }

    public List<String> aliases() { return aliases; }

    public Dialect dialect() { return surfaces.getFirst().dialect(); }

    public String base() { return surfaces.getFirst().base(); }

    List<Surface> surfaces() { return surfaces; }

    boolean speaks(Dialect dialect) { return surfaces.stream().anyMatch(surface -> surface.dialect() == dialect); }

    public Set<Quirk> quirks() { return quirks; }

    public boolean local() { return local; }

    /// Whether nobody is asked there without a key.
    boolean wantsKey(String base) { return !cloud.isEmpty() && base.startsWith(cloud) || !local && !Routes.isLoopback(base); }

    public String big() { return big; }

    String small() { return small; }

    boolean detected() { return detected; }

    public boolean verified() { return !unverified; }

    Access access() { return access; }

    /// How to sign in, if that is possible.
    public Optional<SignIn> signIn(Config config) { return access.signIn(config); }

    boolean is(String name) { return id.equals(name) || aliases.contains(name); }

    /// The variables that may hold its key, the commonest first.
    List<String> keyVariables() { return List.copyOf(variables(keys, "API_KEY")); }

    List<String> baseVariables() {
        var names = variables(bases, "API_BASE");
        names.addAll(variables(List.of(), "BASE_URL"));
        return List.copyOf(names);
    }

    /// Its variables by its vendor's and LiteLLM's names, without those that follow from its aliases.
    public List<String> namedKeys() { return keys.isEmpty() ? List.of(Config.variable(id, "API_KEY")) : keys; }

    public List<String> namedBases() { return bases; }

    /// Variables that stand in its address.
    public List<String> needs() { return surfaces.stream().flatMap(surface -> surface.variables().stream()).distinct().toList(); }

    /// Variables of headers that it takes beside the key.
    public List<String> optional() { return List.copyOf(headers.values()); }

    private Set<String> variables(List<String> own, String what) {
        var names = new LinkedHashSet<>(own);
        names.add(Config.variable(id, what));
        aliases.stream().filter(alias -> !nicknames.contains(alias)).forEach(alias -> names.add(Config.variable(alias, what)));
        return names;
    }

    /// Where it is asked and in what tongue: as {ID}_DIALECT and the given base say, else as is usual.
    Surface surface(String given, Config config) {
        var chosen = chosen(config);
        if (chosen.isPresent()) return speaking(chosen.get(), given, config);
        if (given.isEmpty()) return surfaces.getFirst().filled(id, config);
        var cleaned = Surface.cleaned(given, id);
        var usual = surfaces.stream().filter(surface -> surface.isAt(cleaned)).findFirst().orElse(surfaces.getFirst().goesOn(cleaned) && !original.isBare() ? surfaces.getFirst() : original);
        var dialect = cleaned.equals(usual.base()) ? usual.dialect() : elsewhere.orElse(usual.dialect());
        return new Surface(dialect, usual.completed(cleaned)).filled(id, config);
    }

    /// What {ID}_DIALECT says is to be spoken.
    Optional<Dialect> chosen(Config config) {
        var variable = Config.variable(id, "DIALECT");
        return config.get(variable).isEmpty() ? Optional.empty() : Optional.of(Dialects.named(config.get(variable), variable));
    }

    /// Where it is asked in that tongue: at its own address for it, if it has one.
    Surface speaking(Dialect dialect, String given, Config config) {
        var own = surfaces.stream().filter(surface -> surface.dialect() == dialect).findFirst();
        if (given.isEmpty()) return new Surface(dialect, own.orElse(original).base()).filled(id, config);
        var cleaned = Surface.cleaned(given, id);
        return new Surface(dialect, own.map(surface -> surface.completed(cleaned)).orElse(cleaned)).filled(id, config);
    }

    /// A base URL as people paste it, or the usual one.
    String baseOf(String given) { return given.isEmpty() ? base() : surfaces.getFirst().completed(Surface.cleaned(given, id)); }

    Credential keyed(String key) {
        if (key.isEmpty()) return Credential.none();
        return keyHeader.isEmpty() ? Credential.bearer(key) : Credential.header(keyHeader, keyPrefix + key);
    }

    /// The key and whatever else it wants to know of its customer. Hosts that imitate Anthropic take the key in either
    /// of two headers, and not all say in which.
    Credential keyed(String key, Dialect dialect, Config config) {
        var proof = keyed(key);
        if (keyHeader.isEmpty() && !key.isEmpty() && dialect instanceof Anthropic) proof = proof.and("x-api-key", key);
        return introduced(proof, config);
    }

    /// With what it wants to know of its customer beside the proof.
    Credential introduced(Credential proof, Config config) {
        var whole = proof;
        for (var header : headers.entrySet())
            if (!config.get(header.getValue()).isEmpty()) whole = whole.and(header.getKey(), config.get(header.getValue()));
        return whole;
    }
}
