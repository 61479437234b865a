package lib.search;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.wire.*;

/// https://docs.exa.ai/reference/search ; exa-js 2.23.0. Without `contents` it would tell only titles.
record Exa() implements SearchService {
    private static final int LONGEST_TEXT = 1_500;

    @Override public Ask ask(String url, SearchQuery query) {
        var body = Json.object("query", query.text(), "numResults", query.count(), "type", "auto",
            "contents", Json.object("text", Json.object("maxCharacters", LONGEST_TEXT)));
        var only = Domains.hosts(query.domains().allowed());
        var not = query.domains().blockedWhole();
        if (!only.isEmpty()) Json.put(body, "includeDomains", Json.arrayOf(only));
        if (!not.isEmpty()) Json.put(body, "excludeDomains", Json.arrayOf(not));
        if (!query.country().isEmpty()) Json.put(body, "userLocation", query.country());
        return Ask.post(url, SearchService.HEADERS, body);
    }

    @Override public List<SearchResult> results(JsonElement answer) {
        return Json.list(answer, "results").stream().map(found -> {
            var highlights = Json.list(found, "highlights").stream().map(Json::text).collect(Collectors.joining("\n"));
            var text = Stream.of(Json.text(found, "text"), highlights, Json.text(found, "summary")).filter(said -> !said.isBlank())
                .findFirst().orElse("");
            return new SearchResult(Json.text(found, "title"), Json.text(found, "url"), text, Json.text(found, "publishedDate"));
        }).toList();
    }
}
