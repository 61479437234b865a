package lib.dialect.converse;

import module java.base;
import com.google.gson.JsonObject;

import lib.refusal.*;
import lib.route.*;
import lib.wire.*;

/// Refusals of Bedrock's Converse.
final class ConverseRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, ConverseRefusals::configuration, Refusals::output,
        MediaRefusals::any, Refusals::unknown, Refusals::parameter, Refusals::again);

    private ConverseRefusals() {}

    static Optional<Fix> fix(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }

    /// Converse names one unsupported configuration field at a time.
    private static Optional<Fix> configuration(String text, JsonObject sent) {
        if (!text.contains("support")) return Optional.empty();
        return Stream.of("temperature", "topP").filter(name -> Json.has(sent, "inferenceConfig", name)
            && text.contains(name.toLowerCase(Locale.ROOT)))
            .findFirst().map(name -> Fix.of("without " + name, true, body -> Json.drop(Json.at(body, "inferenceConfig"), name)));
    }
}
