package lib.route;

import module java.base;

import lib.reply.*;

/// What may let an exchange go on after a model's turn: a tool that FreeCC runs itself, or a request for a correction.
/// There is one for each exchange; it hears every turn of it.
public interface Continuation {
    /// The model's turn begins, or is tried again. What it says goes to `out`, but for what FreeCC deals with itself.
    Consumer<Event> hear(Consumer<Event> out);

    /// The turn was read to its end: what follows, if the exchange goes on.
    Optional<NextTurn> next();
}
