package lib.wire;

import module java.base;

/// As many requests as there are cores are read and translated at once. Under load the others wait as the bytes that they came
/// as, which take a fraction of the memory, and the streams under way get their turn between two of them.
public final class Cores {
    private static final Duration PATIENCE = Duration.ofSeconds(5);   // nobody waits for ever for those that are stuck

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
