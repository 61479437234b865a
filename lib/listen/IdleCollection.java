package lib.listen;

import module java.base;

/// Collects garbage while nobody waits for an answer. Otherwise Java does it when many streams have filled the heap, and the serial
/// collector then stops all of them, for up to a quarter of a second.
final class IdleCollection {
    /// A process has one heap.
    static final IdleCollection OF_HEAP = new IdleCollection(Duration.ofSeconds(1),
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(), System::gc);

    private static final long WORTH = 96L << 20;   // bytes; half of them are young, and Java collects those by itself

    private final Duration quiet;
    private final LongSupplier used;
    private final Runnable collect;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile long kept;   // used after the last collection

    /// After how long without a request, the bytes of the heap that are in use, and what collects.
    IdleCollection(Duration quiet, LongSupplier used, Runnable collect) {
        this.quiet = quiet;
        this.used = used;
        this.collect = collect;
    }

    void begins() {
        underWay.incrementAndGet();
        begun.incrementAndGet();
    }

    void ends() {
        if (underWay.decrementAndGet() == 0 && isWorthIt() && watched.compareAndSet(false, true)) Thread.ofVirtual().start(this::watch);
    }

    private boolean isWorthIt() { return used.getAsLong() - kept > WORTH; }

    private void watch() {
        try {
            long before;
            do {
                before = begun.get();
                Thread.sleep(quiet);
            } while (underWay.get() > 0 || begun.get() != before);
            if (!isWorthIt()) return;
            collect.run();
            kept = used.getAsLong();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.set(false);
        }
    }
}
