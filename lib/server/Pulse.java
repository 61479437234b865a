package lib.server;

import lib.reply.Sse;

/// Keeps a waiting client alive, and finds out when it has gone. While the provider is silent: after a while the
/// message begins, then a comment each beat and a ping now and then. A client that has gone, or a provider that
/// says nothing for too long, ends in an interrupt of the thread that listens to the provider.
final class Pulse implements AutoCloseable {
    enum Cause { NONE, CLIENT_GONE, PROVIDER_SILENT }

    private final Thread listener = Thread.currentThread(), beating;
    private final Pace pace;
    private final Runnable begin;
    private final Sse sse;   // null when the reply is one whole message
    private volatile long heard = System.nanoTime();
    private volatile Cause cause = Cause.NONE;
    private boolean closed;

    Pulse(Pace pace, Sse sse, Runnable begin) {
        this.pace = pace;
        this.sse = sse;
        this.begin = begin;
        this.beating = Thread.ofVirtual().start(this::beat);
    }

    /// The provider has said all that had arrived; from now on it is silent.
    void listening() { heard = System.nanoTime(); }

    Cause cause() { return cause; }

    private void beat() {
        var started = System.nanoTime();
        var pinged = started;
        var begun = false;
        try {
            while (true) {
                Thread.sleep(pace.beat());
                var now = System.nanoTime();
                if (now - heard > pace.patience().toNanos()) {
                    end(Cause.PROVIDER_SILENT);
                    return;
                }
                if (sse == null || !begun && now - started < pace.first().toNanos()) continue;
                var pings = now - pinged >= pace.ping().toNanos();
                if (!said(!begun, pings)) return;
                begun = true;
                if (pings) pinged = now;
            }
        } catch (Sse.ClientGone e) {
            end(Cause.CLIENT_GONE);
        } catch (InterruptedException e) {
            // The reply has ended.
        }
    }

    /// False if the reply has ended. Nothing interrupts it: a write that is interrupted closes the connection.
    private synchronized boolean said(boolean begins, boolean pings) {
        if (closed) return false;
        if (begins) begin.run();
        if (pings) sse.ping();
        else if (sse.quietNanos() >= pace.beat().toNanos() / 2) sse.comment();
        return true;
    }

    private synchronized void end(Cause why) {
        if (closed) return;
        cause = why;
        listener.interrupt();
    }

    /// After this no interrupt comes.
    @Override public synchronized void close() {
        closed = true;
        beating.interrupt();
    }
}
