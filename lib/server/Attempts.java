package lib.server;

import module java.base;

import lib.answer.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.routing.*;
import lib.search.*;
import lib.wire.*;

/// The attempts at one request: the first, and another as long as a change or a second try can help and the budget lasts.
final class Attempts {
    private static final int BUDGET = 4;
    /// Errors about the account (key, quota, payment), which no change to the request can fix.
    private static final Set<Integer> ACCOUNT_ERRORS = Set.of(401, 402, 403, 429);
    /// What another of a provider's APIs may answer because it does not know the model, or is not there.
    private static final Set<Integer> UNSERVED = Set.of(400, 404, 405, 422);

    private static final Pattern VARIABLE = Pattern.compile("\\b[A-Z][A-Z0-9]{0,30}(_[A-Z0-9]{1,30}){0,6}_(KEY|TOKEN|SECRET|ID)\\b");

    /// What earlier requests have left for later ones: lessons about models, conversations that got empty replies, how the models
    /// count, and what `fitting` has made of files that a route does not accept.
    record Memory(Lessons lessons, EmptyReplies emptyReplies, Calibration calibration, BiFunction<Request, Route, Request> fitting,
                  Pauses pauses, Fallbacks fallbacks) {
        Memory(Lessons lessons, EmptyReplies emptyReplies, Calibration calibration, BiFunction<Request, Route, Request> fitting) {
            this(lessons, emptyReplies, calibration, fitting, Pauses.SYSTEM, Fallbacks.NONE);
        }
    }

    /// A change that was made, and the refusal that asked for it.
    private record Tried(Fix fix, ApiError refusal) { }

    private final Memory memory;
    private Optional<Function<Route, Searches.Plan>> plans;   // holds the request, and is empty when that is
    private final Route asked;
    private final RetryBudget budget;
    private final Deque<Route> chain;   // those that were not asked yet
    private final boolean hasFallbacks;
    private Route serving;   // the one of them that is asked now
    private Optional<ApiError> firstFailure = Optional.empty();
    private final List<Tried> tried = new ArrayList<>();
    private final List<String> retries = new ArrayList<>(), keyRests = new ArrayList<>();
    private final Ids ids;
    private Calibration.Sent sent;
    private final long tokens;
    private Optional<Request> request;   // empty once it is not needed any more
    private Optional<Draft> draft = Optional.empty();
    private Optional<Ask> elsewhere = Optional.empty();
    private volatile Route route;
    private volatile List<Continuation> continuations;
    private Attempt current;
    private String home = "";   // the host that the key is for
    private int made, before, keys;   // all attempts, those at earlier turns, and those with another key than the first
    private int answered;   // the HTTP status of the current one, 0 before there is an answer
    private boolean again = true, retried, committed;

    /// `plans` says what to send to a route, which depends on what refusals have taught about it. The continuations are in the
    /// order of their distance from the client.
    Attempts(Route asked, Function<Route, Searches.Plan> plans, Ids ids, Memory memory) {
        this.asked = asked;
        this.budget = new RetryBudget(memory.pauses());
        this.plans = Optional.of(plans);
        this.ids = ids;
        this.memory = memory;
        var plan = plan(asked);
        this.tokens = memory.calibration().fitted(plan.request(), plan.route()).tokens();
        this.chain = new ArrayDeque<>(memory.fallbacks().chain(asked, plan.request().model()));
        this.hasFallbacks = chain.size() > 1;
        this.serving = chain.remove();
        follow(serving == asked ? plan : plan(serving));
    }

    private Searches.Plan plan(Route route) { return plans.orElseThrow().apply(memory.lessons().applied(route)); }

    private void follow(Searches.Plan plan) {
        request = Optional.of(plan.request().estimated(tokens));
        sent = memory.calibration().sent(plan.request(), plan.route());
        route = plan.route().keyed(plan.request().session());
        continuations = plan.continuations();
    }

    /// The prompt's length, as far as a quick look tells.
    long tokens() { return tokens; }

    Route route() { return route; }

