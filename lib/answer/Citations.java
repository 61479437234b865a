package lib.answer;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;

/// What a provider's own web search found. A client that asked for a search gets the blocks of one, and the text after them
/// if it asked for nothing else. Others get a list of sources after a text that cites them as `[n]`: those that the text
/// cites, or all if it cites none.
public final class Citations implements Consumer<Event> {
    /// One search, with what it found by URL.
    private record Made(String id, SequencedMap<String, SearchResult> found, boolean failed) { }

    private final ReplyContext terms;
    private final Optional<WebSearch> wanted;
    private final Consumer<Event> out;
    private final Map<Long, String> numbered = new LinkedHashMap<>();
    private final List<Made> made = new ArrayList<>();
    private final Set<String> cited = new HashSet<>();
    private final List<Event> held = new ArrayList<>();   // text and citations that the results go before
    private final StringBuilder said = new StringBuilder();

    public Citations(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.wanted = terms.search();
        this.out = out;
    }

    /// The provider has searched for this; empty if it does not say for what.
    public void searched(String query, boolean failed) {
        if (wanted.isEmpty()) return;
        var id = terms.ids().next(SearchBlocks.ID);
        made.add(new Made(id, new LinkedHashMap<>(), failed));
        out.accept(new Event.Search(id, query.isBlank() ? wanted.get().asked() : query));
    }

    /// Results with title and URL, or URLs alone, of the last search. `site` says where a URL leads that does not tell.
    /// Without a search that was asked for, their number is their id, or else their position.
    public void found(List<JsonElement> results) {
        var place = 0L;
        for (var json : results) {
            place++;
            var result = result(json);
            var site = Json.text(json, "site").isEmpty() ? result.url() : Json.text(json, "site");
            if (result.url().isEmpty()) continue;
            if (wanted.isEmpty()) numbered.putIfAbsent(Json.isNumber(json, "id") ? Json.number(json, "id") : place,
                result.title().isEmpty() ? result.url() : result.title() + " " + result.url());
            else if (wanted.get().domains().allow(site)) keep(result);
        }
    }

    /// Of a URL that was known alone, a later mention tells more.
    private void keep(SearchResult result) {
        for (var search : made) {
            var known = search.found().get(result.url());
            if (known == null) continue;
            if (known.title().isEmpty()) search.found().put(result.url(), result);
            return;
        }
        if (made.isEmpty()) searched("", false);
        made.getLast().found().put(result.url(), result);
    }

    /// The text so far says what this source says.
    public void cited(JsonElement source) {
        if (wanted.isEmpty()) return;
        found(List.of(source));
        var result = result(source);
        var isShown = made.stream().anyMatch(search -> search.found().containsKey(result.url()));
        if (isShown && cited.add(result.url() + " " + result.snippet())) write(new Event.Citation(result));
    }

    private static SearchResult result(JsonElement json) {
        if (Json.isText(json)) return new SearchResult("", Json.text(json), "", "");
        return new SearchResult(Json.text(json, "title"), first(json, "url", "link"),
            first(json, "snippet", "content", "text", "description"), first(json, "date", "publish_date", "published_date", "page_age"));
    }

    private static String first(JsonElement json, String... names) {
        return Stream.of(names).map(name -> Json.text(json, name)).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private void write(Event event) {
        if (wanted.filter(WebSearch::alone).isPresent()) held.add(event);
        else out.accept(event);
    }

    @Override public void accept(Event event) {
        if (event instanceof Event.Text(var text)) {
            said.append(text);
            write(event);
            return;
        }
        if (event instanceof Event.ToolCall || event instanceof Event.Stop) {
            if (wanted.isPresent()) show();
            else tell();
        }
        out.accept(event);
    }

    private void show() {
        if (made.isEmpty() && terms.route().has(SearchQuirks.ENABLE_SEARCH) && wanted.get().alone()) searched("", false);
        for (var search : made)
            out.accept(new Event.SearchResults(search.id(), List.copyOf(search.found().values()), search.failed() ? "unavailable" : ""));
        made.clear();
        held.forEach(out);
        held.clear();
    }

    private void tell() {
        if (numbered.isEmpty() || said.isEmpty()) return;
        var named = numbered.keySet().stream().filter(number -> said.indexOf("[" + number + "]") >= 0).toList();
        out.accept(new Event.Text((named.isEmpty() ? numbered.keySet() : named).stream()
            .map(number -> "\n[" + number + "] " + numbered.get(number))
            .collect(Collectors.joining("", "\n\nSources:", ""))));
        numbered.clear();
        said.setLength(0);
    }
}
