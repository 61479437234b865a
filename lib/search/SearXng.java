package lib.search;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// The user's own SearXNG, with a key only if a reverse proxy asks for one. https://docs.searxng.org/dev/search_api.html
record SearXng() implements SearchService {
    @Override public Ask ask(String url, SearchQuery query) {
        return Ask.get(url + "?q=" + SearchService.encoded(query.withOperators(longest())) + "&format=json", SearchService.HEADERS);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "results").stream().map(found -> new SearchResult(Json.text(found, "title"), Json.text(found, "url"),
            Json.text(found, "content"), Json.text(found, Json.has(found, "publishedDate") ? "publishedDate" : "pubdate"))).toList();
    }

    @Override public String advice(int status) {
        return status == 403 ? "list json under search.formats in the settings.yml of SearXNG" : "";
    }
}
