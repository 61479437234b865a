package lib.provider;

import lib.wire.Json;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What serves when nothing is configured: a provider whose key is in the environment, one that somebody has signed in to,
/// a server on this machine, or the built-in demo. `why` is for the banner.
public record Detection(Config.Slot slot, String why) {
    private static final int PATIENCE = 500;   // milliseconds for all; a server that is there needs a fraction
    private static final List<String> LOCAL = List.of("ollama", "lm_studio", "llama_cpp", "hosted_vllm");

    public static Detection of(Config config) {
        if (!config.big().provider().isEmpty()) return new Detection(config.big(), "BIG_MODEL_PROVIDER");
        return byKey(config).or(() -> byLogin(config)).or(() -> byServer(config))
            .orElseGet(() -> new Detection(new Config.Slot("demo", "", "", ""), "no key and no local server was found"));
    }

    private static Optional<Detection> byKey(Config config) {
        for (var provider : Providers.all())
            if (provider.detected()) for (var name : provider.namedKeys())
                if (!config.get(name).isEmpty()) return Optional.of(new Detection(new Config.Slot(provider.id(), "", "", ""), name + " is set"));
        return Optional.empty();
    }

    private static Optional<Detection> byLogin(Config config) {
        var logins = new Logins(config);
        return Providers.all().stream().filter(row -> row.signIn(config).isPresent() && logins.has(row.id())).findFirst().map(row -> new Detection(new Config.Slot(row.id(), "", "", ""), "you are signed in"));
    }

    /// Asks all usual ports at once.
    private static Optional<Detection> byServer(Config config) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = LOCAL.stream().map(id -> threads.submit(() -> ask(Providers.find(id, config).orElseThrow(), config))).toList();
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
        var base = provider.baseOf(config.first(provider.baseVariables()));
        var reply = Local.get(base + (provider.id().equals("ollama") ? "/api/tags" : "/models"));
        var names = Stream.concat(Json.list(reply, "models").stream().map(model -> Json.text(model, "name")), Json.list(reply, "data").stream().map(model -> Json.text(model, "id")));
        return names.filter(name -> !name.isEmpty() && !name.toLowerCase(Locale.ROOT).contains("embed")).findFirst()
            .map(name -> new Detection(new Config.Slot(provider.id(), name, "", ""), "a server answers at " + base));
    }
}
