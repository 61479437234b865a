package lib.model;

import module java.base;

import lib.json.*;

/// lib/model/models.json, where each model has a line. Only the lines that somebody asks for are parsed: a Java that has just
/// started needs 40 ms for all of them.
record ShippedModels(String text) {
    static ShippedModels read() {
        try (var in = ShippedModels.class.getResourceAsStream("/lib/model/models.json")) {
            if (in == null) throw new IllegalStateException("lib/model/models.json is not on the class path");
            return new ShippedModels(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of when they are, as an ISO date.
    String date() {
        var from = text.indexOf(':', text.indexOf("\"date\"")) + 3;
        return text.substring(from, text.indexOf('"', from));
    }

    /// Provider -> model -> its facts.
    SequencedMap<String, Map<String, Supplier<JsonObject>>> rows() {
        var providers = new LinkedHashMap<String, Map<String, Supplier<JsonObject>>>();
        for (var line : text.substring(text.indexOf("\"providers\"")).lines().toList()) {
            var end = line.indexOf("\":{");   // of the name
            if (end < 0) continue;
            var name = line.substring(1, end);
            if (line.endsWith("{")) providers.put(name, new LinkedHashMap<>());
            else providers.lastEntry().getValue().put(name, () -> Json.objectIn(line.substring(end + 2, line.lastIndexOf('}') + 1)));
        }
        return providers;
    }

    /// With the facts that the user has fetched over them.
    SequencedMap<String, Map<String, Supplier<JsonObject>>> with(JsonObject facts) {
        var merged = Json.at(ModelCache.merged(parsed(), facts), "providers");
        var providers = new LinkedHashMap<String, Map<String, Supplier<JsonObject>>>();
        for (var provider : Json.keys(merged)) {
            var models = new LinkedHashMap<String, Supplier<JsonObject>>();
            for (var id : Json.keys(Json.at(merged, provider))) {
                var row = Json.at(merged, provider, id);   // now: a tree is not for several threads, which may ask later
                models.put(id, () -> row);
            }
            providers.put(provider, models);
        }
        return providers;
    }

    /// The whole file, parsed.
    JsonObject parsed() { return Json.objectIn(text); }
}
