package lib.server;

import module java.base;

import lib.reply.*;

/// Keeps a waiting client alive, and finds out when it has gone. While the provider is silent: after a while the
/// message begins, then a comment each beat and a ping now and then. A client that has gone, or a provider that
/// says nothing for too long, ends in an interrupt of the thread that listens to the provider.
final class KeepAlive implements AutoCloseable {
    enum Cause { NONE, CLIENT_GONE, PROVIDER_SILENT }

    private final Thread listener = Thread.currentThread(), beating;
    private final Timing timing;
    private final Runnable begin;
    private final Optional<Sse> stream;
    private final Supplier<Duration> patience;
    private volatile long heard = System.nanoTime();
    private volatile Cause cause = Cause.NONE;
    private boolean closed;

    /// `stream` is empty where the reply is one whole message; `patience` is how long the provider may say nothing.
    KeepAlive(Timing timing, Optional<Sse> stream, Runnable begin, Supplier<Duration> patience) {
        this.timing = timing;
        this.stream = stream;
        this.begin = begin;
        this.patience = patience;
        this.beating = Thread.ofVirtual().start(this::beat);
    }

    /// All that the provider has sent is read; its silence counts from now.
    void heard() { heard = System.nanoTime(); }

    Cause cause() { return cause; }

    private void beat() {
        var started = System.nanoTime();
        var pinged = started;
        try {
            while (true) {
                Thread.sleep(timing.beat());
                var now = System.nanoTime();
                if (now - heard > patience.get().toNanos()) {
                    end(Cause.PROVIDER_SILENT);
                    return;
                }
                if (stream.isEmpty() || now - started < timing.first().toNanos()) continue;
                var pings = now - pinged >= timing.ping().toNanos();
                if (!said(stream.get(), pings)) return;
                if (pings) pinged = now;
            }
        } catch (Sse.ClientGone e) {
            end(Cause.CLIENT_GONE);
        } catch (InterruptedException e) {
            // The reply has ended.
        }
    }

    /// False if the reply has ended. Nothing interrupts it: a write that is interrupted closes the connection.
    private synchronized boolean said(Sse sse, boolean pings) {
        if (closed) return false;
        begin.run();   // once: the reply knows whether it has begun
        if (pings) sse.ping();
        else if (sse.quietNanos() >= timing.beat().toNanos() / 2) sse.comment();
        return true;
    }

    private synchronized void end(Cause why) {
        if (closed) return;
        cause = why;
        listener.interrupt();
    }

    /// After this the listener is no longer interrupted.
    @Override public synchronized void close() {
        closed = true;
        beating.interrupt();
    }
}
