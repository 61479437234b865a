package lib.provider;

import lib.dialect.Dialect;
import lib.dialect.Quirk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// One row of the table while it is written: each verb says one thing about a provider, and `build` makes the `Provider`.
final class Row {
    final String id, name;
    final Dialect plainDialect;
    final List<String> keyVariables, aliases = new ArrayList<>(), nicknames = new ArrayList<>();
    final SequencedMap<Dialect, String> bases = new LinkedHashMap<>();
    final SequencedMap<String, String> headers = new LinkedHashMap<>();
    List<String> baseVariables = List.of();
    String keyHeader = "", keyPrefix = "", bigModel = "", smallModel = "", cloudBase = "";
    boolean local, autodetect, verified = true;
    Optional<LocalServer> server = Optional.empty();
    Optional<Dialect> customBaseDialect = Optional.empty();
    Set<Quirk> quirks = Set.of();
    Access access = Access.BY_KEY;

    private Row(String id, String name, Dialect dialect, List<String> keyVariables) {
        this.id = id;
        this.name = name;
        this.plainDialect = dialect;
        this.keyVariables = keyVariables;
    }

    /// `keyVariables` may hold its key, beside `{ID}_API_KEY`. In the base, a `{VARIABLE}` stands for that setting, and
    /// `{model}` for the model.
    static Row row(String id, String name, Dialect dialect, String base, String... keyVariables) {
        return new Row(id, name, dialect, List.of(keyVariables)).alternative(dialect, base);
    }

    Provider build() { return new Provider(this); }

    Row alias(String... aliases) {
        this.aliases.addAll(List.of(aliases));
        return this;
    }

    /// An alias without variables of its own, because another provider uses them.
    Row nickname(String nickname) {
        nicknames.add(nickname);
        return alias(nickname);
    }

    /// Variables, beside `{ID}_API_BASE`, that may hold its base URL.
    Row baseVariables(String... variables) {
        this.baseVariables = List.of(variables);
        return this;
    }

    /// Takes its key in this header, and not as a bearer token.
    Row keyHeader(String header) { return keyHeader(header, ""); }

    Row keyHeader(String header, String prefix) {
        this.keyHeader = header;
        this.keyPrefix = prefix;
        return this;
    }

    /// Takes its key as a bearer token only, even for Anthropic's API.
    Row bearerKey() { return keyHeader("authorization", "Bearer "); }

    /// Takes one more header, if the variable that holds its value is set.
    Row header(String header, String variable) {
        headers.put(header, variable);
        return this;
    }

    /// Offers another dialect, which `{ID}_DIALECT` can choose, at this base URL.
    Row alternative(Dialect dialect, String base) {
        bases.putLast(dialect, base);
        return this;
    }

    /// Offers another dialect that keeps more of what Claude Code sends, and is used unless `{ID}_DIALECT` says otherwise.
    Row preferred(Dialect dialect, String base) {
        bases.putFirst(dialect, base);
        return this;
    }

    /// The dialect at any base URL that is not the row's own, where a server only imitates this provider.
    Row whenBaseIsCustom(Dialect dialect) {
        this.customBaseDialect = Optional.of(dialect);
        return this;
    }

    Row access(Access access) {
        this.access = access;
        return this;
    }

    /// The models of users who name none.
    Row defaultModels(String big, String small) {
        this.bigModel = big;
        this.smallModel = small;
        return this;
    }

    /// Has a cloud with the same API, which needs a key.
    Row cloudBase(String base) {
        this.cloudBase = base;
        return this;
    }

    /// Runs on the user's own machine, and needs no key there.
    Row local() {
        this.local = true;
        return this;
    }

    /// The same, and is found there without any setting.
    Row local(LocalServer server) {
        this.server = Optional.of(server);
        return local();
    }

    /// Used without being named if its key is in the environment.
    Row autodetect() {
        this.autodetect = true;
        return this;
    }

    /// Its base URL or variables are not confirmed by its own documentation.
    Row unverified() {
        this.verified = false;
        return this;
    }

    Row quirks(Quirk... quirks) {
        this.quirks = new LinkedHashSet<>(List.of(quirks));
        return this;
    }
}
