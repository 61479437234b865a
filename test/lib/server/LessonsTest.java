package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.route.*;
import lib.routing.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What refusals taught holds for later requests; what takes content away holds for a while.
class LessonsTest {
    private final List<String> log = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-29T10:00:00Z");
    private final Lessons lessons = new Lessons(() -> now, log::add);
    private final Route route = new Routes(new Config(Map.of("GROQ_API_KEY", "k")), new Config.Slot("demo", "", "", "")).of("groq/m");

    private List<String> known() { return lessons.applied(route).fixes().stream().map(Fix::name).toList(); }

    @Test void whatTakesContentAwayIsForgottenAfterAWhile() {
        lessons.learn(route, List.of(Fix.of("without temperature", true, _ -> { }), Fix.ofContent("without images", true, _ -> { }), Fix.of("once more", false, _ -> { })));
        assertEquals(List.of("without temperature", "without images"), known());
        now = now.plus(Lessons.WHILE).minusSeconds(1);
        assertEquals(List.of("without temperature", "without images"), known());
        now = now.plusSeconds(1);
        assertEquals(List.of("without temperature"), known());
        lessons.learn(route, List.of(Fix.ofContent("without images", true, _ -> { })));
        assertEquals(List.of("without temperature", "without images"), known());
    }

    @Test void theLogSaysWhatWasChanged() {
        lessons.tried(route, Fix.of("without temperature", true, _ -> { }));
        lessons.learn(route, List.of(Fix.ofContent("without images", true, _ -> { })));
        assertEquals(List.of("groq/m: asked again without temperature", "groq/m: the next 15 minutes without images"), log);
    }
}
