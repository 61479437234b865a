package lib.answer;

import module java.base;

import lib.calls.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads an answer in any dialect: repairs tool calls, and enforces stop sequences that the provider did not get.
public final class AnswerReader {
    private AnswerReader() {}

    public static void read(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        StopAt.listen(terms.unsent(), Calls.fitted(terms, out),
            heard -> terms.route().dialect().events(frames, terms, Calls.named(terms, heard)));
    }
}
