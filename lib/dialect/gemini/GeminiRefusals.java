package lib.dialect.gemini;

import module java.base;

import lib.json.*;
import lib.refusal.*;
import lib.route.*;
import lib.schema.*;

import static lib.refusal.Refusals.lasting;

/// Refusals of Google's API.
final class GeminiRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, GeminiRefusals::schema, GeminiRefusals::instruction,
        SamplingRefusals::of, TurnRefusals::of, Refusals::output, MediaRefusals::any, Refusals::unknown, Refusals::parameter,
        UnknownFields::mentioned, Refusals::again);

    private GeminiRefusals() {}

    static Optional<Fix> fix(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }

    /// Falls back to Gemini's older schema format if the newer one is refused.
    private static Optional<Fix> schema(String text, JsonObject sent) {
        var trial = Json.copy(sent);
        older(trial);
        if (trial.equals(sent) || !text.contains("schema") && !text.contains("function_declarations")) return Optional.empty();
        return lasting("with schemas in the older form", GeminiRefusals::older);
    }

    private static void older(JsonObject body) {
        for (var tool : Json.list(body, "tools")) for (var function : Json.list(tool, "functionDeclarations"))
            older(Json.at(function), "parametersJsonSchema", "parameters");
        older(Json.at(body, "generationConfig"), "responseJsonSchema", "responseSchema");
    }

    private static void older(JsonObject holder, String field, String older) {
        if (!Json.has(holder, field)) return;
        Json.put(holder, older, GeminiSchema.old(Json.at(holder, field)));
        Json.drop(holder, field);
    }

    /// Gemma has no system instruction, so it becomes the start of the first user turn.
    private static Optional<Fix> instruction(String text, JsonObject sent) {
        if (!Json.has(sent, "systemInstruction") || !text.contains("developer instruction is not enabled")) return Optional.empty();
        return lasting("without a system instruction", body -> {
            var contents = new ArrayList<>(Json.list(body, "contents"));
            contents.addFirst(Json.object("role", "user", "parts", Json.find(body, "systemInstruction", "parts")));
            var second = Json.at(contents.get(1));
            if (Json.text(second, "role").equals("user")) {
                var parts = new ArrayList<>(Json.list(contents.removeFirst(), "parts"));
                parts.addAll(Json.list(second, "parts"));
                Json.put(second, "parts", Json.arrayOf(parts));
            }
            Json.put(body, "contents", Json.arrayOf(contents));
            Json.drop(body, "systemInstruction");
        });
    }
}
