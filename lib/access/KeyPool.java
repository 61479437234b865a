package lib.access;

import module java.base;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// The keys of one variable, each with the credential that it makes. `model` is what they are for; empty for a service without models.
public record KeyPool(String variable, List<Credential> credentials, String model, KeyRests rests) implements Credential {
    /// One of them, for one request; `asked` are those that were refused before it.
    private record Key(KeyPool pool, int index, String session, Set<Integer> asked) implements Credential {
        @Override public Ask signed(Ask ask) { return pool.credentials.get(index).signed(ask); }

        @Override public boolean rejected(Ask refused) { return pool.credentials.get(index).rejected(refused); }

        @Override public String variables() { return pool.name(index); }

        @Override public Optional<Credential> instead(ApiError refusal) {
            if (!pool.rests.rests(index, pool.model, refusal)) return Optional.empty();
            var tried = new HashSet<>(asked);
            tried.add(index);
            return pool.rests.choose(session, pool.model, tried).map(other -> new Key(pool, other, session, tried));
        }

        @Override public List<KeyState> keys() { return pool.keys(); }
    }

    /// The target's endpoint, with all the keys that its variable holds.
    public static Endpoint endpoint(Target target) {
        var access = target.provider().access();
        var keys = KeyList.of(target.key());
        if (keys.isEmpty() || keys.getFirst().equals(target.key())) return access.endpoint(target);
        var endpoints = keys.stream().map(key -> access.endpoint(target.withKey(key))).toList();
        if (keys.size() == 1) return endpoints.getFirst();
        var rests = target.credentials().rests(List.of(target.keyVariable(), target.key()), keys.size());
        var credentials = endpoints.stream().map(Endpoint::credential).toList();
        return endpoints.getFirst().with(new KeyPool(target.keyVariable(), credentials, endpoints.getFirst().model(), rests));
    }

    /// The keys that a variable holds, for a service that serves no models: `credential` says how one of them is sent.
    public static Credential of(String variable, String value, Function<String, Credential> credential) {
        var all = KeyList.of(value).stream().map(credential).toList();
        if (all.isEmpty()) return Credential.none();
        return all.size() == 1 ? all.getFirst() : new KeyPool(variable, all, "", new KeyRests(all.size(), InstantSource.system()));
    }

    private String name(int key) { return "key " + (key + 1) + " of " + credentials.size() + " of " + variable; }

    @Override public List<KeyState> keys() {
        return IntStream.range(0, credentials.size()).mapToObj(key -> new KeyState(name(key), rests.of(key, model))).toList();
    }

    @Override public Credential chosen(String session) { return new Key(this, rests.choose(session, model), session, Set.of()); }

    @Override public Ask signed(Ask ask) { return chosen("").signed(ask); }

    @Override public String variables() { return variable; }
}
