package lib.route;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.wire.*;

/// What reading the reply needs from the request, so that the request itself can be released once it is sent.
/// `stops` are all stop sequences, `sent` those that the provider gets; `begun`: the client started the answer itself;
/// `thinks`: the model is asked to think; `tools`: those that may be called, and what each takes; `search`: the web search that
/// the provider is to make itself.
public record ReplyContext(Route route, boolean streams, boolean thinks, boolean oneCall, ToolNames names, boolean toolbox,
                           List<String> stops, List<String> sent, boolean begun, Map<String, InputShape> tools,
                           Optional<WebSearch> search, Ids ids) {
    /// The API's limit: https://platform.openai.com/docs/api-reference/chat/create
    private static final int NAME_LENGTH = 64;
    private static final String TEXT_ONLY = "TEXT ONLY";

    public static ReplyContext of(Request request, Route route, Ids ids) {
        var stops = Json.list(request.message(), "stop_sequences").stream().map(Json::text).filter(stop -> !stop.isEmpty()).toList();
        var sent = Math.min(route.dialect().stops(route), stops.size());
        var message = request.message();
        var oneCall = Json.flag(message, "tool_choice", "disable_parallel_tool_use");
        return new ReplyContext(route, request.streams(), !Effort.of(message).equals(Effort.OFF), oneCall,
            ToolNames.of(message, NAME_LENGTH), Toolbox.isNeeded(message), stops, stops.subList(0, sent), isBegun(message),
            callable(message), WebSearch.in(message), ids);
    }

    /// The same for the body that is sent, from which quirks and fixes may have taken stop sequences.
    public ReplyContext sentIn(JsonObject body) {
        var left = sent.stream().filter(stop -> isStop(stop, body)).toList();
        return new ReplyContext(route, streams, thinks, oneCall, names, toolbox, stops, left, begun, tools, search, ids);
    }

    /// `stop`, `stop_sequences`, or `stopSequences`, in the body or in an object of parameters.
    private static boolean isStop(String text, JsonObject body) {
        return Json.keys(body).stream().anyMatch(key -> Json.find(body, key) instanceof JsonObject inner ? isStop(text, inner)
            : key.startsWith("stop") && Json.list(body, key).stream().anyMatch(stop -> Json.text(stop).equals(text)));
    }

    /// Whether the client has begun the answer.
    public static boolean isBegun(JsonObject message) {
        var turns = Json.list(message, "messages");
        return !turns.isEmpty() && Json.text(turns.getLast(), "role").equals("assistant");
    }

    /// Empty where the client forbids calls, or summarizes the conversation and would discard them.
    private static Map<String, InputShape> callable(JsonObject message) {
        return Json.text(message, "tool_choice", "type").equals("none") || isCompaction(message) ? Map.of() : Toolbox.shapes(message);
    }

    /// Claude Code's request for a summary offers the tools only to keep the prompt cache.
    private static boolean isCompaction(JsonObject message) {
        var turns = Json.list(message, "messages").stream().filter(turn -> !Json.text(turn, "role").equals("system")).toList();
        return !turns.isEmpty() && Json.text(turns.getLast(), "role").equals("user")
            && History.blocks(Json.find(turns.getLast(), "content")).stream()
                .anyMatch(block -> Json.text(block, "text").contains(TEXT_ONLY));
    }

    /// The provider whose thoughts the reply contains.
    public String owner() { return route.provider(); }

    public String model() { return route.name(); }
}
