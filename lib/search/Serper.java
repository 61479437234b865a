package lib.search;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// Google's results. https://serper.dev ; LiteLLM llms/serper/search, 1.106.2.
record Serper() implements SearchService {
    @Override public Ask ask(String url, SearchQuery query) {
        var body = Json.object("q", query.withOperators(longest()), "num", query.count());
        if (!query.country().isEmpty()) Json.put(body, "gl", query.country().toLowerCase(Locale.ROOT));
        return Ask.post(url, SearchService.HEADERS, body);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "organic").stream().map(found -> new SearchResult(Json.text(found, "title"), Json.text(found, "link"),
            Json.text(found, "snippet"), Json.text(found, "date"))).toList();
    }
}