    /// The reply is whole. What the provider counted for several turns together says nothing about one prompt.
    void end(Reply reply) {
        if (before == 0 && reply.isCounted()) memory.calibration().answered(sent, reply.usage());
    }

    /// Whether another route may still answer.
    boolean hasFallback() { return !committed && before == 0 && !chain.isEmpty(); }

    /// The route that should have answered; empty if it did.
    String fallbackFrom() { return serving == asked ? "" : asked.label(); }

    int made() { return made; }

    List<Continuation> continuations() { return continuations; }

    /// Why a provider was asked again, in a word each.
    List<String> retries() { return List.copyOf(retries); }

    /// The provider of each key that was put to rest.
    List<String> keyRests() { return List.copyOf(keyRests); }

    Attempt current() { return current; }

    /// Makes the next attempt, if there is to be one. It is kept here and nowhere else, so that its body can be let go.
    boolean next() {
        if (!again) return false;
        again = false;
        answered = 0;
        try {
            current = elsewhere.map(ask -> new Attempt(route, current.context(), ask)).orElseGet(() -> another(request.orElseThrow()));
        } catch (ApiError unsigned) {   // no token, or a picture that nobody can describe
            abandoned(unsigned);
            return next();
        }
        elsewhere = Optional.empty();
        return true;
    }

    /// This route will not answer: another one does, or the error is given back. In the end it is the first provider's own.
    void abandoned(ApiError error) {
        if (serving == asked) firstFailure = Optional.of(error);
        if (hasFallbacks && !committed && Fallbacks.mayHelp(error, route, route))
            memory.fallbacks().failed(serving);
        while (hasFallback()) {
            var other = chain.remove();
            if (Fallbacks.mayHelp(error, serving, other) && takes(other)) return;
        }
        if (hasFallbacks && serving != asked && firstFailure.isPresent()) {
            route = route.label().equals(asked.label()) ? route : asked;
            serving = asked;
        }
        throw hasFallbacks ? firstFailure.orElse(error) : error;
    }

    private boolean takes(Route other) {
        try {
            follow(plan(other));
        } catch (ApiError unfit) {   // this request is not for that route
            return false;
        }
        memory.lessons().note(serving.label() + " failed: " + other.label() + " is asked");
        serving = other;
        tried.clear();
        retried = false;
        keys = made;
        again("fallback");
        return true;
    }

    /// The provider has answered with this status.
    void answered(int status) { answered = status; }

    private Attempt another(Request given) {
        made++;
        var request = memory.fitting().apply(given, route);
        var context = ReplyContext.of(request, route, ids);
        var drafted = route.draft(request, context);
        draft = Optional.of(drafted);
        var ask = route.ask(drafted, request);
        home = ask.url().getAuthority();
        return new Attempt(route, context.sentIn(drafted.read()), ask);
    }

    /// The answer is to be fetched elsewhere, which is part of the same attempt. The key goes to no other host: a URL that
    /// was made for one answer is its own key. And no provider leads from the internet to this machine's files, or to a
    /// host that answers unencrypted.
    void fetch(FetchElsewhere elsewhere) {
        var from = current.ask();
        var url = from.url().resolve(elsewhere.address());
        if (url.getAuthority() == null || !url.getScheme().equals(from.url().getScheme()))
            throw new ApiError(500, route.label() + " returned a follow-up URL that FreeCC does not allow: " + url);
        var ask = Ask.get(url.toString(), Map.of("accept", "text/event-stream, application/json"));
        this.elsewhere = Optional.of(url.getAuthority().equals(home) ? route.credential().signed(ask) : ask);
        again = true;
    }

    /// The provider refused: changes the request so that it may be accepted, or gives the refusal back.
    void refused(ApiError error) {
        try {
            answerTo(error);
        } catch (ApiError last) {
            abandoned(last);
        }
    }

