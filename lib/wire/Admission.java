package lib.wire;

import module java.base;

/// Lets a large request in if the heap has room for it: as bytes, as a tree, and as what is made of it for the provider.
public final class Admission {
    private static final Runtime JVM = Runtime.getRuntime();
    public static final Admission HEAP = new Admission(() -> JVM.maxMemory() - JVM.totalMemory() + JVM.freeMemory());

    private static final long LARGE = 1024 * 1024;
    /// Bytes of heap for a byte of JSON: twice what a request of 47 MB takes (`bench/run --rows large`).
    private static final long COST = 4;

    private final Supplier<Long> free;
    private long promised;

    public Admission(Supplier<Long> free) { this.free = free; }

    /// A place for a body of so many bytes, which is given back once the body is read: from then on the heap shows it.
    public final class Place implements AutoCloseable {
        private long held;

        /// The body turns out to be that large, because it came in chunks or was compressed.
        public void take(long bytes) {
            synchronized (Admission.this) {
                var more = bytes < LARGE ? 0 : bytes * COST - held;
                if (more > 0 && !fits(more)) throw new ApiError(529, "FreeCC has too little free memory for a request of " + bytes / LARGE
                    + " MiB; try again in a moment, or start FreeCC with more: _JAVA_OPTIONS=-Xmx1g", Map.of("retry-after", "5"));
                held += Math.max(more, 0);
                promised += Math.max(more, 0);
            }
        }

        @Override public void close() {
            synchronized (Admission.this) {
                promised -= held;
                held = 0;
            }
        }
    }

    public Place place(long bytes) {
        var place = new Place();
        place.take(bytes);
        return place;
    }

    private boolean fits(long more) {
        if (promised + more <= free.get()) return true;
        System.gc();   // much of what fills the heap may be garbage
        return promised + more <= free.get();
    }
}
