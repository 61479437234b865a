package lib.message;

import module java.base;

import lib.json.*;
import lib.schema.*;

/// A conversation as plain text, for services that accept nothing else: turn by turn, or as one text to continue.
public final class Transcript {
    /// A model that plays both parts starts the next user turn with this.
    public static final String NEXT_TURN = "\n\nUser:";

    private static final Map<String, String> SPEAKERS = Map.of("user", "User:", "assistant", "Assistant:", "system", "System:");

    /// Who speaks (`system`, `user` or `assistant`), and what they say.
    public record Turn(String role, String text) { }

    private Transcript() {}

    /// The system prompt, then each turn after its speaker's name, and at the end the cue for the assistant, unless the
    /// client has started the answer itself.
    public static String of(JsonObject message) {
        var turns = turns(message);
        var parts = new ArrayList<String>();
        for (var turn : turns)
            parts.add(parts.isEmpty() && turn.role().equals("system")
                ? turn.text() : SPEAKERS.getOrDefault(turn.role(), "User:") + " " + turn.text());
        if (turns.isEmpty() || !turns.getLast().role().equals("assistant")) parts.add(SPEAKERS.get("assistant"));
        return String.join("\n\n", parts);   // no space at the end: it would be part of another token
    }

    public static List<Turn> turns(JsonObject message) {
        var turns = new ArrayList<Turn>();
        var called = new HashMap<String, String>();
        add(turns, "system", Json.text(History.systemPrompt(History.system(message, Schema.ofAnswer(message)))));
        for (var turn : History.withSystem(message))
            add(turns, Json.text(turn, "role"), Json.list(turn, "content").stream().map(block -> said(block, called))
                .filter(text -> !text.isEmpty()).collect(Collectors.joining("\n")));
        return turns;
    }

    private static void add(List<Turn> turns, String role, String text) {
        if (!text.isBlank()) turns.add(new Turn(role, text.strip()));
    }

    /// A result names its tool: nothing else links it to its call.
    private static String said(JsonElement block, Map<String, String> called) {
        var text = PlainText.text(block);
        switch (Json.text(block, "type")) {
            case "tool_use" -> called.put(Json.text(block, "id"), Json.text(block, "name"));
            case "tool_result" -> {
                return (Json.flag(block, "is_error") ? "[Error of " : "[Result of ")
                    + called.getOrDefault(Json.text(block, "tool_use_id"), "a tool") + "]\n" + text;
            }
            default -> { }
        }
        return text;
    }
}
