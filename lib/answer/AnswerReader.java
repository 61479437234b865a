package lib.answer;

import module java.base;

import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// How an answer is read in any dialect: stop sequences that the provider was not told of end it, and calls of the function
/// that stands for further tools become calls of those tools.
public final class AnswerReader {
    private AnswerReader() {}

    public static void read(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        StopAt.listen(terms.unsent(), terms.toolbox() ? new OverflowTools(out) : out, heard -> terms.route().dialect().events(frames, terms, heard));
    }
}
