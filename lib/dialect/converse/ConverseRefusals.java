package lib.dialect.converse;

import module java.base;

import lib.json.*;
import lib.refusal.*;
import lib.route.*;

/// Refusals of Bedrock's Converse.
final class ConverseRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, SchemaRefusals::of, Refusals::output,
        MediaRefusals::any, Refusals::unknown, SamplingRefusals::of, TurnRefusals::of, Refusals::parameter, UnknownFields::mentioned,
        Refusals::again);

    private ConverseRefusals() {}

    static Optional<Fix> fix(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }
}
