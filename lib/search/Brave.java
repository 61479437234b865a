package lib.search;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// https://api-dashboard.search.brave.com/app/documentation/web-search ; LiteLLM llms/brave/search, 1.106.2.
record Brave() implements SearchService {
    private static final int MOST = 20;

    @Override public Ask ask(String url, SearchQuery query) {
        var parameters = "q=" + SearchService.encoded(query.withOperators(longest())) + "&count=" + Math.min(query.count(), MOST)
            + "&result_filter=web&text_decorations=false&extra_snippets=true"
            + (query.country().isEmpty() ? "" : "&country=" + SearchService.encoded(query.country()));
        return Ask.get(url + "?" + parameters, SearchService.HEADERS);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "web", "results").stream().map(found -> {
            var more = Json.list(found, "extra_snippets").stream().map(Json::text);
            var said = Stream.concat(Stream.of(Json.text(found, "description")), more).collect(Collectors.joining("\n"));
            var age = Json.text(found, "age").isEmpty() ? Json.text(found, "page_age") : Json.text(found, "age");
            return new SearchResult(plain(Json.text(found, "title")), Json.text(found, "url"), plain(said), age);
        }).toList();
    }

    /// Its texts are HTML.
    private static String plain(String html) {
        return html.replaceAll("</?[a-z]{1,10}>", "").replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'")
            .replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    }

    @Override public int longest() { return 400; }
}
