package lib.ledger;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.reply.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// What requests cost, and how they add up.
class UsageTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test void eachKindOfTokenHasItsPrice() {
        var price = Price.of(3, 15, 0.3, 3.75);
        assertEquals(OptionalDouble.of(3), price.of(new Event.Usage(1_000_000, 0, 0, 0)));
        assertEquals(OptionalDouble.of(0.3), price.of(new Event.Usage(0, 1_000_000, 0, 0)));
        assertEquals(OptionalDouble.of(3.75), price.of(new Event.Usage(0, 0, 1_000_000, 0)));
        assertEquals(OptionalDouble.of(15), price.of(new Event.Usage(0, 0, 0, 1_000_000)), "reasoning is part of the output");
    }

    private static Usage summed(String by) {
        var usage = new Usage(by, ZoneOffset.UTC);
        var outcomes = List.of(Outcomes.of("m", new Event.Usage(100, 800, 100, 50), OptionalDouble.of(0.02)), Outcomes.of("m", new Event.Usage(100, 0, 0, 10), OptionalDouble.empty()),
            Outcomes.of("n", new Event.Usage(5, 0, 0, 5), OptionalDouble.empty()), Outcomes.failed(429, "rate_limit_error", "slow down"));
        for (var outcome : outcomes) usage.add(Line.of(outcome, () -> "2026-11-10"));
        return usage;
    }

    @Test void anUnknownPriceIsNotZero() {
        var sums = summed("model").json(Instant.EPOCH);
        assertEquals("[groq/m, groq/n]", Json.list(sums, "groups").stream().map(group -> Json.text(group, "key")).toList().toString());
        var m = Json.list(sums, "groups").getFirst();
        assertEquals("0.02 1 3", Json.spelled(m, "cost_usd") + " " + Json.spelled(m, "unpriced") + " " + Json.spelled(m, "requests"));
        assertEquals("null", Json.find(Json.list(sums, "groups").getLast(), "cost_usd").toString());
        assertEquals("0.727272727", Json.spelled(m, "cache_hit_ratio"));
        assertEquals("{\"p50\":120,\"p95\":120} {\"p50\":1900,\"p95\":1900}", Json.at(m, "first_token_ms") + " " + Json.at(m, "ms"));
    }

    /// A damaged file or a provider that counts absurdly.
    @Test void noCountMakesASumNegative() {
        var usage = new Usage("model", ZoneOffset.UTC);
        for (var output : List.of("9223372036854775807", "1e300", "-7", "\"x\"", "5"))
            usage.add(Json.objectIn("{\"time\":\"2026-11-05T12:00:00Z\",\"route\":\"groq/m\",\"output\":" + output + ",\"input\":-5,\"status\":200}"));
        assertEquals("2000000005 0", usage.total().output() + " " + usage.total().prompt());
    }

    @Test void itGroupsBySessionRoleDayAndHour() {
        assertEquals("[s1, s2]", keys("session"));
        assertEquals("[main, subagent]", keys("role"));
        assertEquals("[2026-11-05]", keys("day"));
        assertEquals("[2026-11-05 12:00]", keys("hour"));
        assertEquals("unknown grouping 'colour'; use one of model, session, day, hour, role", assertThrows(Config.Wrong.class, () -> keys("colour")).getMessage());
    }

    private static String keys(String by) { return summed(by).groups().stream().map(Map.Entry::getKey).toList().toString(); }

    @Test void aPeriodIsATimeBackOrADay() {
        assertEquals(Instant.parse("2026-11-22T12:00:00Z"), since("7d"));
        assertEquals(Instant.parse("2026-11-28T12:00:00Z"), since("24h"));
        assertEquals(Instant.parse("2026-11-01T00:00:00Z"), since("2026-11-01"));
        for (var wrong : List.of("yesterday", "0d", "7", "2026-13-01", "999999999d")) assertThrows(Config.Wrong.class, () -> since(wrong));
    }

    private static Instant since(String text) { return Usage.since(text, NOW, ZoneOffset.UTC); }
}
