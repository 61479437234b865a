package lib.dialect;

import lib.reply.Event;
import lib.wire.Frame;

import java.util.function.Consumer;

/// How an answer is read in any dialect: stop sequences that the provider was not told of end it, and calls of the function
/// that stands for further tools become calls of those tools.
public final class Hearing {
    private Hearing() {}

    public static void read(Iterable<Frame> frames, Terms terms, Consumer<Event> out) {
        StopAt.listen(terms.unsent(), terms.toolbox() ? new Unboxing(out) : out, heard -> terms.route().dialect().events(frames, terms, heard));
    }
}
