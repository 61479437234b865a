package lib.search;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// A service that searches the web: how it is asked, and what its answer says. Whatever filters it knows, FreeCC filters the
/// results again.
interface SearchService {
    /// Without the key.
    Ask ask(String url, SearchQuery query);

    List<SearchResult> results(JsonElement answer);

    /// The longest query that it takes.
    default int longest() { return 2_000; }

    /// What to do about a refusal with that status, beyond checking the key; empty if there is nothing special.
    default String advice(int status) { return ""; }

    Map<String, String> HEADERS = Map.of("content-type", "application/json", "accept", "application/json");

    static String encoded(String text) { return URLEncoder.encode(text, StandardCharsets.UTF_8); }
}
