package lib.access;

import module java.base;

import lib.route.*;

/// The credentials of one run that hold tokens or signing keys. Each is created when a route first needs it.
public final class CredentialCache {
    private final Map<List<Object>, Credential> made = new ConcurrentHashMap<>();

    /// `key` must contain everything that the credential is made from.
    public Credential get(List<Object> key, Supplier<Credential> maker) { return made.computeIfAbsent(key, _ -> maker.get()); }
}
