package lib.model;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Facts about models that were fetched from models.dev, in a file of the state folder. They count before those that FreeCC
/// brings along, but for the names of effort levels, which models.dev does not spell for each provider.
public record ModelCache(Path file) {
    public static final String SOURCE = "https://models.dev/api.json";
    private static final long LONGEST = 64L * 1024 * 1024;
    private static final String FORMAT = "freecc-models-1";
    /// models.dev's names for providers that have another one here.
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("google", "gemini"), Map.entry("google-vertex", "vertex_ai"),
        Map.entry("amazon-bedrock", "bedrock"), Map.entry("togetherai", "together_ai"), Map.entry("moonshotai", "moonshot"),
        Map.entry("nvidia", "nvidia_nim"), Map.entry("vercel", "vercel_ai_gateway"), Map.entry("cloudflare-workers-ai", "cloudflare"),
        Map.entry("opencode", "opencode_zen"), Map.entry("alibaba", "dashscope"), Map.entry("xiaomi", "xiaomi_mimo"),
        Map.entry("kimi-for-coding", "kimi_coding"), Map.entry("llama", "meta_llama"));

    /// What is in the file, if there is one. A broken one is reported and ignored.
    public Optional<JsonObject> read(Consumer<String> warn) {
        if (!Files.exists(file)) return Optional.empty();
        try {
            var cache = Files.size(file) <= LONGEST ? Json.parse(Files.readAllBytes(file)) : new JsonObject();
            if (Json.text(cache, "format").equals(FORMAT) && isDate(Json.text(cache, "date"))
                && !Json.keys(Json.find(cache, "providers")).isEmpty()) return Optional.of(Json.at(cache));
        } catch (IOException | Json.Malformed e) {
            warn.accept(file + " cannot be read and is ignored; run `freecc models --refresh` to fetch it again");
            return Optional.empty();
        }
        warn.accept(file + " is not a list of models and is ignored; run `freecc models --refresh` to fetch it again");
        return Optional.empty();
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /// Keeps what models.dev says of the providers that are known here, and returns how many models that are.
    public int write(JsonElement fetched, Predicate<String> isKnown, LocalDate date) throws IOException {
        var providers = new JsonObject();
        var count = 0;
        for (var name : Json.keys(fetched)) {
            var provider = NAMES.getOrDefault(name, name.replace('-', '_'));
            var models = isKnown.test(provider) ? models(Json.at(fetched, name, "models")) : new JsonObject();
            count += Json.keys(models).size();
            if (!models.isEmpty()) Json.put(providers, provider, models);
        }
        if (count == 0) throw new ApiError(500, "the answer is not models.dev's list of models; the old one is kept");
        var cache = Json.object("format", FORMAT, "date", date.toString(), "source", SOURCE, "providers", providers);
        Files.createDirectories(file.toAbsolutePath().getParent());
        var fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "models", ".json");
        Files.write(fresh, Json.bytes(cache));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        return count;
    }

    private static JsonObject models(JsonObject given) {
        var models = new JsonObject();
        for (var id : Json.keys(given)) {
            var facts = facts(Json.at(given, id));
            if (Json.number(facts, "context") > 0) Json.put(models, id, facts);
        }
        return models;
    }

    /// https://github.com/anomalyco/models.dev, packages/core/src/schema.ts ; 2026-11.
    private static JsonObject facts(JsonObject model) {
        var input = Json.list(model, "modalities", "input").stream().map(Json::text).toList();
        var facts = Json.object("context", Json.number(model, "limit", "context"), "output", Json.number(model, "limit", "output"));
        var cost = Json.at(model, "cost");
        if (Json.isNumber(cost, "input") && Json.isNumber(cost, "output")) {
            Json.put(facts, "price", price(cost));
            var above = new JsonObject();
            if (Json.has(cost, "context_over_200k")) Json.put(above, "200000", price(Json.at(cost, "context_over_200k")));
            Json.put(facts, "above", above);
        }
        if (!input.isEmpty() && !input.contains("image")) Json.put(facts, "image", false);
        if (input.contains("pdf")) Json.put(facts, "pdf", true);
        if (Json.isFlag(model, "temperature") && !Json.flag(model, "temperature")) Json.put(facts, "temperature", false);
        if (Json.flag(model, "reasoning")) Json.put(facts, "levels", levels(model));
        return facts;
    }

    private static JsonElement price(JsonObject cost) {
        return Json.array(Json.decimal(cost, "input"), Json.decimal(cost, "output"), Json.decimal(cost, "cache_read"),
            Json.decimal(cost, "cache_write"));
    }

    private static String levels(JsonObject model) {
        var named = Json.list(model, "reasoning_options").stream().filter(option -> Json.text(option, "type").equals("effort"))
            .flatMap(option -> Json.list(option, "values").stream()).map(Json::text)
            .map(level -> level.equals("none") ? "off=none" : level).filter(level -> !level.isEmpty()).toList();
        return named.isEmpty() ? "off" : String.join(" ", named);
    }

    /// The shipped facts, and over them the fetched ones.
    static JsonObject merged(JsonObject shipped, JsonObject cache) {
        var merged = Json.copy(shipped);
        var providers = Json.at(merged, "providers");
        for (var provider : Json.keys(Json.find(cache, "providers"))) {
            var models = Json.has(providers, provider) ? Json.at(providers, provider) : new JsonObject();
            for (var id : Json.keys(Json.find(cache, "providers", provider))) {
                var row = Json.copy(Json.at(cache, "providers", provider, id));
                var old = Json.at(models, id);
                if (!old.isEmpty()) Json.drop(row, "levels");
                Json.pass(old, row, "levels");
                if (Json.number(row, "output") <= 0) Json.drop(row, "output");
                if (!Json.has(row, "price")) Json.pass(old, row, "price", "above");
                for (var fact : List.of("output", "temperature")) if (!Json.has(row, fact)) Json.pass(old, row, fact);
                Json.put(row, "fetched", true);
                Json.put(models, id, row);
            }
            Json.put(providers, provider, models);
        }
        return merged;
    }
}
