package lib.server;

import module java.base;

/// How long a stream keeps silent at first, between comments and between pings, and how long a provider may say nothing.
public record Timing(Duration first, Duration beat, Duration ping, Duration patience) {
    static final Timing USUAL = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofMinutes(10));
}
