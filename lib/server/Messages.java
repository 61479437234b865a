package lib.server;

import module java.base;

import lib.answer.*;
import lib.ledger.*;
import lib.media.*;
import lib.reply.*;
import lib.route.*;
import lib.routing.*;
import lib.search.*;
import lib.wire.*;

/// POST /v1/messages: the one job. Read this first.
final class Messages {
    private final Intake intake;
    private final Supplier<Routes> routes;
    private final ContextWindows windows;
    private final Calibration calibration;
    private final Searches searches;
    private final Upstream upstream;
    private final Ids ids;
    private final Timing timing;
    private volatile String session = "";
    private final Attempts.Memory memory;
    private final MediaFitting fitting = new MediaFitting();
    private final PictureDescriptions descriptions;

    /// `watcher` hears of the requests that FreeCC makes of its own to answer a client's.
    Messages(Server.Parts parts, Intake intake, Consumer<Outcome> watcher) {
        this.intake = intake;
        this.routes = parts.routes();
        this.windows = parts.windows();
        this.calibration = new Calibration(parts.log()::warning);
        this.searches = new Searches(() -> parts.routes().get().config(), parts.ids(), parts.log()::warning);
        this.upstream = parts.upstream();
        this.ids = parts.ids();
        this.timing = parts.timing();
        var fallbacks = new Fallbacks((route, asked) -> parts.routes().get().fallbacks(route, asked).stream().map(windows::fitted).toList(),
            timing.pauses().clock());
        var lessons = new Lessons(InstantSource.system(), parts.log()::info);
        var ofPictures = new Attempts.Memory(lessons, new EmptyReplies(), calibration, this::seen, timing.pauses(), fallbacks);
        var side = new SideRequest(upstream, ids, ofPictures, watcher);
        this.descriptions = new PictureDescriptions(() -> routes.get().role(PictureDescriptions.VARIABLE).map(windows::fitted),
            side::said, parts.log()::redacted);
        this.memory = new Attempts.Memory(lessons, new EmptyReplies(), calibration,
            (request, route) -> fitting.fitted(request, route, descriptions), timing.pauses(), fallbacks);
    }

    /// A request about a picture, for a route that has to see it.
    private Request seen(Request request, Route route) {
        if (route.accepts().isBlind()) throw ApiError.invalid(route.label() + " does not accept images");
        return fitting.fitted(request, route, (_, _) -> Map.of());
    }

    /// The request as it would go to the provider, as far as that is known without asking anybody.
    Request counted(Request request, Route route) { return fitting.fitted(request, route, descriptions::known); }

    /// What the answers have taught about the models' tokens.
    Calibration calibration() { return calibration; }

    /// Who answers in place of a route that fails.
    Fallbacks fallbacks() { return memory.fallbacks(); }

    /// The conversation that was asked about last; empty before the first request.
    String session() { return session; }

    /// What it takes to answer the request. Only the attempts hold on to the request itself.
    Exchange exchange(Request request, ClientResponse client, RequestLog log) {
        log.received(request);
        var route = new Dispatch(routes.get(), windows, calibration).of(request);
        if (!request.isSubagent()) session = request.session();
        var attempts = new Attempts(route, taught -> plan(intake.taken(request, taught), taught), ids, memory);
        var id = ids.next("msg");
        var out = request.streams() ? new Sse(log.inspected().tapped(client), id, request.model())
            : new MessageBuilder(id, request.model());
        return new Exchange(attempts, out, client, log, timing);
    }

    private Searches.Plan plan(Request taken, Route taught) {
        var plan = searches.plan(taken, taught);
        return plan.with(StructuredAnswer.of(plan.request(), plan.route()));
    }

    /// The client gets the reply, or an error: never silence, and never an end that looks like a whole reply's.
    void answer(Exchange exchange) throws IOException {
        try (exchange) {
            try {
                reply(exchange);
            } catch (ApiError error) {
                exchange.fail(error);
            } catch (Sse.ClientGone gone) {
                throw gone;
            } catch (RuntimeException | Error fault) {
                exchange.failed(fault);
                throw fault;
            }
        }
    }

    /// Sends each attempt and reads its answer, until one is a whole reply.
    private void reply(Exchange exchange) throws IOException {
        var attempts = exchange.attempts();
        while (attempts.next())
            try (var answer = upstream.to(attempts.route().provider()).send(exchange.asking())) {
                exchange.read(answer);
            } catch (FetchElsewhere elsewhere) {
                exchange.fetch(elsewhere);
            } catch (NextTurn next) {
                attempts.goOn(next, exchange.reply());
            } catch (RetryReply reason) {
                attempts.retry(reason, exchange.reply());
            } catch (ApiError refusal) {
                exchange.refused(refusal);
            }
        exchange.end();
    }
}
