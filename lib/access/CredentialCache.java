package lib.access;

import module java.base;

import lib.route.*;

/// The credentials of one run that hold tokens or signing keys. Each is created when a route first needs it.
public final class CredentialCache {
    private final Map<List<Object>, Credential> made = new ConcurrentHashMap<>();
    private final Map<List<Object>, KeyRests> rests = new ConcurrentHashMap<>();

    /// `key` must contain everything that the credential is made from.
    public Credential get(List<Object> key, Supplier<Credential> maker) { return made.computeIfAbsent(key, _ -> maker.get()); }

    /// Which of a variable's keys rest. `pool` must contain all of them.
    KeyRests rests(List<Object> pool, int keys) { return rests.computeIfAbsent(pool, _ -> new KeyRests(keys, InstantSource.system())); }

    /// Keys that an account's state has put to rest are tried again.
    public void settingsChanged() { rests.values().forEach(KeyRests::settingsChanged); }
}
