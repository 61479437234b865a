package lib.access;

import module java.base;

import lib.route.*;

/// The credentials of one run that hold tokens or signing keys: each is made when a route first needs it, and then kept.
public final class CredentialCache {
    private final Map<List<Object>, Credential> made = new ConcurrentHashMap<>();

    /// The one for that key, which is all that it is made from.
    public Credential get(List<Object> key, Supplier<Credential> maker) { return made.computeIfAbsent(key, _ -> maker.get()); }
}
