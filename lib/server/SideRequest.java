package lib.server;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.ledger.*;
import lib.media.*;
import lib.page.*;
import lib.reply.*;
import lib.route.*;
import lib.search.*;
import lib.wire.*;

/// Asks a model for a text that the answer to another request needs. It goes the whole way, with the route's dialect, quirks,
/// credential and fixes, and is logged by itself. Interrupting the thread ends it.
record SideRequest(Upstream upstream, Ids ids, Attempts.Memory memory, Consumer<Outcome> watcher) {
    PictureDescriptions.Said said(Request request, Route route) {
        var id = ids.next("side");
        var log = new RequestLog(id, false, Bodies.none(), _ -> { });
        log.keyed(request.keyName());
        log.received(request);
        log.routed(route);
        try {
            return answer(request, route, log);
        } catch (ApiError error) {
            log.failed(error);
            throw error;
        } catch (RuntimeException fault) {
            log.failed(ApiError.fault(fault));
            throw fault;
        } finally {
            watcher.accept(log.outcome(id));
        }
    }

    private PictureDescriptions.Said answer(Request request, Route route, RequestLog log) {
        var attempts = new Attempts(route, taught -> new Searches.Plan(request, taught, List.of()), ids, memory);
        var out = new MessageBuilder(ids.next("side"), request.model());
        var reply = new Reply(out, attempts.tokens(), log::firstToken, attempts::commit);
        log.answering(attempts, reply);
        while (attempts.next())
            try (var answer = upstream.to(attempts.route().provider()).send(attempts.current().ask())) {
                attempts.answered(answer.status());
                read(answer, attempts.current(), reply);
            } catch (FetchElsewhere elsewhere) {
                throw new ApiError(500, route.label() + " answers later, which FreeCC does not wait for here");
            } catch (RetryReply reason) {
                attempts.retry(reason, reply);
            } catch (ApiError refusal) {
                attempts.refused(refusal);
                reply.restart();
            }
        reply.end();
        return new PictureDescriptions.Said(attempts.route().label(), text(out.json(), attempts.route()));
    }

    private static void read(Answer answer, Attempt attempt, Reply reply) {
        if (!answer.ok()) throw attempt.dialect().error(answer, attempt.route());
        AnswerReader.read(answer.frames(() -> { }), attempt.context(), reply);
        if (reply.isEmpty()) throw new RetryReply("the model answered nothing");
    }

    private static String text(String message, Route route) {
        var text = Json.list(Json.objectIn(message), "content").stream().map(block -> Json.text(block, "text"))
            .collect(Collectors.joining()).strip();
        if (text.isEmpty()) throw new ApiError(500, route.label() + " answered without text");
        return text;
    }
}
