package lib.answer;

import module java.base;

import lib.calls.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads an answer in any dialect: repairs tool calls, and ends the text at a stop sequence.
public final class AnswerReader {
    private AnswerReader() {}

    public static void read(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var heard = Calls.fitted(terms, out);
        var dialect = terms.route().dialect();
        if (dialect.relays()) relayed(terms, Calls.named(terms, heard), events -> dialect.events(frames, terms, events));
        else StopAt.listen(terms.stops(), heard, stop -> Calls.named(terms, stop), events -> dialect.events(frames, terms, events));
    }

    /// Anthropic's own API obeys.
    private static void relayed(ReplyContext terms, Consumer<Event> out, Consumer<Consumer<Event>> reading) {
        var trusted = terms.stops().isEmpty() || terms.route().has(AnthropicQuirks.CLIENT_HEALS);
        try {
            reading.accept(trusted ? out : new RelayedStop(terms.stops(), out));
        } catch (StopAt.Reached e) {
            // The reply is complete.
        }
    }
}
