package lib.listen;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// When the heap is collected because nobody asks for anything.
class IdleCollectionTest {
    private static final long FULL = 200L << 20, SMALL = 20L << 20;

    private final AtomicLong used = new AtomicLong(FULL);
    private final BlockingQueue<Long> collected = new LinkedBlockingQueue<>();   // what was in use
    private final IdleCollection idle = new IdleCollection(Duration.ofMillis(1), used::get, () -> collected.add(used.getAndSet(SMALL)));

    @Test void afterTheLastRequestOnceIfItIsWorthIt() throws InterruptedException {
        idle.begins();
        idle.begins();
        idle.ends();
        assertEquals(0, collected.size(), "one is still under way");
        idle.ends();
        assertEquals(FULL, collected.poll(20, TimeUnit.SECONDS));
        idle.begins();
        idle.ends();   // little was left, and little has come since
        var next = Optional.<Long>empty();
        while (next.isEmpty()) {   // until the watch before it is over, which may take some of this for what was left
            used.addAndGet(FULL);
            idle.begins();
            idle.ends();
            next = Optional.ofNullable(collected.poll(50, TimeUnit.MILLISECONDS));
        }
        assertTrue(next.get() > FULL, next.get() + " bytes were in use");
    }
}
