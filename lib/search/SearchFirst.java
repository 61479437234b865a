package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Searches for a model that cannot ask for it: for what the request asks, before the model is asked. The results go into its
/// prompt.
final class SearchFirst implements Dialect, Continuation {
    private final WebSearch wanted;
    private final Searcher service;
    private final Route model;
    private Optional<Findings> findings = Optional.empty();
    private boolean passedOn;

    private SearchFirst(WebSearch wanted, Searcher service, Route model) {
        this.wanted = wanted;
        this.service = service;
        this.model = model;
    }

    /// The first turn is the search, for which no provider is asked; the second is the model's.
    static Searches.Plan plan(Request request, Route route, WebSearch wanted, Searcher service) {
        var search = new SearchFirst(wanted, service, route);
        return new Searches.Plan(request.with(WebSearch.leftOut(request.message())), NoSearch.nowhere(route, search), List.of(search));
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.base(), Json.object("query", wanted.asked()));
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var id = terms.ids().next(SearchBlocks.ID);
        var query = "";
        for (var frame : frames) query = Json.text(frame.object(), "query");
        out.accept(new Event.Search(id, query));
        var found = service.search(SearchQuery.of(query, wanted), Json.object());
        findings = Optional.of(found);
        out.accept(new Event.SearchResults(id, found.results(), found.error()));
        out.accept(new Event.Stop("end_turn"));
    }

    @Override public Consumer<Event> hear(Consumer<Event> out) {
        return event -> {
            if (passedOn || !(event instanceof Event.Stop)) out.accept(event);
        };
    }

    @Override public Optional<NextTurn> next() {
        if (passedOn) return Optional.empty();
        passedOn = true;
        return findings.map(found -> new NextTurn(List.of(
            Json.object("role", "user", "content", found.words())), model));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }
}
