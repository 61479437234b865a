package lib.dialect;

import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Refusals of Bedrock's Converse.
final class ConverseRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, ConverseRefusals::configuration, Refusals::output, Refusals::parameter, Refusals::again);

    private ConverseRefusals() {}

    static Optional<Mend> mend(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }

    /// Converse names one field of its configuration at a time.
    private static Optional<Mend> configuration(String text, JsonObject sent) {
        if (!text.contains("support")) return Optional.empty();
        return Stream.of("temperature", "topP").filter(name -> Json.has(sent, "inferenceConfig", name) && text.contains(name.toLowerCase(Locale.ROOT)))
            .findFirst().map(name -> Mend.of("no " + name, true, body -> Json.drop(Json.at(body, "inferenceConfig"), name)));
    }
}
