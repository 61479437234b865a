package lib.access;

import module java.base;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// One provider: how it is reached, how it deviates from its dialects, and its default models. Immutable.
public final class Provider {
    private final String id, name, keyHeader, keyPrefix, bigModel, smallModel, cloudBase;
    private final List<String> aliases, namedKeys, namedBases, keyBeginnings;
    private final Lazy<List<String>> keyVariables, baseVariables;   // few providers are asked for theirs before the port is open
    private final SequencedMap<Dialect, String> bases;
    private final SequencedMap<String, String> headers;
    private final Dialect plainDialect;
    private final Optional<Dialect> customBaseDialect;
    private final boolean local, gateway, autodetect, verified;
    private final Optional<LocalServer> server;
    private final Set<Quirk> quirks;
    private final Access access;

    Provider(Row row) {
        this.id = row.id;
        this.name = row.name;
        this.aliases = List.copyOf(row.aliases);
        this.keyHeader = row.keyHeader;
        this.keyPrefix = row.keyPrefix;
        this.bigModel = row.bigModel;
        this.smallModel = row.smallModel;
        this.cloudBase = row.cloudBase;
        this.namedKeys = row.keyVariables.isEmpty() ? List.of(Config.variable(id, "API_KEY")) : row.keyVariables;
        this.namedBases = row.baseVariables;
        this.keyVariables = new Lazy<>(() -> variables(row.keyVariables, row, "API_KEY"));
        this.baseVariables = new Lazy<>(() -> variables(row.baseVariables, row, "API_BASE", "BASE_URL"));
        this.keyBeginnings = List.copyOf(row.keyBeginnings);
        this.bases = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(row.bases));
        this.headers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(row.headers));
        this.plainDialect = row.plainDialect;
        this.customBaseDialect = row.customBaseDialect;
        this.local = row.local;
        this.gateway = row.gateway;
        this.autodetect = row.autodetect;
        this.verified = row.verified;
        this.server = row.server;
        this.quirks = row.quirks;
        this.access = row.access;
    }

    private static List<String> variables(List<String> first, Row row, String... kinds) {
        var all = new LinkedHashSet<>(first);
        for (var kind : kinds) {
            all.add(Config.variable(row.id, kind));
            for (var alias : row.aliases) if (!row.nicknames.contains(alias)) all.add(Config.variable(alias, kind));
        }
        return List.copyOf(all);
    }

    public String id() { return id; }

    public String name() { return name; }

    public List<String> aliases() { return aliases; }

    public boolean is(String name) { return id.equals(name) || aliases.contains(name); }

    /// The dialect that is used unless a setting chooses another.
    public Dialect dialect() { return bases.firstEntry().getKey(); }

    public String base() { return bases.firstEntry().getValue(); }

    /// The base URL of each dialect, the usual one first.
    public SequencedMap<Dialect, String> bases() { return bases; }

    /// Whether the URL has the port of this local server.
    public boolean usesPortOf(String url) { return local && new BaseUrl(base()).hasPortOf(url); }

    /// Whether the URL has the path of one of its base URLs, or the start of it.
    public boolean mayServe(String url) {
        return bases.values().stream().map(BaseUrl::new).anyMatch(base -> base.extendsPathOf(url) || base.hasPathOf(url));
    }

    /// Whether the URL has the path of one of its base URLs.
    public boolean hasPathOf(String url) { return bases.values().stream().anyMatch(base -> new BaseUrl(base).hasPathOf(url)); }

    boolean speaks(Dialect dialect) { return bases.containsKey(dialect); }

    /// The dialect of servers that imitate this provider.
    Dialect plainDialect() { return plainDialect; }

    String plainBase() { return bases.get(plainDialect); }

    /// The dialect at base URLs other than the provider's own, if it differs there.
    public Optional<Dialect> customBaseDialect() { return customBaseDialect; }

    /// The given base URL with any missing end of its path; the provider's own if none is given.
    public String completed(String given) {
        return given.isEmpty() ? base() : new BaseUrl(base()).complete(BaseUrl.cleaned(given, id));
    }

    /// Whether the URL is at one of its hosts, including hosts that contain a user's name, such as Azure's.
    public boolean isAt(String given) { return bases.values().stream().anyMatch(base -> new BaseUrl(base).isHostOf(given)); }

    /// Whether the URL can only be the provider's own.
    public boolean owns(String given) { return bases.values().stream().anyMatch(base -> new BaseUrl(base).isOwnHostOf(given)); }

    /// Whether the key starts as only this provider's keys do.
    public boolean mayHave(String key) { return keyBeginnings.stream().anyMatch(key::startsWith); }

    /// The header for the key; empty for a bearer token.
    String keyHeader() { return keyHeader; }

    String keyPrefix() { return keyPrefix; }

    /// Additional headers, each with the variable that contains its value.
    SequencedMap<String, String> headers() { return headers; }

    boolean needsKey(String base) { return !cloudBase.isEmpty() && base.startsWith(cloudBase) || !local && !Loopback.isUrl(base); }

    /// The variables that may contain its key, the most common first.
    public List<String> keyVariables() { return keyVariables.get(); }

    public List<String> baseVariables() { return baseVariables.get(); }

    /// The variables that its vendor and LiteLLM use, without those derived from its aliases.
    public List<String> namedKeys() { return namedKeys; }

    public List<String> namedBases() { return namedBases; }

    /// Variables in its base URLs.
    public List<String> needs() {
        return bases.values().stream().flatMap(base -> new BaseUrl(base).variables().stream()).distinct().toList();
    }

    /// The variables of its additional headers.
    public List<String> optional() { return List.copyOf(headers.values()); }

    /// The model to use if the user names none; empty if users must name one.
    public String bigModel() { return bigModel; }

    public String smallModel() { return smallModel; }

    public Set<Quirk> quirks() { return quirks; }

    /// Whether it runs on the user's own machine.
    public boolean local() { return local; }

    /// Whether a model there costs nothing because it runs on this machine. A gateway on this machine passes requests on to
    /// others, and so does Ollama for its cloud's models. https://docs.ollama.com/cloud ; 2026-11.
    public boolean isFree(String base, String model) {
        return local && !gateway && (Loopback.isUrl(base) || !base.startsWith("http")) && !model.matches(".*[:-]cloud");
    }

    /// How to query its local server, if that is possible.
    public Optional<LocalServer> server() { return server; }

    public boolean autodetect() { return autodetect; }

    public boolean verified() { return verified; }

    public Access access() { return access; }

    /// How to sign in, if that is possible.
    public Optional<SignIn> signIn(Config config) { return access.signIn(config); }
}
