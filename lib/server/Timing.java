package lib.server;

import module java.base;

import lib.wire.*;

/// What is waited for, and how long.
///
/// @param first    how long a stream keeps silent at first, so that an early error can have a status
/// @param beat     between two comments while the provider is silent. The second one after a client has gone fails, so `first`
///                 and two beats are how long that takes to notice: under three seconds
/// @param ping     between two pings
/// @param patience how long a provider may send no content
/// @param reading  how long a client may leave unread what was sent to it
/// @param pauses   the time between two tries
/// @param ticker   the time in which a provider may be silent
public record Timing(Duration first, Duration beat, Duration ping, Duration patience, Duration reading, Pauses pauses, Ticker ticker) {
    /// Time that only goes forward, whatever is done to the clock; a test has a time of its own.
    public interface Ticker {
        Ticker SYSTEM = new Ticker() {
            @Override public long nanos() { return System.nanoTime(); }

            @Override public void sleep(Duration time) throws InterruptedException { Thread.sleep(time); }
        };

        long nanos();

        void sleep(Duration time) throws InterruptedException;
    }

    public Timing(Duration first, Duration beat, Duration ping, Duration patience, Duration reading) {
        this(first, beat, ping, patience, reading, Pauses.SYSTEM, Ticker.SYSTEM);
    }

    static final Timing USUAL = new Timing(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(15),
        Duration.ofMinutes(10), Duration.ofMinutes(1));
}
