package lib.message;

import module java.base;

import lib.json.*;

/// The web search that a client offers to the model, and that Anthropic's servers make for Claude: how often, and where.
///
/// @param name   what the client calls the tool
/// @param place  the user's `user_location`, or an empty object
/// @param forced the model has to search
/// @param alone  the model can call nothing else
/// @param asked  what the user asks for
public record WebSearch(String name, int maxUses, Domains domains, JsonObject place, boolean forced, boolean alone, String asked) {
    /// One that nobody asked for.
    public static final WebSearch ANY = new WebSearch("", 0, Domains.ANY, new JsonObject(), false, false, "");
    private static final int MOST = 20;
    /// Claude Code 2.1.332 asks in these words.
    private static final String PREAMBLE = "Perform a web search for the query: ";

    public static boolean is(JsonElement tool) { return Json.text(tool, "type").startsWith("web_search_"); }

    /// The search that a message offers and does not forbid.
    public static Optional<WebSearch> in(JsonObject message) {
        if (Json.text(message, "tool_choice", "type").equals("none")) return Optional.empty();
        return Json.list(message, "tools").stream().filter(WebSearch::is).findFirst().map(tool -> of(tool, message));
    }

    private static WebSearch of(JsonElement tool, JsonObject message) {
        var name = Json.text(tool, "name");
        var most = Json.number(tool, "max_uses");
        var forced = Json.text(message, "tool_choice", "type").equals("tool") && Json.text(message, "tool_choice", "name").equals(name);
        return new WebSearch(name, most > 0 ? (int) Math.min(most, MOST) : MOST, Domains.of(tool), place(tool), forced,
            Toolbox.of(message).tools().isEmpty(), asked(message));
    }

    /// A place that does not hold the request.
    private static JsonObject place(JsonElement tool) { return Json.objectIn(Json.bytes(Json.at(tool, "user_location"))); }

    private static String asked(JsonObject message) {
        var turns = Json.list(message, "messages").stream().filter(turn -> Json.text(turn, "role").equals("user")).toList();
        if (turns.isEmpty()) return "";
        var text = PlainText.joined(Json.find(turns.getLast(), "content")).strip();
        return text.startsWith(PREAMBLE) ? text.substring(PREAMBLE.length()) : text;
    }

    /// The message without the search, if nobody can make one.
    public static JsonObject leftOut(JsonObject message) {
        var own = Json.shallow(message);
        var tools = Json.list(message, "tools").stream().filter(tool -> !is(tool)).toList();
        Json.put(own, "tools", Json.arrayOf(tools));
        var chosen = Json.text(message, "tool_choice", "name");
        var offered = tools.stream().anyMatch(tool -> Json.text(tool, "name").equals(chosen));
        if (tools.isEmpty() || Json.text(message, "tool_choice", "type").equals("tool") && !offered) Json.drop(own, "tool_choice");
        return own;
    }
}
