package lib.calls;

import module java.base;

import lib.message.*;
import lib.reply.*;

/// The input of one call as an imitation of Anthropic's API sends it: one object, which fits what the tool takes.
final class RelayedInput {
    private final Optional<FittedInput> fitted;
    private final Arguments arguments = new Arguments();
    private boolean begun;

    RelayedInput(Optional<InputShape> shape) { this.fitted = shape.map(FittedInput::new); }

    /// The part of the piece that can be sent now.
    String take(String piece) {
        begun |= !piece.isBlank();
        return arguments.take(fitted.map(input -> input.take(piece)).orElse(piece));
    }

    /// What remains to be sent at the end.
    String rest() {
        var held = arguments.take(fitted.map(FittedInput::rest).orElse(""));
        return begun ? held + arguments.rest() : "";
    }
}
