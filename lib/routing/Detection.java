package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.provider.*;
import lib.subscription.*;

/// The model to use when none is configured: a provider whose key is set, one that the user has signed in to, a server on
/// this machine, or else the built-in demo. `why` is for the banner.
public record Detection(Config.Slot slot, String why) {
    private static final int PATIENCE = 500;   // milliseconds for all servers; a running one needs a fraction

    public static Detection of(Config config) {
        var big = config.big();
        if (!big.provider().isEmpty()) return new Detection(big, "BIG_MODEL_PROVIDER");
        if (!big.base().isEmpty()) return new Detection(big, "BIG_MODEL_API_BASE");
        if (!big.key().isEmpty()) return new Detection(big, "BIG_MODEL_API_KEY");
        var found = byKey(config).or(() -> byLogin(config)).or(() -> byServer(config))
            .orElseGet(() -> new Detection(new Config.Slot("demo", "", "", ""), "no key and no local server was found"));
        return big.name().isEmpty() ? found : new Detection(found.slot(), "BIG_MODEL_NAME");
    }

    private static Detection of(Provider provider, String model, String why) {
        return new Detection(new Config.Slot(provider.id(), model, "", ""), why);
    }

    private static Optional<Detection> byKey(Config config) {
        for (var provider : Providers.all())
            if (provider.autodetect()) for (var name : provider.namedKeys())
                if (!config.get(name).isEmpty()) return Optional.of(of(provider, "", name + " is set"));
        return Optional.empty();
    }

    private static Optional<Detection> byLogin(Config config) {
        var logins = new Logins(config);
        return Providers.all().stream().filter(row -> row.signIn(config).isPresent() && logins.has(row.id())).findFirst()
            .map(row -> of(row, "", "you are signed in"));
    }

    /// Asks all of them at once.
    private static Optional<Detection> byServer(Config config) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var servers = Providers.all().stream().filter(row -> row.server().isPresent());
            var asked = servers.map(row -> threads.submit(() -> ask(row, config))).toList();
            return asked.stream().map(Detection::answer).flatMap(Optional::stream).findFirst();
        }
    }

    private static Optional<Detection> answer(Future<Optional<Detection>> asked) {
        try {
            return asked.get(PATIENCE, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            return Optional.empty();   // no server there
        }
    }

    private static Optional<Detection> ask(Provider provider, Config config) throws IOException {
        var base = provider.completed(config.first(provider.baseVariables()));
        return provider.server().orElseThrow().firstModel(base, KeyList.first(config.first(provider.keyVariables())))
            .map(name -> of(provider, name, "a server answers at " + base));
    }
}
