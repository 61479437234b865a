package lib.message;

import module java.base;

import lib.json.*;

/// The advisor of Claude Code's `--advisor`: a second Claude that only Anthropic's own API asks for advice.
public final class Advisor {
    private static final String NAME = "advisor";

    private Advisor() {}

    static boolean is(JsonElement tool) { return Json.text(tool, "type").startsWith("advisor_2"); }

    static boolean isCall(JsonElement block) {
        return Json.text(block, "type").equals("server_tool_use") && Json.text(block, "name").equals(NAME);
    }

    /// The message for Claude on a cloud, which reads all the rest itself: advice that was given stays as text. Without
    /// an advisor it is the same message.
    public static JsonObject leftOut(JsonObject message, Consumer<String> leftOut) {
        var advisors = Json.list(message, "tools").stream().filter(Advisor::is).toList();
        var mentioned = Json.list(message, "messages").stream().flatMap(turn -> Json.list(turn, "content").stream())
            .anyMatch(Advisor::isMentioned);
        if (advisors.isEmpty() && !mentioned) return message;
        advisors.forEach(tool -> leftOut.accept(ClientTools.leftOut(tool)));
        var own = Json.shallow(message);
        var tools = Json.list(message, "tools").stream().filter(tool -> !is(tool)).toList();
        if (tools.isEmpty()) Json.drop(own, "tools");
        else Json.put(own, "tools", Json.arrayOf(tools));
        if (tools.isEmpty() || Json.text(message, "tool_choice", "name").equals(NAME)) Json.drop(own, "tool_choice");
        var turns = Json.list(message, "messages").stream().map(Advisor::turn).filter(turn -> !isEmpty(turn)).toList();
        Json.put(own, "messages", Json.arrayOf(turns));
        return own;
    }

    private static boolean isMentioned(JsonElement block) {
        return switch (Json.text(block, "type")) {
            case "tool_addition", "tool_removal" ->
                Json.text(block, "tool", "name").equals(NAME) || is(Json.at(block, "tool", "definition"));
            case "advisor_tool_result" -> true;
            default -> isCall(block);
        };
    }

    private static JsonElement turn(JsonElement turn) {
        var content = Json.list(turn, "content");
        if (content.stream().noneMatch(Advisor::isMentioned)) return turn;
        var own = Json.shallow(Json.at(turn));
        var kept = content.stream().flatMap(block -> isMentioned(block) ? advice(block) : Stream.of(block)).toList();
        Json.put(own, "content", Json.arrayOf(kept));
        return own;
    }

    private static Stream<JsonObject> advice(JsonElement block) {
        var text = Json.text(block, "type").equals("advisor_tool_result") ? PlainText.text(block) : "";
        return text.isEmpty() ? Stream.empty() : Stream.of(History.text(text));
    }

    /// Nothing is left of it, or nothing was in it.
    private static boolean isEmpty(JsonElement turn) {
        return Json.find(turn, "content").isJsonArray() && Json.list(turn, "content").isEmpty() && !Json.has(turn, "output_config");
    }
}
