package lib.answer;

import module java.base;

import lib.calls.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// How an answer is read in any dialect: tool calls are put right, and stop sequences that the provider was not told of end it.
public final class AnswerReader {
    private AnswerReader() {}

    public static void read(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        StopAt.listen(terms.unsent(), Calls.fitted(terms, out), heard -> terms.route().dialect().events(frames, terms, Calls.named(terms, heard)));
    }
}
