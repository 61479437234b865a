package lib.answer;

import module java.base;

import lib.calls.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads an answer in any dialect: repairs tool calls, takes the code fence off JSON by a schema, and enforces stop sequences
/// that the provider did not get.
public final class AnswerReader {
    private AnswerReader() {}

    public static void read(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var fitted = Calls.fitted(terms, out);
        var heard = terms.schema() && !terms.begun() ? new Unfenced(fitted) : fitted;
        StopAt.listen(terms.unsent(), heard, events -> terms.route().dialect().events(frames, terms, Calls.named(terms, events)));
    }
}
