package lib.provider;

import lib.wire.Json;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What serves when nothing is configured: a provider whose key is in the environment, a server on this machine, or
/// the built-in demo. `why` is for the banner.
public record Detection(Config.Slot slot, String why) {
    private static final int PATIENCE = 200;   // milliseconds
    private static final List<String> LOCAL = List.of("ollama", "lm_studio", "llama_cpp", "hosted_vllm");

    public static Detection of(Config config) {
        if (!config.big().provider().isEmpty()) return new Detection(config.big(), "BIG_MODEL_PROVIDER");
        return byKey(config).or(() -> byServer(config))
            .orElseGet(() -> new Detection(new Config.Slot("demo", "", "", ""), "no key and no local server was found"));
    }

    private static Optional<Detection> byKey(Config config) {
        for (var provider : Providers.all())
            if (provider.detected()) for (var name : provider.keyVariables())
                if (!config.get(name).isEmpty()) return Optional.of(new Detection(new Config.Slot(provider.id(), "", "", ""), name + " is set"));
        return Optional.empty();
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
            return asked.get(3 * PATIENCE, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            return Optional.empty();   // no server there
        }
    }

    private static Optional<Detection> ask(Provider provider, Config config) throws IOException {
        var base = provider.baseOf(config.first(provider.baseVariables()));
        var connection = (HttpURLConnection) URI.create(base + (provider.id().equals("ollama") ? "/api/tags" : "/models")).toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        try (var in = connection.getInputStream()) {
            var reply = Json.parse(in.readNBytes(1 << 20));
            // LM Studio and vLLM answer in one shape; the port tells them apart.
            return java.util.stream.Stream.concat(Json.list(reply, "models").stream().map(model -> Json.text(model, "name")), Json.list(reply, "data").stream().map(model -> Json.text(model, "id")))
                .filter(name -> !name.isEmpty() && !name.toLowerCase().contains("embed")).findFirst()
                .map(name -> new Detection(new Config.Slot(provider.id(), name, "", ""), "a server answers at " + base));
        } finally {
            connection.disconnect();
        }
    }
}
