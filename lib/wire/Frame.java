package lib.wire;

import com.google.gson.JsonElement;

/// One message of an upstream's stream: a server-sent event, a line of NDJSON or an AWS event-stream message.
public record Frame(String event, String data) {
    /// The same with its block, if it is of one, that many places later.
    public Frame numbered(int later) {
        var data = Json.objectIn(data());
        if (!Json.isNumber(data, "index")) return this;
        Json.put(data, "index", Json.number(data, "index") + later);
        return new Frame(event, Json.write(data));
    }

    /// The data, where the provider speaks in JSON and nothing else will do.
    public JsonElement json() {
        try {
            return Json.parse(data);
        } catch (Json.Malformed e) {
            throw new ApiError(500, "the provider sent a chunk that is not JSON: " + e.getMessage());
        }
    }
}
