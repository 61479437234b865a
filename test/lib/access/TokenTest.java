package lib.access;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// When a token is fetched, by a clock that the test moves.
class TokenTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Queue<Supplier<Token.Grant>> source = new ArrayDeque<>();
    private int asked;
    private final Token token = new Token(new Secrets(), () -> {
        asked++;
        return source.remove().get();
    }, () -> now);

    private void grants(String value, Duration life) { source.add(() -> new Token.Grant(value, now.plus(life))); }

    private void fails() { source.add(() -> { throw new ApiError(500, "out of order"); }); }

    private String after(Duration pause) {
        now = now.plus(pause);
        return token.value() + " " + asked;
    }

    private boolean refused(String value) { return token.rejected(Ask.get("http://localhost/", Map.of("authorization", "Bearer " + value))); }

    private static Duration minutes(long minutes) { return Duration.ofMinutes(minutes); }

    @Test void itIsKeptUntilFiveMinutesBeforeItsEnd() {
        grants("one", minutes(60));
        grants("two", minutes(60));
        assertEquals("one 1", after(Duration.ZERO));
        assertEquals("one 1", after(minutes(54)));
        assertEquals("two 2", after(minutes(1)));
    }

    @Test void oneThatLivesShortlyIsKeptForHalfItsLife() {
        grants("one", minutes(4));
        grants("two", minutes(4));
        assertEquals("one 1", after(Duration.ZERO));
        assertEquals("one 1", after(minutes(1)));
        assertEquals("two 2", after(minutes(1)));
    }

    @Test void aRenewalThatFailsIsTriedAgainAndTheOldOneServes() {
        grants("one", minutes(60));
        fails();
        grants("two", minutes(60));
        assertEquals("one 1", after(Duration.ZERO));
        assertEquals("one 2", after(minutes(56)));
        assertEquals("one 2", after(Duration.ofSeconds(29)));
        assertEquals("two 3", after(Duration.ofSeconds(1)));
    }

    @Test void anExpiredOneIsNotGivenOut() {
        grants("one", minutes(60));
        fails();
        fails();
        assertEquals("one 1", after(Duration.ZERO));
        assertEquals("one 2", after(minutes(60).minusSeconds(10)));
        assertThrows(ApiError.class, () -> after(Duration.ofSeconds(10)));
    }

    @Test void oneThatIsRefusedIsReplacedUnlessItIsNew() {
        grants("one", minutes(60));
        grants("two", minutes(60));
        assertEquals("one 1", after(Duration.ZERO));
        assertFalse(refused("one"));
        assertEquals("one 1", after(minutes(2)));
        assertTrue(refused("one"));
        assertEquals("two 2", after(Duration.ZERO));
        assertFalse(refused("two"));
    }

    /// Else each of them would wait for the same silent server in its turn.
    @Test void whoWaitedSharesInTheFailure() throws Exception {
        var looked = new CountDownLatch(9 + 1);   // each as it comes, and the first once more with the lock
        var silent = new Token(new Secrets(), () -> {
            try {
                looked.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            now = now.plusSeconds(1);
            throw new ApiError(500, "failure " + ++asked);
        }, () -> {
            var at = now;
            looked.countDown();
            return at;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 9).mapToObj(_ -> threads.submit(() -> assertThrows(ApiError.class, silent::value).getMessage())).toList();
            for (var answer : answers) assertEquals("failure 1", answer.get());
        }
    }

    @Test void itDoesNotPrintItself() { assertFalse(new Token.Grant("secret", now).toString().contains("secret")); }

    /// Two were on their way with it when it was revoked.
    @Test void theSecondRefusalOfOneTokenFindsAnother() {
        grants("one", minutes(60));
        grants("two", minutes(60));
        assertEquals("one 1", after(Duration.ZERO));
        now = now.plus(minutes(2));
        assertTrue(refused("one"));
        assertEquals("two 2", after(Duration.ZERO));
        assertTrue(refused("one"));
        assertEquals("two 2", after(Duration.ZERO));
        assertFalse(refused("two"));
    }

    @Test void whoGoesTakesNobodyAlong() throws Exception {
        var first = new CountDownLatch(1);
        var slow = new Token(new Secrets(), () -> {
            if (first.getCount() == 0) return new Token.Grant("token", Instant.MAX);
            first.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ApiError(500, "cancelled");
        });
        var gone = Thread.ofVirtual().start(() -> assertThrows(ApiError.class, slow::value));
        first.await();
        var waiting = new FutureTask<>(slow::value);
        var waits = Thread.ofPlatform().start(waiting);
        while (waits.getState() != Thread.State.WAITING) Thread.onSpinWait();
        gone.interrupt();
        assertEquals("token", waiting.get());
    }

    @Test void whoWaitsForItMayLeave() throws Exception {
        var asked = new CountDownLatch(1);
        var never = new Token(new Secrets(), () -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new ApiError(500, "cancelled");
        });
        var first = Thread.ofVirtual().start(() -> assertThrows(ApiError.class, never::value));
        asked.await();
        var waiting = new FutureTask<>(() -> assertThrows(ApiError.class, never::value).getMessage());
        var waits = Thread.ofPlatform().start(waiting);
        while (waits.getState() != Thread.State.WAITING) Thread.onSpinWait();
        waits.interrupt();
        assertTrue(waiting.get(20, TimeUnit.SECONDS).contains("cancelled"));
        first.interrupt();
    }
}
