package lib.route;

import module java.base;

import lib.reply.*;
import lib.wire.*;

/// An API that providers offer: how to write a request for it, and how to read its answer.
public interface Dialect {
    /// The translated request. Quirks and fixes may still change it.
    Draft draft(Request request, Route route, ReplyContext terms);

    /// What it takes beside text, as far as the API and the provider are concerned; the model may take less.
    default Accepts accepts(Route route) { return Accepts.TEXT; }

    /// The shape of its request bodies, which says which quirks apply.
    default Shape shape() { return Shape.OWN; }

    /// The finished request, after quirks and fixes have changed the draft.
    default Ask ask(Draft draft, Request request, Route route) { return draft.ask(); }

    /// Reads the whole answer, in one loop whose state is in local variables.
    void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out);

    /// What a refusal means to the client.
    ApiError error(Answer answer, Route route);

    /// The change that makes a refused request acceptable, if the refusal's text suggests one. `sent` was refused.
    default Optional<Fix> fix(String refusal, Draft sent, Route route) { return Optional.empty(); }

    /// How many stop sequences the provider accepts; FreeCC enforces the rest.
    default int stops(Route route) { return 4; }

    /// The request that lets the provider count tokens, if it does so free of charge.
    default Optional<Ask> count(Request request, Route route) { return Optional.empty(); }

    /// Whether its frames are Anthropic's own and reach the client unchanged, with their headers.
    default boolean relays() { return false; }
}
