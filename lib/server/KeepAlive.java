package lib.server;

import module java.base;

import lib.reply.*;

/// Keeps a waiting client alive, and finds out when it has gone. While the provider is silent: after a while the
/// message begins, then a comment each beat and a ping now and then. A client that has gone, or a provider that
/// sends no content for too long, ends in an interrupt of the thread that listens to the provider.
final class KeepAlive implements AutoCloseable {
    enum Cause { NONE, CLIENT_GONE, PROVIDER_SILENT }

    private final Thread listener = Thread.currentThread();
    private final List<Thread> threads = new ArrayList<>();
    private final Timing timing;
    private final ClientResponse client;
    private final Runnable begin;
    private final Supplier<Duration> patience;
    private final long started;
    private volatile long heard;
    private volatile Cause cause = Cause.NONE;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;   // set only with the lock held

    /// `stream` is empty where the reply is one whole message; `patience` is how long the provider may send no content.
    KeepAlive(Timing timing, ClientResponse client, Optional<Sse> stream, Runnable begin, Supplier<Duration> patience) {
        this.timing = timing;
        this.client = client;
        this.begin = begin;
        this.patience = patience;
        this.started = timing.ticker().nanos();
        this.heard = started;
        threads.add(Thread.ofVirtual().start(() -> eachBeat(this::watch)));
        stream.ifPresent(sse -> threads.add(Thread.ofVirtual().start(() -> beat(sse))));
    }

    /// The provider has sent content; its silence counts from now.
    void heard() { heard = timing.ticker().nanos(); }

    Cause cause() { return cause; }

    /// Another provider is asked instead of one that was silent.
    void goOn() {
        locked(() -> {
            cause = Cause.NONE;
            heard();
        });
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void eachBeat(LongPredicate goesOn) {
        try {
            do timing.ticker().sleep(timing.beat()); while (goesOn.test(timing.ticker().nanos()));
        } catch (InterruptedException e) {
            // The reply has ended.
        }
    }

    /// In a thread of its own, because a client that does not read holds up whoever writes to it.
    private boolean watch(long now) {
        if (client.holdsUp(timing.beat(), timing.reading())) heard();   // meanwhile nobody listens to the provider
        else if (cause == Cause.NONE && now - heard > patience.get().toNanos() && lock.tryLock())   // a slow client may hold it up
            try {
                end(Cause.PROVIDER_SILENT);
            } finally {
                lock.unlock();
            }
        return true;
    }

    private void beat(Sse sse) {
        var pinged = new AtomicLong(started);
        try {
            eachBeat(now -> {
                if (now - started < timing.first().toNanos()) return true;
                var pings = now - pinged.get() >= timing.ping().toNanos();
                if (pings) pinged.set(now);
                return said(sse, pings);
            });
        } catch (Sse.ClientGone e) {
            locked(() -> end(Cause.CLIENT_GONE));
        }
    }

    /// False if the reply has ended. Its end does not interrupt it: a write that is interrupted closes the connection.
    private boolean said(Sse sse, boolean pings) {
        locked(() -> {
            if (closed) return;
            begin.run();   // once: the reply knows whether it has begun
            if (pings) sse.ping();
            else if (sse.quietNanos() >= timing.beat().toNanos() / 2) sse.comment("");
        });
        return !closed;
    }

    /// The caller holds the lock. A listener that is writing to the client is left alone until a later beat; if the client has gone,
    /// its write fails anyway.
    private void end(Cause why) {
        if (closed || cause != Cause.NONE) return;
        cause = why;
        if (!client.interrupt(listener)) cause = Cause.NONE;
    }

    /// After this the listener is no longer interrupted.
    @Override public void close() {
        locked(() -> {
            closed = true;
            threads.forEach(Thread::interrupt);
        });
    }
}
