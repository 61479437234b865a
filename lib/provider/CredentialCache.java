package lib.provider;

import lib.dialect.Credential;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The credentials of one run that hold tokens or signing keys: each is made when a route first needs it, and then kept.
final class CredentialCache {
    private final Map<List<Object>, Credential> made = new ConcurrentHashMap<>();

    /// The one for that key, which is all that it is made from.
    Credential get(List<Object> key, Supplier<Credential> maker) { return made.computeIfAbsent(key, _ -> maker.get()); }
}
