package lib.wire;

import module java.base;
import java.net.http.HttpResponse.BodySubscriber;

/// The body of a provider's answer: inflated if it came as gzip, which some send unasked, and no longer than its bound.
final class AnswerBody extends InputStream {
    private static final class Inflating extends GZIPInputStream {
        Inflating(InputStream in) throws IOException { super(in); }

        /// The JDK's says 1 until the end, so that nobody could tell when to wait.
        @Override public int available() throws IOException { return inf.getRemaining() > 0 ? 1 : Math.min(in.available(), 1); }
    }

    private final InputStream raw;
    private final boolean compressed;
    private Optional<InputStream> opened = Optional.empty();
    private long taken;

    AnswerBody(InputStream raw, String encoding) {
        this.raw = raw;
        this.compressed = List.of("gzip", "x-gzip").contains(encoding.strip().toLowerCase(Locale.ROOT));
        if (!compressed && !List.of("", "identity").contains(encoding.strip().toLowerCase(Locale.ROOT)))
            throw new ApiError(502, "the provider compressed its answer as '" + encoding + "', which FreeCC cannot read");
    }

    /// Opened by the first read, which waits for the first bytes.
    private InputStream in() throws IOException {
        if (opened.isEmpty()) opened = Optional.of(compressed ? new Inflating(raw) : raw);
        return opened.get();
    }

    @Override public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] into, int from, int most) throws IOException {
        var n = in().read(into, from, most);
        taken += Math.max(n, 0);
        if (taken > Bounds.REPLY) throw Bounds.exceeded("an answer", Bounds.REPLY);
        return n;
    }

    @Override public int available() throws IOException { return opened.orElse(raw).available(); }

    @Override public void close() throws IOException { raw.close(); }

    /// The body of an answer, as it arrives. The JDK's own stream throws away what has arrived and was not read yet when the connection
    /// breaks; here it is read before the failure is.
    static final class Arriving extends InputStream implements BodySubscriber<InputStream> {
        private static final List<ByteBuffer> END = List.of();
        /// What may still come after a reply's end, and how soon, so that its connection can serve the next request.
        private static final int REST = 16 * 1024;
        private static final Executor SOON = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);

        private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
        private Iterator<ByteBuffer> buffers = Collections.emptyIterator();
        private ByteBuffer current = ByteBuffer.allocate(0);
        private Optional<Flow.Subscription> subscription = Optional.empty();   // guarded by `this`; it may come after the first read
        private volatile Optional<Throwable> failure = Optional.empty();
        private boolean ended;
        private boolean closed, cancelled;   // guarded by `this`, like the rest
        private final int ahead;
        private int rest, wanted;

        /// How many pieces are asked for when there is nothing to read. With one, the JDK's selector waits without this connection
        /// and is woken for it after each event, which costs a tenth of the CPU of slow streams; with more than two, fast streams
        /// arrive in smaller pieces. Over TLS it is one: else the JDK may lose what comes just before the connection is closed.
        Arriving(boolean tls) { ahead = tls ? 1 : 2; }

        @Override public CompletionStage<InputStream> getBody() { return CompletableFuture.completedFuture(this); }

        @Override public synchronized void onSubscribe(Flow.Subscription given) {
            subscription = Optional.of(given);
            if (cancelled) given.cancel();
            else want(1);   // no more, or an end that comes early would fail `send`, and what came before it would be lost
        }

        private synchronized void cancel() {
            cancelled = true;
            subscription.ifPresent(Flow.Subscription::cancel);
        }

        private synchronized void want(int most) {
            if (subscription.isEmpty() || wanted >= most) return;
            var more = most - wanted;
            wanted = most;
            subscription.get().request(more);
        }

        @Override public synchronized void onNext(List<ByteBuffer> some) {
            wanted--;
            if (closed) passOver(some);
            else arrived.add(some);
        }

        @Override public void onError(Throwable why) {
            failure = Optional.of(why);
            arrived.add(END);
        }

        @Override public void onComplete() { arrived.add(END); }

        private static int size(List<ByteBuffer> some) { return some.stream().mapToInt(ByteBuffer::remaining).sum(); }

        private synchronized void passOver(List<ByteBuffer> some) {
            rest += size(some);
            if (rest > REST) cancel();
            else want(1);
        }

        /// Waits until there is something to read; false at the end.
        private boolean isFilled() throws IOException {
            while (!isAtHand()) {
                if (ended && failure.isPresent()) throw new IOException(failure.get().getMessage(), failure.get());
                if (ended) return false;
                if (arrived.isEmpty()) want(ahead);
                var some = take();
                ended = some == END;
                if (!ended) buffers = some.iterator();
            }
            return true;
        }

        private boolean isAtHand() {
            while (!current.hasRemaining() && buffers.hasNext()) current = buffers.next();
            return current.hasRemaining();
        }

        private List<ByteBuffer> take() throws IOException {
            try {
                return arrived.take();
            } catch (InterruptedException e) {
                cancel();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("cancelled");
            }
        }

        @Override public int read() throws IOException { return isFilled() ? current.get() & 0xff : -1; }

        @Override public int read(byte[] into, int from, int most) throws IOException {
            if (most == 0) return 0;
            if (!isFilled()) return -1;
            var n = Math.min(most, current.remaining());
            current.get(into, from, n);
            return n;
        }

        @Override public int available() {
            if (isAtHand()) return current.remaining();
            var next = arrived.peek();
            return next == null ? 0 : size(next);
        }

        /// What is left of the body is not wanted. If that is only its end, which is about to come, the connection stays open.
        @Override public synchronized void close() {
            if (closed) return;
            closed = true;
            for (var some = arrived.poll(); some != null; some = arrived.poll()) {
                ended |= some == END;
                if (some != END) passOver(some);
            }
            arrived.add(END);   // for whoever still reads
            if (ended) return;
            want(1);
            SOON.execute(this::cancel);
        }
    }
}
