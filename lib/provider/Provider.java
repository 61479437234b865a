package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.dialect.Quirk;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One row of the table: how a provider is reached, and what its users usually take.
public record Provider(String id, List<String> aliases, Dialect dialect, String base, List<String> keys, List<String> bases, String keyHeader,
                       String big, String small, boolean local, boolean detected, Set<Quirk> quirks) {
    /// The variables that may hold its key, the commonest first.
    List<String> keyVariables() { return variables(keys, "API_KEY"); }

    List<String> baseVariables() {
        var names = new LinkedHashSet<>(variables(bases, "API_BASE"));
        names.addAll(variables(List.of(), "BASE_URL"));
        return List.copyOf(names);
    }

    private List<String> variables(List<String> own, String what) {
        var names = new LinkedHashSet<>(own);
        names.add(Config.variable(id, what));
        aliases.forEach(alias -> names.add(Config.variable(alias, what)));
        return new ArrayList<>(names);
    }

    static Provider row(String id, Dialect dialect, String base, String... keys) {
        return new Provider(id, List.of(), dialect, base, List.of(keys), List.of(), "authorization", "", "", false, false, Set.of());
    }

    Provider as(String... aliases) { return new Provider(id, List.of(aliases), dialect, base, keys, bases, keyHeader, big, small, local, detected, quirks); }

    Provider bases(String... bases) { return new Provider(id, aliases, dialect, base, keys, List.of(bases), keyHeader, big, small, local, detected, quirks); }

    /// Takes its key in a header of its own, and not as a bearer.
    Provider keyIn(String header) { return new Provider(id, aliases, dialect, base, keys, bases, header, big, small, local, detected, quirks); }

    Credential credential(String key) {
        if (key.isEmpty()) return Credential.none();
        return keyHeader.equals("authorization") ? Credential.bearer(key) : Credential.header(keyHeader, key);
    }

    /// The models that its users usually take.
    Provider usually(String big, String small) { return new Provider(id, aliases, dialect, base, keys, bases, keyHeader, big, small, local, detected, quirks); }

    /// Runs on the user's own machine, and needs no key.
    Provider onThisMachine() { return new Provider(id, aliases, dialect, base, keys, bases, keyHeader, big, small, true, detected, quirks); }

    /// Taken without being named when its key is in the environment.
    Provider detect() { return new Provider(id, aliases, dialect, base, keys, bases, keyHeader, big, small, local, true, quirks); }

    Provider with(Quirk... quirks) {
        return new Provider(id, aliases, dialect, base, keys, bases, keyHeader, big, small, local, detected, new LinkedHashSet<>(List.of(quirks)));
    }

    boolean is(String name) { return id.equals(name) || aliases.contains(name); }

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
        var path = URI.create(base).getPath();
        return path == null ? "" : path;
    }
}
