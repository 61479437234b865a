package lib.route;

import module java.base;

import lib.json.*;
import lib.message.*;

/// The client's request: its message as a tree and as bytes, its headers in lower case, and a quick estimate of its tokens.
public record Request(JsonObject message, byte[] bytes, Map<String, String> headers, long tokens) {
    /// The header in which Claude Code names the conversation.
    public static final String SESSION = "x-claude-code-session-id";
    /// The header in which FreeCC notes the name of the client's key. What a client writes there is discarded.
    public static final String KEY_NAME = "x-freecc-key-name";

    public Request(JsonObject message, byte[] bytes, Map<String, String> headers) {
        this(message, bytes, headers, Tokens.estimate(message, bytes.length));
    }

    /// The same request with a message that says it in another way.
    public Request with(JsonObject other) { return new Request(other, Json.bytes(other), headers); }

    /// The same conversation after another turn. A tool that the client wants to be called was to be called in the first.
    public Request followedBy(NextTurn next) {
        var longer = Json.shallow(message);
        var turns = new ArrayList<>(Json.list(message, "messages"));
        turns.addAll(next.messages());
        Json.put(longer, "messages", Json.arrayOf(turns));
        var before = Json.text(message, "tool_choice", "type");
        var same = next.choice().equals(before.isEmpty() ? "auto" : before);   // one more word would be another prompt to a cache
        if (Json.has(message, "tools") && !before.equals("none") && !same) {
            var choice = Json.shallow(Json.at(message, "tool_choice"));
            Json.drop(choice, "name");
            Json.put(choice, "type", next.choice());
            Json.put(longer, "tool_choice", choice);
        }
        return with(longer);
    }

    /// The same request with a better estimate of its tokens.
    public Request estimated(long other) { return new Request(message, bytes, headers, other); }

    public String model() { return Json.text(message, "model"); }

    public boolean streams() { return Json.flag(message, "stream"); }

    public boolean isSubagent() { return !agent().isEmpty(); }

    /// The subagent that asks; empty if the request is not from a subagent.
    public String agent() { return headers.getOrDefault("x-claude-code-agent-id", ""); }

    /// Identifies the conversation, for the provider's prompt cache.
    public String session() { return headers.getOrDefault(SESSION, ""); }

    /// The name of the client's key; empty if it has none.
    public String keyName() { return headers.getOrDefault(KEY_NAME, ""); }

    /// Another request of the same conversation, which the answer to this one needs.
    public Request beside(JsonObject other) {
        return new Request(other, Json.bytes(other), Map.of(SESSION, session(), KEY_NAME, keyName()));
    }
}
