package lib.wire;

import module java.base;

/// What time it is, and how to let some pass; a test has a time of its own.
public record Pauses(InstantSource clock, Consumer<Duration> sleep) {
    public static final Pauses SYSTEM = new Pauses(InstantSource.system(), Pauses::asleep);

    private static void asleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(new InterruptedIOException("cancelled"));
        }
    }
}
