package lib.server;

import lib.dialect.Again;
import lib.dialect.Follow;
import lib.dialect.Request;
import lib.dialect.Route;
import lib.dialect.Terms;
import lib.provider.Routes;
import lib.provider.ContextWindows;
import lib.reply.Reply;
import lib.reply.Sse;
import lib.reply.Whole;
import lib.wire.ApiError;
import lib.wire.Ids;
import lib.wire.Upstream;

import java.io.IOException;
import java.util.function.UnaryOperator;

/// POST /v1/messages: the one job. Read this first.
final class Messages {
    private final Routes routes;
    private final ContextWindows windows;
    private final Upstream upstream;
    private final Ids ids;
    private final UnaryOperator<String> clean;
    private final Pace pace;
    private final Attempts.Lessons lessons = new Attempts.Lessons();

    Messages(Routes routes, ContextWindows windows, Upstream upstream, Ids ids, Pace pace, UnaryOperator<String> clean) {
        this.routes = routes;
        this.windows = windows;
        this.upstream = upstream;
        this.ids = ids;
        this.clean = clean;
        this.pace = pace;
    }

    void answer(Request request, Outlet client, Entry entry) throws IOException {
        var route = windows.fitted(routes.of(request.model()));
        entry.to(route);
        if (request.streams()) stream(request, route, client, entry);
        else whole(request, route, client, entry);
    }

    private void stream(Request request, Route route, Outlet client, Entry entry) {
        var sse = new Sse(client, ids.next("msg"), request.model());
        var attempts = attempts(request, route);
        var reply = new Reply(sse, request.tokens(), attempts::settle);
        entry.of(reply);
        try (var pulse = new Pulse(paceOf(route), sse, route.dialect().relays() ? () -> { } : reply::start)) {
            relay(attempts, route, reply, client, entry, pulse, () -> {
                pulse.listening();
                sse.flush();
            });
            sse.flush();
        } catch (ApiError error) {
            if (!reply.hasStarted() && !client.isOpen()) throw error;
            entry.failed(error);
            sse.fail(error.without(clean), client.requestId());
        } catch (Sse.ClientGone gone) {
            throw gone;
        } catch (RuntimeException fault) {
            if (client.isOpen()) sse.fail(ApiError.fault(fault), client.requestId());
            throw fault;
        }
    }

    private void whole(Request request, Route route, Outlet client, Entry entry) throws IOException {
        var whole = new Whole(ids.next("msg"), request.model());
        var attempts = attempts(request, route);
        var reply = new Reply(whole, request.tokens(), attempts::settle);
        entry.of(reply);
        try (var pulse = new Pulse(paceOf(route), null, () -> { })) {
            relay(attempts, route, reply, client, entry, pulse, pulse::listening);
        }
        client.json(200, whole.json());
    }

    /// A model on this machine may read its prompt for a quarter of an hour.
    private Pace paceOf(Route route) { return Routes.isLoopback(route.url("")) ? pace.patient() : pace; }

    private Attempts attempts(Request request, Route route) { return new Attempts(request, route, Terms.of(request, route, ids), lessons); }

    /// Asks, and hears the answer out; asks again while that can help.
    private void relay(Attempts attempts, Route route, Reply reply, Outlet client, Entry entry, Pulse pulse, Runnable idle) {
        try {
            hear(attempts, route, reply, client, entry, pulse, idle);
        } catch (ApiError error) {
            throw Thread.interrupted() ? ended(pulse) : error;   // cleared, or the answer could not be written
        }
    }

    private void hear(Attempts attempts, Route route, Reply reply, Outlet client, Entry entry, Pulse pulse, Runnable idle) {
        for (var ask : attempts)
            try (var answer = upstream.send(ask)) {
                if (!ask.method().equals("GET")) pulse.listening();   // who only looks whether there is an answer has heard none
                if (!answer.ok()) throw route.dialect().error(answer, route);
                if (route.dialect().relays()) client.passOn(answer);
                route.dialect().events(entry.heard(answer.frames(idle)), attempts.terms(), reply);
                if (reply.isEmpty() && attempts.silent()) continue;
            } catch (Follow elsewhere) {
                if (ask.method().equals("GET")) rest(pulse);   // it was looked for, and is not ready
                attempts.follow(elsewhere, ask);
            } catch (Again better) {
                attempts.again(better, reply);
            } catch (ApiError error) {
                attempts.refused(error, ask);
            }
        reply.end();
    }

    private void rest(Pulse pulse) {
        try {
            Thread.sleep(pace.beat());
        } catch (InterruptedException e) {
            throw ended(pulse);
        }
    }

    /// Why the thread that listens was interrupted.
    private static RuntimeException ended(Pulse pulse) {
        return switch (pulse.cause()) {
            case CLIENT_GONE -> new Sse.ClientGone();
            case PROVIDER_SILENT -> new ApiError(504, "the provider has said nothing for too long");
            case NONE -> new ApiError(500, "FreeCC is stopping");
        };
    }
}
