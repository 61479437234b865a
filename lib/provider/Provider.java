package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.dialect.Quirk;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One row of the table: how a provider is reached, and what its users usually take. Rows are made in `Providers`
/// and do not change afterwards.
public final class Provider {
    private final String id, base;
    private final Dialect dialect;
    private final List<String> keys;
    private List<String> aliases = List.of(), bases = List.of();
    private String keyHeader = "authorization", big = "", small = "";
    private boolean local, detected;
    private Set<Quirk> quirks = Set.of();
    private Access access = Access.BY_KEY;
    private Dialect elsewhere;

    private Provider(String id, Dialect dialect, String base, List<String> keys) {
        this.id = id;
        this.dialect = dialect;
        this.base = base;
        this.keys = keys;
        this.elsewhere = dialect;
    }

    /// `keys` are the variables, beside `{ID}_API_KEY`, that may hold its key.
    static Provider row(String id, Dialect dialect, String base, String... keys) { return new Provider(id, dialect, base, List.of(keys)); }

    Provider as(String... aliases) {
        this.aliases = List.of(aliases);
        return this;
    }

    /// Variables, beside `{ID}_API_BASE`, that may hold its address.
    Provider bases(String... bases) {
        this.bases = List.of(bases);
        return this;
    }

    /// Takes its key in a header of its own, and not as a bearer.
    Provider keyIn(String header) {
        this.keyHeader = header;
        return this;
    }

    /// What is spoken at an address other than the row's own, which only imitates this provider.
    Provider elsewhere(Dialect dialect) {
        this.elsewhere = dialect;
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

    Provider with(Quirk... quirks) {
        this.quirks = new LinkedHashSet<>(List.of(quirks));
        return this;
    }

    public String id() { return id; }

    public List<String> aliases() { return aliases; }

    public Dialect dialect() { return dialect; }

    public String base() { return base; }

    public Set<Quirk> quirks() { return quirks; }

    public boolean local() { return local; }

    String big() { return big; }

    String small() { return small; }

    boolean detected() { return detected; }

    Access access() { return access; }

    boolean is(String name) { return id.equals(name) || aliases.contains(name); }

    /// The variables that may hold its key, the commonest first.
    List<String> keyVariables() { return List.copyOf(variables(keys, "API_KEY")); }

    List<String> baseVariables() {
        var names = variables(bases, "API_BASE");
        names.addAll(variables(List.of(), "BASE_URL"));
        return List.copyOf(names);
    }

    private Set<String> variables(List<String> own, String what) {
        var names = new LinkedHashSet<>(own);
        names.add(Config.variable(id, what));
        aliases.forEach(alias -> names.add(Config.variable(alias, what)));
        return names;
    }

    /// What is spoken at an address: as {ID}_DIALECT says, else what is usual there.
    Dialect dialectAt(String address, Config config) {
        var chosen = config.get(Config.variable(id, "DIALECT"));
        return chosen.isEmpty() ? address.equals(base) ? dialect : elsewhere : Providers.dialect(chosen, Config.variable(id, "DIALECT"));
    }

    Credential keyed(String key) {
        if (key.isEmpty()) return Credential.none();
        return keyHeader.equals("authorization") ? Credential.bearer(key) : Credential.header(keyHeader, key);
    }

    /// A base URL as people paste it: without the path of one call, and with the version where only a host was given.
    String baseOf(String given) {
        if (given.isEmpty()) return base;
        var url = given.contains("://") ? given : "http://" + given;
        url = url.replaceFirst("/+$", "").replaceFirst("(/chat/completions|/v1/messages|/responses|/api/chat)$", "").replaceFirst("/+$", "");
        try {
            var path = URI.create(url).getPath();
            return path == null || path.isEmpty() ? url + usualPath() : url;
        } catch (IllegalArgumentException e) {
            throw new Config.Wrong("the base URL " + given + " of " + id + " is not a URL");
        }
    }

    private String usualPath() {
        var path = URI.create(base.replaceAll("[<>{}]", "")).getPath();
        return path == null ? "" : path;
    }
}
