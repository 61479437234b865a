package lib.wire;

import module java.base;
import java.net.http.HttpRequest.BodyPublisher;

/// Sends a body in pieces without copying it, and releases it afterwards. The JDK's own publisher keeps a copy
/// as long as the stream lives, which is half of the memory under load.
final class Upload implements BodyPublisher {
    private static final int PIECE = 64 * 1024;
    private static final Duration PACE = Duration.ofMillis(5);

    private final long length;
    private final Duration pace;
    private byte[] body;
    private volatile boolean begun, sent;

    /// A retry pauses before each piece but the first. A server that refuses a body early may close the connection at once,
    /// and a client in the middle of a write learns only that; in a pause, it reads the refusal first.
    Upload(byte[] body, int retries) {
        this.body = body;
        this.length = body.length;
        this.pace = retries == 0 ? Duration.ZERO : PACE.multipliedBy(1L << retries);
    }

    /// It began and did not come to its end.
    boolean isCut() { return begun && !sent; }

    @Override public long contentLength() { return length; }

    @Override public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(subscriber, ByteBuffer.wrap(body)));
        body = null;
    }

    private final class Pieces implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private ByteBuffer rest;   // null after the last piece

        Pieces(Flow.Subscriber<? super ByteBuffer> subscriber, ByteBuffer body) {
            this.subscriber = subscriber;
            this.rest = body;
        }

        @Override public void request(long wanted) {
            if (pace.isZero() || !begun) send(wanted);
            else Thread.ofVirtual().start(() -> {   // not here: this may be the one thread that also reads
                try {
                    Thread.sleep(pace);
                } catch (InterruptedException e) {
                    return;   // nobody interrupts it
                }
                send(wanted);
            });
        }

        private synchronized void send(long wanted) {
            for (var i = 0L; i < wanted && rest != null; i++) {
                begun = true;
                var piece = rest.slice(rest.position(), Math.min(PIECE, rest.remaining()));
                rest.position(rest.position() + piece.remaining());
                var last = !rest.hasRemaining();
                if (last) rest = null;
                sent = last;
                subscriber.onNext(piece);
                if (last) subscriber.onComplete();
            }
        }

        @Override public synchronized void cancel() { rest = null; }
    }
}
