package lib.server;

import module java.base;

import lib.reply.*;

/// What became of one request, made once when it has ended and given to everyone who watches.
///
/// @param asked    the model that the client named
/// @param provider where it went; empty, like `model`, if it went nowhere
/// @param attempts how often a provider was asked
/// @param failure  empty if all went well
/// @param cost     in US dollars, if the model's price is known
record Outcome(String requestId, String asked, int tools, int messages, String provider, String model, int attempts,
               int status, String failure, Duration time, Event.Usage usage, OptionalDouble cost) {
    private static final int CLIENT_GONE = 499;

    boolean ok() { return status < 400; }

    boolean isClientGone() { return status == CLIENT_GONE; }
}
