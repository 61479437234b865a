package lib.access;

import module java.base;
import java.net.Proxy;

import lib.json.*;
import lib.wire.*;

/// What a server on this machine reports: its models, listed at a path after the base URL, and a model's context window.
public record LocalServer(String models, Window window) {
    /// A server that does not report context windows.
    public static final LocalServer WITHOUT_WINDOWS = new LocalServer("/models", (_, _) -> 0);

    /// Milliseconds. A server on this machine answers soon if it is running, even while its model keeps all cores busy; others
    /// may be behind a slow network.
    private static final int PATIENCE = 1000, PATIENCE_ABROAD = 2000;

    /// A model's context window in tokens, or 0 if the server does not report it. `root` is the base URL without `/v1`.
    public interface Window {
        long of(String root, String model) throws IOException;
    }

    /// The first model that is not for embeddings. `key` is empty if it needs none.
    public Optional<String> firstModel(String base, String key) throws IOException { return models(base, key).stream().findFirst(); }

    /// All its models that are not for embeddings.
    public List<String> models(String base, String key) throws IOException {
        var reply = ask(base + models, "", key);
        var names = Stream.concat(Json.list(reply, "models").stream().map(model -> Json.text(model, "name")),
            Json.list(reply, "data").stream().map(model -> Json.text(model, "id")));
        return names.filter(name -> !name.isEmpty() && !name.toLowerCase(Locale.ROOT).contains("embed")).toList();
    }

    /// For a server that lists the window of each model.
    public static Window inList(String path, String field) {
        return (root, model) -> Json.list(ask(root + path, ""), "data").stream().filter(entry -> Json.text(entry, "id").equals(model))
            .mapToLong(entry -> Json.number(entry, field)).max().orElse(0);
    }

    /// For a server with one model.
    public static Window at(String path, String... field) { return (root, _) -> Json.number(ask(root + path, ""), field); }

    /// For Ollama, whose field is named after the model's architecture.
    public static long ofOllama(String root, String model) throws IOException {
        var info = Json.at(ask(root + "/api/show", Json.write(Json.object("model", model))), "model_info");
        return Json.keys(info).stream().filter(key -> key.endsWith(".context_length")).mapToLong(key -> Json.number(info, key)).max()
            .orElse(0);
    }

    private static JsonElement ask(String url, String body) throws IOException { return ask(url, body, ""); }

    /// GET, or POST if there is a body. HttpURLConnection is used because this happens at start: its first call takes a fifth
    /// of the time of HttpClient's, which loads 2,000 classes instead of 800 (measured with JDK 25, 2026-11).
    private static JsonElement ask(String url, String body, String key) throws IOException {
        var patience = Loopback.isUrl(url) ? PATIENCE : PATIENCE_ABROAD;
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(patience);
        connection.setReadTimeout(patience);
        if (!key.isEmpty()) connection.setRequestProperty("authorization", "Bearer " + key);
        try {
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("content-type", "application/json");
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            try (var in = connection.getInputStream()) {
                return Json.parse(in.readNBytes(4 << 20));
            }
        } catch (Json.Malformed e) {
            throw new IOException("no JSON at " + url);
        } finally {
            connection.disconnect();
        }
    }
}
