package lib.provider;

import lib.dialect.Credential;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The identity that settings stand for, made at the first need and kept, so that its token is kept too.
final class Identities {
    private final Function<Config, Credential> maker;
    private final Map<Config, Credential> made = new ConcurrentHashMap<>();

    Identities(Function<Config, Credential> maker) { this.maker = maker; }

    Credential of(Config config) { return made.computeIfAbsent(config, maker); }
}
