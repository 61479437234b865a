package lib.answer;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Counts the replies in a row in which a model said nothing to a conversation. Claude Code sends a request that failed up to
/// ten times more, so the last of them must be an error that it does not repeat.
public final class EmptyReplies {
    private static final int MOST = 3, KEPT = 256;

    private final SequencedMap<String, Integer> inARow = new LinkedHashMap<>();

    /// What to tell the client of one more, which a second attempt has not cured.
    public synchronized ApiError another(String reason, Request request, Route route) {
        var key = key(request);
        var times = inARow.getOrDefault(key, 0) + 1;
        inARow.remove(key);   // the latest is last
        inARow.put(key, times);
        if (inARow.size() > KEPT) inARow.pollFirstEntry();
        if (times < MOST) return new ApiError(500, reason);
        return ApiError.invalid(route.label() + " has answered this conversation with nothing " + times + " times in a row (" + reason
            + "); rephrase the request, start a new conversation, or choose another model");
    }

    public synchronized void end(Request request) {
        if (!inARow.isEmpty()) inARow.remove(key(request));
    }

    /// A conversation is known by its beginning: the client may add to its end before it tries again.
    private static String key(Request request) {
        var messages = Json.list(request.message(), "messages");
        return request.session() + " " + Hash.hex(messages.isEmpty() ? "" : Json.write(messages.getFirst()), 16);
    }
}
