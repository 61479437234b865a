package lib.calls;

import module java.base;

import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Tool calls as models and their servers really write them, on their way to a client that expects them as Claude does.
public final class Calls {
    private Calls() {}

    /// From what a dialect reads, before stop sequences are looked for.
    public static Consumer<Event> named(ReplyContext terms, Consumer<Event> out) {
        if (terms.route().dialect().relays()) return relayed(terms, out);
        var named = new NamedCalls(terms.names(), out);
        return terms.tools().isEmpty() ? named : new TextCalls(found(terms, terms.ids()), terms.model(), named);
    }

    /// Anthropic's own API needs no help, and its frames reach the client byte for byte.
    private static Consumer<Event> relayed(ReplyContext terms, Consumer<Event> out) {
        var untouched = terms.tools().isEmpty() || terms.route().has(AnthropicQuirks.CLIENT_HEALS);
        return untouched ? out : new RelayedCalls(terms, found(terms, terms.ids()), out);
    }

    private static FoundCalls found(ReplyContext terms, Ids ids) {
        return new FoundCalls(terms.names(), terms.tools(), terms.oneCall() ? 1 : Integer.MAX_VALUE, ids);
    }

    /// To the reply: calls of the function that stands for further tools become calls of those tools, and inputs fit.
    public static Consumer<Event> fitted(ReplyContext terms, Consumer<Event> out) {
        var fitted = terms.tools().isEmpty() ? out : new FittedCalls(terms.tools(), out);
        return terms.toolbox() ? new OverflowTools(fitted) : fitted;
    }

    /// Whether what a model said or thought has calls in it, which will be found there.
    public static boolean areIn(Event said, ReplyContext terms) {
        if (terms.tools().isEmpty()) return false;
        var any = new boolean[1];
        var filter = new TextCalls(found(terms, Ids.random()), terms.model(), event -> any[0] |= event instanceof Event.ToolCall);
        filter.accept(said);
        filter.accept(new Event.Stop("end_turn"));
        return any[0];
    }

    /// Makes the calls that a provider gives back because it could not read them itself, `Malformed function call: ...`.
    public static boolean read(String garbled, ReplyContext terms, Consumer<Event> out) {
        if (terms.tools().isEmpty()) return false;
        var in = new Cursor(garbled, garbled.indexOf(": ") + 1, Cursor.Rest.CUT);
        var found = found(terms, terms.ids());
        try {
            var all = new ArrayList<Passage.Call>();
            for (in.space(); !in.isAtEnd(); in.space()) {
                if (in.sees("call:")) all.add(GemmaCalls.call(in));
                else all.addAll(PythonCalls.statement(in));
            }
            if (all.isEmpty() || !found.take(new Passage(all), garbled)) return false;
        } catch (Cursor.Mismatch e) {
            return false;
        }
        found.write(out);
        return true;
    }
}
