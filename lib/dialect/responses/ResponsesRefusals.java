package lib.dialect.responses;

import module java.base;

import lib.json.*;
import lib.refusal.*;
import lib.route.*;

import static lib.refusal.Refusals.lasting;

/// Refusals of OpenAI's Responses.
final class ResponsesRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, SchemaRefusals::of, ResponsesRefusals::reasoning,
        ResponsesRefusals::phase, Refusals::output, MediaRefusals::any, Refusals::unknown, SamplingRefusals::of,
        TurnRefusals::of, Refusals::parameter, UnknownFields::mentioned, Refusals::again);

    private ResponsesRefusals() {}

    static Optional<Fix> fix(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }

    private static Optional<Fix> phase(String text, JsonObject sent) {
        var phased = Json.list(sent, "input").stream().anyMatch(item -> Json.has(item, "phase"));
        if (!phased || !Pattern.compile("\\bphase\\b").matcher(text).find()) return Optional.empty();
        return lasting("no phase", body -> Json.list(body, "input").forEach(item -> Json.drop((JsonObject) item, "phase")));
    }

    /// Reasoning of another model, or too old: the request is sent without it.
    private static Optional<Fix> reasoning(String text, JsonObject sent) {
        var items = Json.list(sent, "input").stream().anyMatch(item -> Json.text(item, "type").equals("reasoning"));
        if (items && (text.contains("encrypted_content") || text.contains("encrypted content") || text.contains("'rs_")
            || text.contains("of type 'reasoning'")))
            return Optional.of(Fix.of("without reasoning items", false, body -> Json.put(body, "input",
                Json.arrayOf(Json.list(body, "input").stream().filter(item -> !Json.text(item, "type").equals("reasoning")).toList()))));
        if (Json.has(sent, "reasoning", "summary") && text.contains("summar")) return lasting("without a summary", body ->
            Json.drop(Json.at(body, "reasoning"), "summary"));
        return Optional.empty();
    }
}
