package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.wire.*;

/// Perplexity's Search API, which has no model in it. https://docs.perplexity.ai/api-reference/search-post ;
/// @perplexity-ai/perplexity_ai 0.38.5.
record PerplexitySearch() implements SearchService {
    private static final int MOST = 20, MOST_DOMAINS = 20;

    @Override public Ask ask(String url, SearchQuery query) {
        var body = Json.object("query", query.text(), "max_results", Math.min(query.count(), MOST));
        var domains = query.domains();
        var filter = domains.allowed().isEmpty() ? domains.blockedWhole().stream().map(domain -> "-" + domain).toList()
            : Domains.hosts(domains.allowed());
        // A part of the allowed domains would hide the rest.
        if (!filter.isEmpty() && filter.size() <= MOST_DOMAINS) Json.put(body, "search_domain_filter", Json.arrayOf(filter));
        if (!query.country().isEmpty()) Json.put(body, "country", query.country());
        return Ask.post(url, SearchService.HEADERS, body);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "results").stream().map(found -> new SearchResult(Json.text(found, "title"), Json.text(found, "url"),
            Json.text(found, "snippet"), Json.text(found, "date"))).toList();
    }
}
