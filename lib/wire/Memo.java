package lib.wire;

import module java.base;

/// What was made of a content, under the content or its hash. It is made once, even if several ask for it at the same time;
/// of all that was made, the latest used is kept, up to a total size.
public final class Memo<K, T> {
    private final long most;
    private final ToLongFunction<T> size;
    private final SequencedMap<K, FutureTask<T>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long total;

    public Memo(long most, ToLongFunction<T> size) {
        this.most = most;
        this.size = size;
    }

    /// What was made before, or what `maker` makes now. A failure is not kept.
    public T get(K key, Supplier<T> maker) {
        var mine = new FutureTask<>(maker::get);
        var task = first(key, mine);
        if (task == mine) {
            mine.run();
            settle(key, mine);
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) throw error;
            throw (RuntimeException) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(new InterruptedIOException("cancelled"));
        }
    }

    /// What was made before, if it is still kept.
    public synchronized Optional<T> known(K key) {
        var task = kept.get(key);
        return task != null && task.state() == Future.State.SUCCESS ? Optional.of(task.resultNow()) : Optional.empty();
    }

    public synchronized void forget(K key) {
        known(key).ifPresent(value -> total -= size.applyAsLong(value));
        kept.remove(key);
    }

    private synchronized FutureTask<T> first(K key, FutureTask<T> mine) {
        var other = kept.putIfAbsent(key, mine);
        return other == null ? mine : other;
    }

    private synchronized void settle(K key, FutureTask<T> task) {
        if (task.state() != Future.State.SUCCESS) {
            kept.remove(key);
            return;
        }
        total += size.applyAsLong(task.resultNow());
        for (var oldest : List.copyOf(kept.keySet())) {
            if (total <= most || oldest.equals(key)) break;
            if (known(oldest).isPresent()) forget(oldest);
        }
    }
}
