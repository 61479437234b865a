package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Answers a request for nothing but a web search where nobody can make one, so that the client and its reader learn why.
final class NoSearch implements Dialect {
    private final String reason;

    private NoSearch(String reason) { this.reason = reason; }

    /// The same request on a route on which no provider is asked.
    static Searches.Plan because(String reason, Request request, Route route) {
        return new Searches.Plan(request.estimated(0), nowhere(route, new NoSearch(reason)), List.of());
    }

    /// The same route, on which no provider is asked: what is sent comes back.
    static Route nowhere(Route route, Dialect dialect) {
        return new Route(route.provider(), route.name(), dialect, "echo:search", Credential.none(), route.model().free(),
            Set.of(), List.of());
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var asked = WebSearch.in(request.message()).map(WebSearch::asked).orElse("");
        return Draft.of(route.base(), Json.object("query", asked));
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var id = terms.ids().next(SearchBlocks.ID);
        for (var frame : frames) out.accept(new Event.Search(id, Json.text(frame.object(), "query")));
        out.accept(new Event.SearchResults(id, List.of(), "unavailable"));
        out.accept(new Event.Text("Web search is not available: " + terms.route().label() + " does not search the web itself, and "
            + reason));
        out.accept(new Event.Stop("end_turn"));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }
}