    private void answerTo(ApiError error) {
        if (committed || isSpent()) throw error.status() == 401 ? advised(error) : error;
        if (error.status() == 401 && route.credential().rejected(current.ask())) {
            again("token");   // the old one was revoked before its time
            return;
        }
        var other = route.credential().instead(error);
        if (other.isPresent()) {
            memory.lessons().note(route.label() + ": " + route.credential().variables() + " rests (HTTP " + error.status() + ")");
            route = route.with(other.get());
            keys++;
            keyRests.add(route.provider());
            again("key");
            return;
        }
        if (error.status() == 401) throw advised(error);
        if (ACCOUNT_ERRORS.contains(error.status())) throw error;
        if (!current.isPoll() && budget.repeats(error, answered)) {
            again("failure");
            return;
        }
        var fix = fix(error).orElseThrow(() -> error);
        tried.add(new Tried(fix, error));
        memory.lessons().tried(route, fix);
        if (fix.isOfSearch()) follow(plans.orElseThrow().apply(inItsOwnApi().with(fix)));
        else route = route.with(fix);
        again("refusal");
    }

    /// The route with all that was learned, in the API of the conversation.
    private Route inItsOwnApi() {
        var own = serving.with(route.credential());
        for (var fix : route.fixes()) if (!own.fixes().contains(fix)) own = own.with(fix);
        return own;
    }

    private void again(String why) {
        retries.add(why);
        again = true;
    }

    /// A key that the provider rejects, with the variable that holds it.
    private ApiError advised(ApiError error) {
        var variables = route.credential().variables();
        return variables.isEmpty() || VARIABLE.matcher(error.getMessage()).find() ? error : error.advising("check " + variables);
    }

    /// The change that the refusal asks for, if it was not made before. The same refusal again says that the last change
    /// did not help: then the first refusal is the one that counts.
    private Optional<Fix> fix(ApiError error) {
        for (var earlier : tried) if (Wording.lasting(earlier.refusal().getMessage())
            .equals(Wording.lasting(error.getMessage()))) throw earlier.refusal();
        if (Errors.isOfContent(error)) return Optional.empty();
        return draft.flatMap(sent -> search(error, sent)
            .or(() -> route.dialect().fix(Wording.of(error.getMessage(), sent.read(), route.name()), sent, route))).filter(this::isNew);
    }

    /// Somebody else makes the search, from the beginning: what the provider's has brought so far is not kept.
    private Optional<Fix> search(ApiError error, Draft sent) {
        if (route.dialect().getClass() != serving.dialect().getClass() && UNSERVED.contains(error.status()))
            return Optional.of(Fix.SEARCH_IN_CHAT).filter(this::isNew);
        return SearchRefusals.fix(error, sent.read(), request.orElseThrow().message(), route).filter(this::isNew);
    }

    private boolean isNew(Fix fix) { return route.fixes().stream().noneMatch(known -> known.name().equals(fix.name())); }

    /// The model said nothing that can be used, which a second try often cures. Then it is an error.
    void retry(RetryReply reason, Reply reply) {
        if (committed) throw new ApiError(500, reason.getMessage());
        if (retried || isSpent()) {
            abandoned(memory.emptyReplies().another(reason.getMessage(), request.orElseThrow(), route));
            reply.restart();
            return;
        }
        retried = true;
        again("empty");
        reply.restart();
    }

    /// The model has ended its turn, and takes another. Its attempts are counted and refused by themselves.
    void goOn(NextTurn next, Reply reply) {
        request = request.map(said -> said.followedBy(next));
        next.route().ifPresent(other -> route = other.keyed(request.map(Request::session).orElse("")));
        before = made;
        tried.clear();
        retried = committed = false;
        again = true;
        reply.nextTurn(next.route().isEmpty());
    }

    /// Another key is another first try.
    private boolean isSpent() { return made - before - keys >= BUDGET; }

    /// Content has gone out, so this turn will not be asked for again: what was sent, which may be large, is let go. The
    /// request itself is kept only if another turn may follow.
    void commit() {
        if (committed) return;
        committed = true;
        request.ifPresent(memory.emptyReplies()::end);
        if (hasFallbacks) memory.fallbacks().answered(serving);
        memory.lessons().learn(serving, tried.stream().map(Tried::fix).toList());
        if (continuations.isEmpty()) request = Optional.empty();
        if (continuations.isEmpty()) plans = Optional.empty();
        draft = Optional.empty();
        current = current.sent();
    }
}
