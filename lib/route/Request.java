package lib.route;

import module java.base;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.wire.*;

/// What the client asked: its message as a tree and as it came, its headers in lower case, and its length in tokens
/// as far as a quick look tells.
public record Request(JsonObject message, byte[] bytes, Map<String, String> headers, long tokens) {
    public Request(JsonObject message, byte[] bytes, Map<String, String> headers) { this(message, bytes, headers, Tokens.estimate(message, bytes.length)); }

    /// The same request with a message that says it in another way.
    public Request with(JsonObject other) { return new Request(other, Json.bytes(other), headers); }

    public String model() { return Json.text(message, "model"); }

    public boolean streams() { return Json.flag(message, "stream"); }

    /// One per conversation: what a provider's prompt cache should be keyed by.
    public String session() { return headers.getOrDefault("x-claude-code-session-id", ""); }
}
