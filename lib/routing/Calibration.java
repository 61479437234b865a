package lib.routing;

import module java.base;

import lib.message.*;
import lib.model.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// How the tokens that a provider reports for a model compare with FreeCC's own counts, which are corrected accordingly.
/// It also notices when a provider read far less than it was sent.
public final class Calibration {
    private static final int MOST_MODELS = 200, MOST_COUNTS = 8, LARGEST_COUNTED = 400_000;
    /// Shorter prompts say more about the template around them, and a count this far off is about something else: a cache
    /// that was left out, a prompt that was cut.
    private static final int SHORTEST = 500, SHORTEST_CUT = 4000;
    private static final double LEAST = 0.5, MOST = 2, NEW = 0.3;

    /// The factors for the quick estimate and for the count, and how many answers taught them.
    private record Factors(double estimate, double count, int estimates, int counts) {
        static final Factors NONE = new Factors(1, 1, 0, 0);
    }

    /// What is remembered of a request until its answer has come.
    public record Sent(Route route, long estimate, boolean hasMedia, Optional<Future<Long>> count) { }

    private final Consumer<String> warn;
    private final Set<String> warned = new HashSet<>();
    private final Map<String, Factors> models = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<String, Factors> eldest) { return size() > MOST_MODELS; }
    };

    public Calibration(Consumer<String> warn) { this.warn = warn; }

    /// The quick estimate of the prompt's tokens, as this model counts.
    public long tokens(Request request, Route route) { return Math.round(request.tokens() * of(route).estimate); }

    /// The request with an estimate for this model.
    public Request fitted(Request request, Route route) { return request.estimated(tokens(request, route)); }

    /// The tokens that the model will see, counted here.
    public long counted(Request request, Route route) { return Math.round(exact(request, route) * of(route).count); }

    private static long exact(Request request, Route route) { return Tokens.count(request.message(), TokenCounter.of(route.name())); }

    /// Counting takes time: it is done for the first requests to a model only, and beside the request.
    public Sent sent(Request request, Route route) {
        var hasMedia = Tokens.hasMedia(request.message());
        var counts = !hasMedia && of(route).counts < MOST_COUNTS && request.tokens() >= SHORTEST
            && request.bytes().length <= LARGEST_COUNTED;
        if (!counts) return new Sent(route, request.tokens(), hasMedia, Optional.empty());
        var count = new FutureTask<>(() -> exact(request, route));
        Thread.ofVirtual().start(count);
        return new Sent(route, request.tokens(), hasMedia, Optional.of(count));
    }

    /// The provider has counted the prompt.
    public void answered(Sent sent, Event.Usage usage) {
        if (usage.prompt() <= 0 || sent.hasMedia || sent.estimate < SHORTEST) return;
        var estimate = (double) usage.prompt() / sent.estimate;
        var known = of(sent.route);
        if (estimate < known.estimate * LEAST && sent.estimate >= SHORTEST_CUT) warn(sent, usage);
        if (estimate < LEAST || estimate > MOST) return;
        var counted = sent.count.filter(Future::isDone).map(Future::resultNow).map(count -> usage.prompt() / (double) Math.max(1, count))
            .filter(factor -> factor >= LEAST && factor <= MOST);
        learn(sent.route, new Factors(smoothed(known.estimate, estimate, known.estimates),
            counted.map(factor -> smoothed(known.count, factor, known.counts)).orElse(known.count),
            known.estimates + 1, known.counts + (counted.isPresent() ? 1 : 0)));
    }

    private static double smoothed(double old, double now, int times) { return times == 0 ? now : old + NEW * (now - old); }

    private Factors of(Route route) {
        synchronized (models) {
            return models.getOrDefault(key(route), Factors.NONE);
        }
    }

    private void learn(Route route, Factors factors) {
        synchronized (models) {
            models.put(key(route), factors);
        }
    }

    private static String key(Route route) { return route.label() + " " + route.base(); }

    /// Once for each model.
    private void warn(Sent sent, Event.Usage usage) {
        synchronized (models) {
            if (warned.size() >= MOST_MODELS || !warned.add(key(sent.route))) return;
        }
        var remedy = Loopback.isUrl(sent.route.base())
            ? "give the server a larger context (Ollama: OLLAMA_CONTEXT_LENGTH or num_ctx; llama.cpp: --ctx-size; vLLM: --max-model-len)"
            : "choose a model with a larger context window, or use /compact earlier";
        warn.accept("%s counted %d prompt tokens for a request of about %d: it seems to have cut off part of the conversation; %s"
            .formatted(sent.route.label(), usage.prompt(), Math.round(sent.estimate * of(sent.route).estimate), remedy));
    }
}
