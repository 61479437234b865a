package lib.access;

import module java.base;

import lib.route.*;

/// The builder of a `Provider`: one row of the table.
public final class Row {
    public final String id, name;
    public final Dialect plainDialect;
    public final List<String> keyVariables, aliases = new ArrayList<>(), nicknames = new ArrayList<>(), keyBeginnings = new ArrayList<>();
    public final SequencedMap<Dialect, String> bases = new LinkedHashMap<>();
    public final SequencedMap<String, String> headers = new LinkedHashMap<>();
    public List<String> baseVariables = List.of();
    public String keyHeader = "", keyPrefix = "", bigModel = "", smallModel = "", cloudBase = "";
    public boolean local, gateway, autodetect, verified = true;
    public Optional<LocalServer> server = Optional.empty();
    public Optional<Dialect> customBaseDialect = Optional.empty();
    public Set<Quirk> quirks = Set.of();
    public Access access = Access.BY_KEY;

    private Row(String id, String name, Dialect dialect, List<String> keyVariables) {
        this.id = id;
        this.name = name;
        this.plainDialect = dialect;
        this.keyVariables = keyVariables;
    }

    /// `keyVariables` may contain its key, in addition to `{ID}_API_KEY`. In the base, `{VARIABLE}` is replaced by that
    /// setting, and `{model}` by the model's name.
    public static Row row(String id, String name, Dialect dialect, String base, String... keyVariables) {
        return new Row(id, name, dialect, List.of(keyVariables)).alternative(dialect, base);
    }

    public Provider build() { return new Provider(this); }

    public Row alias(String... aliases) {
        this.aliases.addAll(List.of(aliases));
        return this;
    }

    /// An alias without its own variables, because another provider uses them.
    public Row nickname(String nickname) {
        nicknames.add(nickname);
        return alias(nickname);
    }

    /// Variables that may contain its base URL, in addition to `{ID}_API_BASE`.
    public Row baseVariables(String... variables) {
        this.baseVariables = List.of(variables);
        return this;
    }

    /// Expects its key in this header instead of a bearer token.
    public Row keyHeader(String header) { return keyHeader(header, ""); }

    public Row keyHeader(String header, String prefix) {
        this.keyHeader = header;
        this.keyPrefix = prefix;
        return this;
    }

    /// How its keys start, if no other provider's do.
    public Row keyBegins(String... beginnings) {
        keyBeginnings.addAll(List.of(beginnings));
        return this;
    }

    /// Expects its key as a bearer token, even for Anthropic's API.
    public Row bearerKey() { return keyHeader("authorization", "Bearer "); }

    /// Another header, sent if the variable with its value is set.
    public Row header(String header, String variable) {
        headers.put(header, variable);
        return this;
    }

    /// Offers another dialect, which `{ID}_DIALECT` can choose, at this base URL.
    public Row alternative(Dialect dialect, String base) {
        bases.putLast(dialect, base);
        return this;
    }

    /// Offers another dialect that keeps more of what Claude Code sends. It is the default; `{ID}_DIALECT` can choose others.
    public Row preferred(Dialect dialect, String base) {
        bases.putFirst(dialect, base);
        return this;
    }

    /// The dialect at base URLs other than the row's own, where servers only imitate this provider.
    public Row whenBaseIsCustom(Dialect dialect) {
        this.customBaseDialect = Optional.of(dialect);
        return this;
    }

    public Row access(Access access) {
        this.access = access;
        return this;
    }

    /// The models to use if the user names none.
    public Row defaultModels(String big, String small) {
        this.bigModel = big;
        this.smallModel = small;
        return this;
    }

    /// Also has a cloud with the same API, which needs a key.
    public Row cloudBase(String base) {
        this.cloudBase = base;
        return this;
    }

    /// Runs on the user's machine, without a key.
    public Row local() {
        this.local = true;
        return this;
    }

    /// The same, and is detected automatically.
    public Row local(LocalServer server) {
        this.server = Optional.of(server);
        return local();
    }

    /// Passes requests on to others, which may charge for them.
    public Row gateway() {
        this.gateway = true;
        return this;
    }

    /// Is chosen automatically if its key is in the environment.
    public Row autodetect() {
        this.autodetect = true;
        return this;
    }

    /// Its base URL or variables are not confirmed by its own documentation.
    public Row unverified() {
        this.verified = false;
        return this;
    }

    public Row quirks(Quirk... quirks) {
        this.quirks = new LinkedHashSet<>(List.of(quirks));
        return this;
    }
}
