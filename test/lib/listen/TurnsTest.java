package lib.listen;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Who gets the next place.
class TurnsTest {
    private final BlockingQueue<String> served = new LinkedBlockingQueue<>();
    private final Map<String, Turns.Turn> held = new ConcurrentHashMap<>();
    private int asked;

    /// Asks as `session/number`, and returns when the request waits.
    private void ask(Turns turns, String name) {
        Thread.ofVirtual().start(() -> {
            held.put(name, turns.take(name.substring(0, name.indexOf('/'))));
            served.add(name);
        });
        asked++;
        while (turns.waiting() < asked) Thread.onSpinWait();
    }

    private String next(String ends) throws InterruptedException {
        held.remove(ends).close();
        var next = served.poll(20, TimeUnit.SECONDS);
        assertTrue(next != null, "nobody was called");
        return next;
    }

    @Test void theSessionWithTheFewestIsNext() throws InterruptedException {
        var turns = new Turns(3, Duration.ofMinutes(1));
        for (var name : List.of("a/1", "a/2", "a/3")) held.put(name, turns.take("a"));
        for (var name : List.of("a/4", "a/5", "b/1", "b/2", "c/1")) ask(turns, name);
        assertEquals("b/1", next("a/1"), "two of a's are still under way");
        assertEquals("c/1", next("a/2"), "a and b have one each, c has none");
        assertEquals("a/4", next("a/3"), "a has none now");
        assertEquals("b/2", next("b/1"));
        assertEquals("a/5", next("c/1"));
        assertEquals(0, turns.waiting());
    }

    @Test void whoWaitsInVainIsRefusedAndForgotten() {
        var turns = new Turns(1, Duration.ZERO);
        try (var _ = turns.take("a")) {
            var refused = assertThrows(ApiError.class, () -> turns.take("b"));
            assertEquals("529 5 FreeCC is already serving as many requests as MAX_CONCURRENT_REQUESTS allows (1); try again in a moment",
                refused.status() + " " + refused.headers().get("retry-after") + " " + refused.getMessage());
            assertEquals(0, turns.waiting());
        }
        turns.take("b").close();
    }

    @Test void whoIsInterruptedIsForgotten() throws InterruptedException {
        var turns = new Turns(1, Duration.ofMinutes(1));
        try (var _ = turns.take("a")) {
            var waiter = Thread.ofVirtual().start(() -> assertThrows(ApiError.class, () -> turns.take("b")));
            while (turns.waiting() == 0) Thread.onSpinWait();
            waiter.interrupt();
            waiter.join();
            assertEquals(0, turns.waiting());
        }
    }
}
