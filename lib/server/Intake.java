package lib.server;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// What a route is asked. Anthropic's own API gets the message as it came, and judges it. For any other, the message is
/// checked and then said in a way that the provider can follow; what had to be left out is logged, each kind once.
final class Intake {
    private static final int MOST = 100, LONGEST = 150;   // a client can make up any types

    private final Log log;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    Intake(Log log) { this.log = log; }

    /// The request as the route can answer it, or a refusal that says what is wrong with it.
    Request taken(Request request, Route route) { return taken(request, route, false); }

    /// The same for a request that only counts tokens.
    Request counted(Request request, Route route) { return taken(request, route, true); }

    private Request taken(Request request, Route route, boolean counting) {
        if (route.has(AnthropicQuirks.CLIENT_HEALS)) return request;
        var message = request.message();
        if (Json.has(message, "thread")) throw threadless(route);
        Check.message(message, counting);
        var completed = Media.completeTypes(message);
        var isClaude = route.dialect().shape() == Shape.ANTHROPIC && route.family() == Family.CLAUDE;   // it follows directives itself
        var said = isClaude ? Advisor.leftOut(message, this::leftOut) : Directives.applied(message, this::leftOut);
        if (!route.dialect().relays()) said = ClientTools.choosable(said, this::leftOut);
        if (History.isSilent(said) && !History.isSilent(message))
            throw ApiError.invalid("messages: no message has content that " + route.label() + " can read");
        return completed || !said.equals(message) ? request.with(said) : request;
    }

    private void leftOut(String kind) {
        var line = kind.length() > LONGEST ? kind.substring(0, LONGEST) + "..." : kind;
        if (logged.size() < MOST && logged.add(line)) log.warning("left out: " + line);
    }

    /// Names the one field to leave out: the SDKs then send the whole conversation without it. A thread's history is at
    /// Anthropic, so that nobody else can go on with it. anthropic 2.14.0, lib/threads/_thread_state.py ; 2026-11.
    private static ApiError threadless(Route route) {
        return ApiError.coded(400, "thread: " + route.label() + " keeps no message threads; send the whole conversation without `thread`",
            Json.object("error_code", "thread_unsupported_request", "unsupported", Json.array("thread")));
    }
}
