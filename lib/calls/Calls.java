package lib.calls;

import module java.base;

import lib.reply.*;
import lib.route.*;

/// Tool calls as models and their servers really write them, on their way to a client that expects them as Claude does.
public final class Calls {
    private Calls() {}

    /// From what a dialect reads, before stop sequences are looked for.
    public static Consumer<Event> named(ReplyContext terms, Consumer<Event> out) { return new NamedCalls(terms.names(), out); }

    /// To the reply: calls of the function that stands for further tools become calls of those tools, and inputs fit.
    public static Consumer<Event> fitted(ReplyContext terms, Consumer<Event> out) {
        var fitted = terms.tools().isEmpty() ? out : new FittedCalls(terms.tools(), out);
        return terms.toolbox() ? new OverflowTools(fitted) : fitted;
    }
}
