package lib.route;

import module java.base;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.wire.*;

/// What the reply must know of the request, so that the request itself can be let go once it is sent.
/// `stops` are all stop sequences; `unsent` those that the provider was not told of, so that they are enforced here;
/// `begun` says that the client has begun the answer itself.
public record ReplyContext(Route route, boolean oneCall, ToolNames names, boolean toolbox, List<String> stops, List<String> unsent, boolean begun, Ids ids) {
    /// The API's limit: https://platform.openai.com/docs/api-reference/chat/create
    private static final int NAME_LENGTH = 64;

    public static ReplyContext of(Request request, Route route, Ids ids) {
        var stops = Json.list(request.message(), "stop_sequences").stream().map(Json::text).filter(stop -> !stop.isEmpty()).toList();
        var sent = Math.min(route.dialect().stops(route), stops.size());
        return new ReplyContext(route, Json.flag(request.message(), "tool_choice", "disable_parallel_tool_use"), ToolNames.of(request.message(), NAME_LENGTH), Toolbox.isNeeded(request.message()),
            stops, stops.subList(sent, stops.size()), isBegun(request.message()), ids);
    }

    private static boolean isBegun(JsonObject message) {
        var turns = Json.list(message, "messages");
        return !turns.isEmpty() && Json.text(turns.getLast(), "role").equals("assistant");
    }

    /// Whose thoughts the reply holds.
    public String owner() { return route.provider(); }

    public String model() { return route.name(); }

    public List<String> sent() { return stops.subList(0, stops.size() - unsent.size()); }
}
