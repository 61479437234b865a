package lib.provider;

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
    private final SequencedMap<Dialect, String> bases = new LinkedHashMap<>();    // the preferred first
    private final Dialect plain;
    private List<String> aliases = List.of(), nicknames = List.of(), namedBases = List.of();
    private String keyHeader = "", keyPrefix = "", big = "", small = "", cloud = "";
    private boolean local, detected, unverified;
    private Set<Quirk> quirks = Set.of();
    private Access access = Access.BY_KEY;
    private Optional<Dialect> elsewhere = Optional.empty();

    private Provider(String id, String name, Dialect plain, List<String> keys) {
        this.id = id;
        this.name = name;
        this.plain = plain;
        this.keys = keys;
    }

    /// `keys` are the variables, beside `{ID}_API_KEY`, that may hold its key. A `{VARIABLE}` in the base stands for
    /// that setting, and `{model}` for the model.
    static Provider row(String id, String name, Dialect dialect, String base, String... keys) { return new Provider(id, name, dialect, List.of(keys)).also(dialect, base); }

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
        this.namedBases = List.of(bases);
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
        bases.putLast(dialect, base);
        return this;
    }

    /// Speaks something better, at another address, that keeps more of what Claude Code sends.
    Provider better(Dialect dialect, String base) {
        bases.putFirst(dialect, base);
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

    /// The dialect that it is asked in unless somebody chooses another.
    public Dialect dialect() { return bases.firstEntry().getKey(); }

    public String base() { return bases.firstEntry().getValue(); }

    /// Its base URL for each dialect, the preferred one first.
    SequencedMap<Dialect, String> bases() { return bases; }

    /// The dialect that its imitations speak, too, and its base URL for it.
    Dialect plainDialect() { return plain; }

    String plainBase() { return bases.get(plain); }

    Optional<Dialect> dialectElsewhere() { return elsewhere; }

    boolean speaks(Dialect dialect) { return bases.containsKey(dialect); }

    String keyHeader() { return keyHeader; }

    String keyPrefix() { return keyPrefix; }

    /// The headers that it takes beside the key, each with the variable that holds its value.
    SequencedMap<String, String> headers() { return headers; }

    public Set<Quirk> quirks() { return quirks; }

    public boolean local() { return local; }

    /// Whether a key is needed there.
    boolean needsKey(String base) { return !cloud.isEmpty() && base.startsWith(cloud) || !local && !Routes.isLoopback(base); }

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
        var names = variables(namedBases, "API_BASE");
        names.addAll(variables(List.of(), "BASE_URL"));
        return List.copyOf(names);
    }

    /// Its variables by its vendor's and LiteLLM's names, without those that follow from its aliases.
    public List<String> namedKeys() { return keys.isEmpty() ? List.of(Config.variable(id, "API_KEY")) : keys; }

    public List<String> namedBases() { return namedBases; }

    /// Variables that stand in its address.
    public List<String> needs() { return bases.values().stream().flatMap(base -> new BaseUrl(base).variables().stream()).distinct().toList(); }

    /// Variables of headers that it takes beside the key.
    public List<String> optional() { return List.copyOf(headers.values()); }

    private Set<String> variables(List<String> own, String what) {
        var names = new LinkedHashSet<>(own);
        names.add(Config.variable(id, what));
        aliases.stream().filter(alias -> !nicknames.contains(alias)).forEach(alias -> names.add(Config.variable(alias, what)));
        return names;
    }

    /// A base URL as people paste it, or the usual one.
    String baseOf(String given) { return given.isEmpty() ? base() : new BaseUrl(base()).complete(BaseUrl.cleaned(given, id)); }
}
