package lib.reply;

import module java.base;

import lib.json.*;

/// A search as Anthropic's blocks. https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool
/// Where Claude's results are encrypted, FreeCC's are the plain text of the page: Claude Code reads it there (2.1.332), and
/// so does the next model that gets this history.
public final class SearchBlocks {
    /// How the ids of searches that were not Anthropic's begin.
    public static final String ID = "srvtoolu_freecc";
    private static final int LONGEST_TITLE = 2000, LONGEST_URL = 8192, LONGEST_TEXT = 20_000;   // Claude Code takes no more, 2.1.332
    private static final JsonObject DIRECT = Json.object("type", "direct");

    private SearchBlocks() {}

    /// A block of a search that was not Anthropic's, or a text that cites one.
    public static boolean isOurs(JsonElement block) {
        return Json.text(block, "id").startsWith(ID) || Json.text(block, "tool_use_id").startsWith(ID) || isCiting(block);
    }

    /// A text that cites such a search.
    public static boolean isCiting(JsonElement block) {
        return Json.list(block, "citations").stream().anyMatch(source -> Json.text(source, "type").equals("web_search_result_location")
            && Json.text(source, "encrypted_index").isEmpty());
    }

    /// What a page says, if that is not encrypted: encryption leaves no spaces.
    public static String snippet(JsonElement result) {
        var content = Json.text(result, "encrypted_content");
        return content.contains(" ") ? content : "";
    }

    static JsonObject call(String id) {
        return Json.object("type", "server_tool_use", "id", id, "name", "web_search", "input", new JsonObject(), "caller", DIRECT);
    }

    static JsonObject results(Event.SearchResults results) {
        var content = results.error().isEmpty()
            ? Json.arrayOf(results.results().stream().filter(found -> found.url().length() <= LONGEST_URL)
                .map(SearchBlocks::result).toList())
            : Json.object("type", "web_search_tool_result_error", "error_code", results.error());
        return Json.object("type", "web_search_tool_result", "tool_use_id", results.id(), "content", content, "caller", DIRECT);
    }

    private static JsonObject result(SearchResult found) {
        return Json.object("type", "web_search_result", "url", found.url(), "title",
            cut(found.title().isEmpty() ? found.url() : found.title(), LONGEST_TITLE),
            "encrypted_content", cut(found.snippet(), LONGEST_TEXT), "page_age", found.age().isEmpty() ? null : found.age());
    }

    static JsonObject citation(SearchResult source) {
        var title = source.title().isEmpty() ? null : cut(source.title(), LONGEST_TITLE);
        return Json.object("type", "web_search_result_location", "url", source.url(), "title", title, "encrypted_index", "",
            "cited_text", source.snippet());
    }

    private static String cut(String text, int longest) { return text.length() <= longest ? text : text.substring(0, longest); }
}
