package lib.wire;

import module java.base;

/// Lets as many requests be parsed and translated at once as there are cores. Under load, the others wait as bytes, which take
/// a fraction of the memory, and the streams under way get their turn in between.
public final class Cores {
    private static final Duration PATIENCE = Duration.ofSeconds(5);   // a request that is stuck must not hold up the others

    private final Semaphore free;
    private final ThreadLocal<Boolean> taken = ThreadLocal.withInitial(() -> false);

    Cores(int number) { free = new Semaphore(number, true); }

    static Cores all() { return new Cores(Runtime.getRuntime().availableProcessors()); }

    /// Waits for a core. It is kept until the thread leaves it, or sends something.
    public void take() {
        try {
            taken.set(free.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void leave() {
        if (taken.get()) free.release();
        taken.remove();
    }
}
