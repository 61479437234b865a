package lib.ledger;

import module java.base;

import lib.reply.*;
import lib.route.*;

/// Outcomes for the tests of those who watch.
final class Outcomes {
    static final Instant NOON = Instant.parse("2026-11-05T12:00:00.123Z");

    private Outcomes() {}

    static Outcome of(String model, Event.Usage usage, OptionalDouble cost) { return of(model, usage, cost, new Outcome.Asked(model, Role.MAIN, "s1", "", 3, 5, true, "")); }

    static Outcome of(String model, Event.Usage usage, OptionalDouble cost, Outcome.Asked asked) {
        return new Outcome("req_1", "req_1", NOON, asked, new Outcome.Served("groq", model, 1, List.of(), List.of(), "", usage, cost),
            new Outcome.Result(200, "", "", Optional.of(Duration.ofMillis(120)), Duration.ofMillis(1_900)));
    }

    static Outcome failed(int status, String error, String message) {
        return new Outcome("req_2", "req_2", NOON, new Outcome.Asked("m", Role.SUBAGENT, "s2", "a1", 0, 1, true, ""),
            new Outcome.Served("groq", "m", 3, List.of("refusal", "empty"), List.of(), "", Outcome.Served.NO_USAGE, OptionalDouble.of(0)),
            new Outcome.Result(status, error, message, Optional.empty(), Duration.ofMillis(70)));
    }
}
