package lib.server;

import lib.dialect.Again;
import lib.dialect.Draft;
import lib.dialect.Follow;
import lib.dialect.Mend;
import lib.dialect.Request;
import lib.dialect.Route;
import lib.dialect.Terms;
import lib.reply.Reply;
import lib.wire.ApiError;
import lib.wire.Ask;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The asks of one request: the first, and another for as long as there is something to mend and the budget lasts.
final class Attempts implements Iterable<Ask>, Iterator<Ask> {
    private static final int BUDGET = 4;
    /// Refusals of who asks and not of what is asked.
    private static final Set<Integer> OF_THE_CUSTOMER = Set.of(401, 402, 403, 429);

    /// What refusals have taught about each model, for the life of the process.
    static final class Lessons {
        private final Map<String, List<Mend>> byModel = new ConcurrentHashMap<>();

        Route applied(Route route) {
            var known = route;
            for (var mend : byModel.getOrDefault(key(route), List.of())) known = known.with(mend);
            return known;
        }

        private void learn(Route route, Mend mend) {
            byModel.merge(key(route), List.of(mend), (old, more) -> {
                var all = new ArrayList<>(old);
                if (old.stream().noneMatch(known -> known.name().equals(mend.name()))) all.addAll(more);
                return List.copyOf(all);
            });
        }

        private static String key(Route route) { return route.label() + " " + route.base(); }
    }

    private final Lessons lessons;
    private final Terms terms;
    private Request request;
    private Draft sent;
    private Route route;
    private Optional<Ask> elsewhere = Optional.empty();
    private int made;
    private boolean again = true;

    Attempts(Request request, Route route, Terms terms, Lessons lessons) {
        this.request = request;
        this.route = lessons.applied(route);
        this.terms = terms;
        this.lessons = lessons;
    }

    Terms terms() { return terms; }

    @Override public Iterator<Ask> iterator() { return this; }

    @Override public boolean hasNext() { return again; }

    @Override public Ask next() {
        if (!again) throw new NoSuchElementException();
        again = false;
        if (elsewhere.isPresent()) {
            var there = elsewhere.get();
            elsewhere = Optional.empty();
            return there;
        }
        made++;
        sent = route.draft(request, terms);
        return route.ask(sent, request);
    }

    /// The answer is to be fetched elsewhere, which is part of the same attempt. The key goes to no other host: an
    /// address that was made for one answer is its own key. And no provider leads from the open net to this machine's files
    /// or to what answers in the clear around it.
    void follow(Follow there, Ask from) {
        var url = from.url().resolve(there.address());
        if (url.getAuthority() == null || !url.getScheme().equals(from.url().getScheme())) throw new ApiError(500, route.label() + " says that its answer lies at an address where no answer can lie");
        var ask = Ask.get(url.toString(), Map.of("accept", "text/event-stream, application/json"));
        elsewhere = Optional.of(url.getAuthority().equals(from.url().getAuthority()) ? route.credential().signed(ask) : ask);
        again = true;
    }

    /// The provider refused: mends the request, or gives the refusal back.
    void refused(ApiError error, Ask ask) {
        if (request != null && made < BUDGET && error.status() == 401 && route.credential().rejected(ask)) {
            again = true;   // with a new token: the old one was revoked before its time
            return;
        }
        if (request == null || made >= BUDGET || OF_THE_CUSTOMER.contains(error.status())) throw error;
        var mend = route.dialect().mend(words(error), sent, route).filter(this::isNew).orElseThrow(() -> error);
        if (mend.lasting()) lessons.learn(route, mend);
        route = route.with(mend);
        again = true;
    }

    /// What the refusal says, without the model's name, in which a parameter's may stand: `grok-4-fast-reasoning`.
    private String words(ApiError error) { return error.getMessage().replaceAll("(?<![\\w-])" + Pattern.quote(route.name()) + "(?![\\w-])", "the model"); }

    private boolean isNew(Mend mend) { return route.mends().stream().noneMatch(known -> known.name().equals(mend.name())); }

    /// Once more, and then it is an error that the client may retry.
    void again(Again better, Reply reply) {
        if (request == null || reply.committed() || made >= 2) throw new ApiError(500, better.getMessage());
        again = true;
    }

    /// The model ended its turn without a word, which a second try often cures.
    boolean silent() {
        again = request != null && made < 2;
        return again;
    }

    /// Nothing will be asked again: the request, which may be large, can go.
    void settle() {
        request = null;
        sent = null;
    }
}
