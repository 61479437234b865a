package lib.search;

import module java.base;

import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// The search service that the user has configured. A search never ends the turn: what goes wrong is an error code for the
/// client, words for the model and a line in the log.
///
/// @param id        its name in SEARCH_PROVIDER
/// @param variable  what configures it
/// @param keys      what proves who asks; of several keys, one that is refused rests
record Searcher(String id, String variable, String url, SearchService service, Credential keys, Upstream upstream, Consumer<String> log)
    implements SearchLoop.Source {
    private static final int LONGEST_SNIPPET = 2_000;
    private static final Pattern TOO_LONG = Pattern.compile("too long|too_long|at most \\d{1,6} char", Pattern.CASE_INSENSITIVE);
    private static final Set<Integer> TOO_MANY = Set.of(429, 432, 433),   // the last two are Tavily's, when a plan is used up
        MALFORMED = Set.of(400, 414, 422);

    @Override public Findings search(SearchQuery query, JsonObject input) {
        if (query.text().isBlank()) return Findings.failed("invalid_tool_input", "The web search needs a query.");
        if (query.text().length() > service.longest()) return Findings.failed("query_too_long",
            "The query is too long: use at most " + service.longest() + " characters.");
        return search(query, keys.chosen(""));
    }

    private Findings search(SearchQuery query, Credential key) {
        try (var answer = upstream.send(key.signed(service.ask(url, query)))) {
            var text = answer.text();
            if (answer.ok()) return Findings.of(query.text(), allowed(service.results(Json.parse(text)), query));
            var other = key.instead(refusal(answer, text));
            if (other.isEmpty()) return refused(answer.status(), text, keys.keys().isEmpty() ? variable : key.variables());
            log.accept("web search: " + id + ": " + key.variables() + " rests (HTTP " + answer.status() + ")");
            return search(query, other.get());
        } catch (ApiError e) {
            if (Thread.currentThread().isInterrupted()) throw e;   // the client has gone
            return unavailable(e.getMessage());
        } catch (Json.Malformed e) {
            return unavailable("its answer is not JSON");
        }
    }

    private static ApiError refusal(Answer answer, String text) {
        var error = new ApiError(TOO_MANY.contains(answer.status()) ? 429 : answer.status(), text);
        return RetryAfter.in(error, answer.headers(), text);
    }

    private static List<SearchResult> allowed(List<SearchResult> found, SearchQuery query) {
        return found.stream().filter(one -> !one.url().isBlank() && query.domains().allow(one.url())).limit(SearchLoop.RESULTS)
            .map(one -> one.snippet().length() <= LONGEST_SNIPPET ? one
                : new SearchResult(one.title(), one.url(), one.snippet().substring(0, LONGEST_SNIPPET), one.age())).toList();
    }

    private Findings refused(int status, String text, String culprit) {
        if (TOO_MANY.contains(status)) {
            log.accept("web search: " + id + " refuses further searches for now (HTTP " + status + ")");
            return Findings.failed("too_many_requests", "The web search failed: the search service takes no more requests for now.");
        }
        if (status == 413) return Findings.failed("request_too_large", "The web search failed: the request was too large.");
        if (MALFORMED.contains(status) && TOO_LONG.matcher(text).find())
            return Findings.failed("query_too_long", "The query is too long: use a shorter one.");
        var advice = service.advice(status);
        return unavailable("HTTP " + status + words(text) + "; " + (advice.isEmpty() ? "check " + culprit : advice));
    }

    private static String words(String text) {
        JsonElement body = Json.objectIn(text);
        return Stream.of(Json.text(body, "detail", "error"), Json.text(body, "error", "detail"), Json.text(body, "message"),
            Json.text(body, "error")).filter(said -> !said.isEmpty()).findFirst().map(said -> " (" + ApiError.cut(said) + ")").orElse("");
    }

    private Findings unavailable(String why) {
        log.accept("web search: " + id + " failed: " + why);
        return Findings.failed("unavailable", "The web search failed: the search service is not available. Say so, and answer without it.");
    }
}
