package lib.ledger;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.json.*;
import lib.reply.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The line under Claude Code's prompt.
class StatusLineTest {
    private static final JsonObject GIVEN = Json.objectIn("""
        {"session_id": "s1", "transcript_path": "/home/me/t.jsonl", "cwd": "/home/me", "model": {"id": "claude-via-freecc/big", "display_name": "Big"},
         "context_window": {"context_window_size": 200000, "used_percentage": 12.4, "current_usage":
            {"input_tokens": 4000, "output_tokens": 600, "cache_creation_input_tokens": 400, "cache_read_input_tokens": 60000}}}
        """);

    private static Sum sum(OptionalDouble... costs) {
        var sum = new Sum();
        for (var cost : costs) sum.add(Line.of(Outcomes.of("m", new Event.Usage(1, 0, 0, 1), cost), () -> ""));
        return sum;
    }

    @Test void itShowsTheRouteTheContextAndTheCost() {
        assertEquals("groq/llama · 50% of 130.0k · $0.0123", StatusLine.of(GIVEN, "groq/llama", 130_000, sum(OptionalDouble.of(0.0123))));
    }

    @Test void withoutAServerItShowsWhatTheClientKnows() { assertEquals("Big · 12% of 200.0k", StatusLine.of(GIVEN, "", 0, sum())); }

    @Test void anUnknownPriceIsNotFree() {
        assertEquals("r · 12% of 200.0k · cost unknown", StatusLine.of(GIVEN, "r", 0, sum(OptionalDouble.empty())));
        assertEquals("r · 12% of 200.0k · ≥ $0.50", StatusLine.of(GIVEN, "r", 0, sum(OptionalDouble.empty(), OptionalDouble.of(0.5))));
    }

    @Test void whatMakesNoSenseIsLeftOut() {
        assertEquals("$0", StatusLine.of(Json.objectIn("{\"context_window\": []}"), "", 1000, sum(OptionalDouble.of(0))));
        assertEquals("r · 100%", StatusLine.of(Json.objectIn("{\"context_window\": {\"used_percentage\": 1e99}}"), "r", 0, sum()));
        assertEquals("a b · 0%", StatusLine.of(Json.objectIn("{\"context_window\": {\"used_percentage\": -3}}"), "a\u001b\nb", 0, sum()));
    }

    @Test void aStartHasNoContextYet() { assertEquals("groq/m", StatusLine.of(Json.objectIn("{}"), "groq/m", 1000, sum())); }

    @Test void noPathsLeaveTheMachine() { assertEquals("[session_id, model, context_window]", Json.keys(StatusLine.needed(GIVEN)).toString()); }
}
