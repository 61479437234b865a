package lib.server;

import module java.base;

import lib.message.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// What a route is asked. Anthropic's own API gets the message as it came, and judges it; for any other, the message is
/// checked first.
final class Intake {
    /// The request as the route can answer it, or a refusal that says what is wrong with it.
    Request taken(Request request, Route route) { return taken(request, route, false); }

    /// The same for a request that only counts tokens.
    Request counted(Request request, Route route) { return taken(request, route, true); }

    private static Request taken(Request request, Route route, boolean counting) {
        if (route.has(AnthropicQuirks.CLIENT_HEALS)) return request;
        var message = request.message();
        if (Json.has(message, "thread")) throw threadless(route);
        Check.message(message, counting);
        return Media.completeTypes(message) ? request.with(message) : request;
    }

    /// Names the one field to leave out: the SDKs then send the whole conversation without it. A thread's history is at
    /// Anthropic, so that nobody else can go on with it. anthropic 2.14.0, lib/threads/_thread_state.py ; 2026-11.
    private static ApiError threadless(Route route) {
        return ApiError.coded(400, "thread: " + route.label() + " keeps no message threads; send the whole conversation without `thread`",
            Json.object("error_code", "thread_unsupported_request", "unsupported", Json.array("thread")));
    }
}
