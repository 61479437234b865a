package lib.listen;

import module java.base;

import lib.wire.*;

/// How many requests may be under way at once. When all places are taken, a request waits a little for one; the next free
/// place goes to the session that has the fewest, so that one with many subagents cannot keep the others out.
public final class Turns {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BRIEFLY = "5";   // seconds

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> underWay = new HashMap<>();   // by session
    private final List<Waiter> waiting = new ArrayList<>();   // who has waited longest is first
    private final int most;
    private final Duration patience;
    private int taken;

    private static final class Waiter {
        private final String session;
        private final Condition called;
        private boolean hasPlace;

        Waiter(String session, Condition called) {
            this.session = session;
            this.called = called;
        }
    }

    /// A place among the requests under way.
    public final class Turn implements AutoCloseable {
        private final String session;

        private Turn(String session) { this.session = session; }

        @Override public void close() { leave(session); }
    }

    public Turns(int most) { this(most, PATIENCE); }

    Turns(int most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /// Waits for a place, and refuses the request if none becomes free in time.
    public Turn take(String session) {
        lock.lock();
        var waiter = new Waiter(session, lock.newCondition());
        try {
            waiting.add(waiter);
            callNext();
            for (var left = patience.toNanos(); !waiter.hasPlace; left = waiter.called.awaitNanos(left))
                if (left <= 0) throw full();
            return new Turn(session);
        } catch (InterruptedException e) {
            if (waiter.hasPlace) leave(session);
            Thread.currentThread().interrupt();
            throw new ApiError(500, "FreeCC is shutting down");
        } finally {
            waiting.remove(waiter);
            lock.unlock();
        }
    }

    private ApiError full() {
        return new ApiError(529, "FreeCC is already serving as many requests as MAX_CONCURRENT_REQUESTS allows (" + most + "); "
            + "try again in a moment", Map.of("retry-after", BRIEFLY));
    }

    private void leave(String session) {
        lock.lock();
        try {
            taken--;
            IdleCollection.OF_HEAP.ends();
            underWay.computeIfPresent(session, (_, count) -> count == 1 ? null : count - 1);
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        while (taken < most && !waiting.isEmpty()) {
            var next = Collections.min(waiting, Comparator.comparingInt(waiter -> underWay.getOrDefault(waiter.session, 0)));
            waiting.remove(next);
            taken++;
            IdleCollection.OF_HEAP.begins();
            underWay.merge(next.session, 1, Integer::sum);
            next.hasPlace = true;
            next.called.signal();
        }
    }

    /// How many wait, for tests.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
