package lib.provider;

import com.google.gson.JsonElement;
import lib.dialect.Route;
import lib.wire.Json;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/// The real window of a model on this machine, which only its server knows: asked once for each model.
public final class Windows {
    /// Asks nobody.
    public static final Windows UNASKED = new Windows(Map.of());

    private record Question(String url, String body, ToLongFunction<JsonElement> window) { }

    private interface Asking {
        Question of(String root, String model);
    }

    private static final Map<String, Asking> BY_PROVIDER = Map.of(
        "ollama",      (root, model) -> new Question(root + "/api/show", Json.write(Json.object("model", model)), Windows::ofOllama),         // https://docs.ollama.com/api/show
        "hosted_vllm", (root, model) -> new Question(root + "/v1/models", "", reply -> ofList(reply, model, "max_model_len")),                // https://docs.vllm.ai
        "llama_cpp",   (root, _)     -> new Question(root + "/props", "", reply -> Json.number(reply, "default_generation_settings", "n_ctx")), // llama.cpp tools/server/README.md
        "lm_studio",   (root, model) -> new Question(root + "/api/v0/models", "", reply -> ofList(reply, model, "loaded_context_length")));     // https://lmstudio.ai/docs/api/rest-api

    private final Map<String, Asking> askings;
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    public Windows() { this(BY_PROVIDER); }

    private Windows(Map<String, Asking> askings) { this.askings = askings; }

    /// The route, with the window that its server tells, if it is a server that does.
    public Route fitted(Route route) {
        var asking = askings.get(route.provider());
        if (asking == null || !Routes.isLoopback(route.base())) return route;
        var window = known.computeIfAbsent(route.label() + " " + route.base(), _ -> asked(asking.of(route.base().replaceFirst("/v1$", ""), route.name())));
        return window > 0 ? route.with(route.model().within(window)) : route;
    }

    private static long asked(Question question) {
        try {
            return question.window().applyAsLong(Local.ask(question.url(), question.body()));
        } catch (IOException e) {
            return 0;   // an older server: what the catalogue says has to do
        }
    }

    private static long ofOllama(JsonElement reply) {
        var info = Json.at(reply, "model_info");
        return Json.keys(info).stream().filter(key -> key.endsWith(".context_length")).mapToLong(key -> Json.number(info, key)).max().orElse(0);
    }

    private static long ofList(JsonElement reply, String model, String field) {
        return Json.list(reply, "data").stream().filter(entry -> Json.text(entry, "id").equals(model)).mapToLong(entry -> Json.number(entry, field)).max().orElse(0);
    }
}
