package lib.wire;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/// No more requests are translated at once than there are cores.
class CoresTest {
    private final Cores cores = new Cores(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @Test void theNextWaitsUntilOneLeaves() throws InterruptedException {
        cores.take();
        var next = Thread.ofVirtual().start(() -> {
            cores.take();
            done.add("next");
            cores.leave();
        });
        done.add("first");
        cores.leave();
        cores.leave();   // once more does nothing: whoever sends has left already
        next.join();
        assertEquals("first next", done.take() + " " + done.take());
        cores.take();
        var waits = Thread.ofVirtual().start(cores::take);
        while (waits.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        assertFalse(done.contains("next"));
        waits.interrupt();   // a server that ends
        waits.join();
    }
}
