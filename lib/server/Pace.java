package lib.server;

import java.time.Duration;

/// How long a stream keeps silent at first, between comments and between pings, and how long a provider may say nothing.
public record Pace(Duration first, Duration beat, Duration ping, Duration patience) {
    /// The same, but three times as patient.
    Pace patient() { return new Pace(first, beat, ping, patience.multipliedBy(3)); }

    static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(10));
}
