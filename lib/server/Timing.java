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
public record Timing(Duration first, Duration beat, Duration ping, Duration patience, Duration reading, Pauses pauses) {
    public Timing(Duration first, Duration beat, Duration ping, Duration patience, Duration reading) {
        this(first, beat, ping, patience, reading, Pauses.SYSTEM);
    }

    static final Timing USUAL = new Timing(Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(15),
        Duration.ofMinutes(10), Duration.ofMinutes(1));
}
