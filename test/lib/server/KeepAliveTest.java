package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.reply.*;

import static org.junit.jupiter.api.Assertions.assertFalse;

/// What keeps a waiting client alive must not be what cuts it off.
class KeepAliveTest {
    private static final Timing QUICK = new Timing(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    private final CountDownLatch writing = new CountDownLatch(1), mayGoOn = new CountDownLatch(1), written = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    /// An interrupt in the middle of a write closes the connection, and what the client had to be told is lost.
    @Test void theEndWaitsForACommentThatIsBeingWritten() throws Exception {
        var keepAlive = new KeepAlive(QUICK, new ClientResponse(null, "req_1", UnaryOperator.identity()), Optional.of(new Sse(client(), "msg_1", "m")), () -> { }, QUICK::patience);
        writing.await();
        var closing = Thread.ofPlatform().start(keepAlive::close);
        while (closing.getState() == Thread.State.NEW || closing.getState() == Thread.State.RUNNABLE) Thread.onSpinWait();
        mayGoOn.countDown();
        written.await();
        closing.join();
        assertFalse(interrupted.get(), "the write was interrupted");
    }

    private OutputStream client() {
        return new OutputStream() {
            @Override public void write(int b) { throw new AssertionError("events are written whole"); }

            @Override public void write(byte[] bytes, int from, int length) {
                writing.countDown();
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                written.countDown();
            }
        };
    }
}
