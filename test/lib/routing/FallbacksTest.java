package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A route that has failed twice in a row is asked last for half a minute, and then by one request.
class FallbacksTest {
    private static final Routes ROUTES = new Routes(new Config(Map.of("GROQ_API_KEY", "k", "COHERE_API_KEY", "k")),
        new Config.Slot("demo", "", "", ""));
    private static final Route FIRST = ROUTES.of("groq/first"), SECOND = ROUTES.of("cohere/second");
    private Instant now = Instant.parse("2026-11-29T12:00:00Z");
    private final Fallbacks fallbacks = new Fallbacks((route, _) -> route == FIRST ? List.of(SECOND) : List.of(), () -> now);

    private void pass(int seconds) { now = now.plusSeconds(seconds); }

    private String chain() { return fallbacks.chain(FIRST, "sonnet").stream().map(Route::name).collect(Collectors.joining(" ")); }

    private void twoFail() {
        fallbacks.failed(FIRST);
        assertEquals("first second", chain(), "one failure is not enough");
        fallbacks.failed(FIRST);
    }

    @Test void afterHalfAMinuteOneRequestProbesAndTheOthersWaitForIt() {
        twoFail();
        assertEquals("second first", chain());
        pass(29);
        assertEquals("second first", chain());
        pass(1);
        assertEquals("first second", chain(), "the probe");
        assertEquals("second first", chain(), "all others, while it is under way");
        fallbacks.answered(FIRST);
        assertEquals("first second", chain());
        fallbacks.failed(FIRST);
        assertEquals("first second", chain(), "it counts from the start");
    }

    @Test void aProbeThatFailsMeansAnotherHalfMinute() {
        twoFail();
        pass(30);
        chain();
        pass(5);
        fallbacks.failed(FIRST);
        assertEquals(Optional.of(now.plusSeconds(30)), fallbacks.rests(FIRST));
        pass(29);
        assertEquals("second first", chain());
        pass(1);
        assertEquals("first second", chain());
    }

    /// A probe may end without a word about the route, because the client has left.
    @Test void aProbeWithoutOutcomeIsFollowedByAnother() {
        twoFail();
        pass(30);
        assertEquals("first second", chain());
        pass(30);
        assertEquals("first second", chain());
    }

    @Test void successInBetweenStartsTheCountAgain() {
        fallbacks.failed(FIRST);
        fallbacks.answered(FIRST);
        fallbacks.failed(FIRST);
        assertEquals("first second", chain());
        assertEquals(Optional.empty(), fallbacks.rests(FIRST));
    }

    @Test void ifAllRestTheFirstIsAskedFirst() {
        twoFail();
        for (var n = 0; n < 2; n++) fallbacks.failed(SECOND);
        assertEquals("first second", chain());
    }

    @Test void aRouteWithoutFallbacksNeverRests() {
        assertEquals(List.of(SECOND), fallbacks.chain(SECOND, "haiku"));
    }

    /// The clock of a machine may be set back.
    @Test void aClockThatIsSetBackDoesNotMakeItRestForHours() {
        twoFail();
        pass(-7200);
        assertEquals("first second", chain());
    }
}
