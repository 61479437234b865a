package lib.wire;

import module java.base;

/// A value that is computed once, when it is first needed.
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private volatile Optional<T> made = Optional.empty();

    public Lazy(Supplier<T> maker) { this.maker = maker; }

    @Override public T get() { return made.orElseGet(this::make); }

    private synchronized T make() {
        if (made.isEmpty()) made = Optional.of(maker.get());
        return made.get();
    }
}
