package lib.request;

import module java.base;

import lib.json.*;

/// Fields that OpenAI's two APIs have in common.
public final class OpenAiFields {
    private OpenAiFields() {}

    /// Offers the functions in the API's own format; `one` is the value that names the chosen function.
    public static void offer(JsonObject body, JsonObject message, JsonArray functions, JsonObject one) {
        if (functions.isEmpty()) return;
        Json.put(body, "tools", functions);
        switch (Json.text(message, "tool_choice", "type")) {
            case "any" -> Json.put(body, "tool_choice", "required");
            case "none" -> Json.put(body, "tool_choice", "none");
            case "auto" -> Json.put(body, "tool_choice", "auto");
            case "tool" -> Json.put(body, "tool_choice", one);
            default -> { }
        }
        if (Json.flag(message, "tool_choice", "disable_parallel_tool_use")) Json.put(body, "parallel_tool_calls", false);
    }

    public static void tier(JsonObject body, JsonObject message) {
        switch (Json.text(message, "service_tier")) {
            case "auto" -> Json.put(body, "service_tier", "auto");
            case "standard_only" -> Json.put(body, "service_tier", "default");
            default -> { }
        }
    }
}
