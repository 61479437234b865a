package lib.route;

import module java.base;

import lib.reply.*;
import lib.wire.*;

/// A provider's API: how to ask in it, and how to hear its answer.
public interface Dialect {
    /// How to ask. Quirks and fixes may still change it.
    Draft draft(Request request, Route route, ReplyContext terms);

    /// Whose request bodies its own are like: quirks for that shape apply.
    default Shape shape() { return Shape.OWN; }

    /// The draft as it goes up, after quirks and fixes have changed it.
    default Ask ask(Draft draft, Request request, Route route) { return draft.ask(); }

    /// Hears the whole answer. One loop; its state is local variables.
    void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out);

    /// What a refusal means to the client.
    ApiError error(Answer answer, Route route);

    /// The change that makes a refused request acceptable, if the refusal's words tell of one. `sent` is what was refused.
    default Optional<Fix> fix(String refusal, Draft sent, Route route) { return Optional.empty(); }

    /// How many stop sequences the provider is told of; the rest are enforced here.
    default int stops(Route route) { return 4; }

    /// How to have the provider count a request's tokens, if it does so for nothing.
    default Optional<Ask> count(Request request, Route route) { return Optional.empty(); }

    /// Its frames are Anthropic's own and pass as they come, with the headers that belong to them.
    default boolean relays() { return false; }
}
