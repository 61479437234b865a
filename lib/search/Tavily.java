package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.wire.*;

/// https://docs.tavily.com/documentation/api-reference/endpoint/search ; @tavily/core 0.7.13.
record Tavily() implements SearchService {
    @Override public Ask ask(String url, SearchQuery query) {
        var body = Json.object("query", query.text(), "max_results", query.count(), "search_depth", "basic");
        var only = Domains.hosts(query.domains().allowed());
        var not = query.domains().blockedWhole();
        if (!only.isEmpty()) Json.put(body, "include_domains", Json.arrayOf(only));
        if (!not.isEmpty()) Json.put(body, "exclude_domains", Json.arrayOf(not));
        return Ask.post(url, SearchService.HEADERS, body);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "results").stream().map(found -> new SearchResult(Json.text(found, "title"), Json.text(found, "url"),
            Json.text(found, "content"), Json.text(found, "published_date"))).toList();
    }

    @Override public int longest() { return 400; }
}
