package lib.routing;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// How the tokens that a provider reports for a model compare with FreeCC's own counts, which are corrected accordingly.
/// It also notices when a provider read far less than it was sent.
public final class Calibration {
    private static final int MOST_MODELS = 200, MOST_COUNTS = 8, MOST_SAMPLES = 4, LARGEST_COUNTED = 400_000;
    /// Shorter prompts say more about the template around them, and a count this far off is about something else: a cache
    /// that was left out, a prompt that was cut.
    private static final int SHORTEST = 500, SHORTEST_CUT = 4000;
    private static final double LEAST = 0.5, MOST = 2, NEW = 0.3;

    /// The factors for the quick estimate and for the count, and how many answers taught them.
    private record Factors(double estimate, double count, int estimates, int counts) {
        static final Factors NONE = new Factors(1, 1, 0, 0);

        Factors estimated(double factor) { return new Factors(smoothed(estimate, factor, estimates), count, estimates + 1, counts); }

        Factors counted(double factor) { return new Factors(estimate, smoothed(count, factor, counts), estimates, counts + 1); }

        private static double smoothed(double old, double now, int times) { return times == 0 ? now : old + NEW * (now - old); }
    }

    /// A request, as bytes, and the tokens of its prompt as the provider counted them.
    private record Sample(byte[] request, long prompt) { }

    /// What is known of a model: its factors, a sample to count, and how many requests were held for one since the last count.
    private static final class Known {
        Factors factors = Factors.NONE;
        Optional<Sample> sample = Optional.empty();
        int held;
    }

    /// What is remembered of a request until its answer has come.
    public record Sent(Route route, long estimate, boolean hasMedia, Optional<byte[]> held) { }

    private final Consumer<String> warn;
    private final Set<String> warned = new HashSet<>();
    private final Map<String, Known> models = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) { return size() > MOST_MODELS; }
    };

    public Calibration(Consumer<String> warn) { this.warn = warn; }

    /// The quick estimate of the prompt's tokens, as this model counts.
    public long tokens(Request request, Route route) { return Math.round(request.tokens() * of(route).estimate); }

    /// The request with an estimate for this model.
    public Request fitted(Request request, Route route) { return request.estimated(tokens(request, route)); }

    /// The tokens that the model will see, counted here. The sample is counted only now: counting takes longer than
    /// everything else that is done for a request, and few clients ask for it.
    public long counted(Request request, Route route) {
        sample(route).ifPresent(sample -> {
            var factor = sample.prompt / (double) Math.max(1, exact(Json.objectIn(sample.request), route));
            if (isPlausible(factor)) learn(route, known -> known.counted(factor));
        });
        return Math.round(exact(request.message(), route) * of(route).count);
    }

    private static long exact(JsonObject message, Route route) { return Tokens.count(message, TokenCounter.of(route.name())); }

    private Optional<Sample> sample(Route route) {
        synchronized (models) {
            var known = models.get(key(route));
            if (known == null) return Optional.empty();
            var sample = known.sample;
            known.sample = Optional.empty();
            known.held = 0;
            return sample;
        }
    }

    /// A request is on its way. A few of each model are held until their answers have come.
    public Sent sent(Request request, Route route) {
        var hasMedia = Tokens.hasMedia(request.message());
        var fits = !hasMedia && request.tokens() >= SHORTEST && request.bytes().length <= LARGEST_COUNTED;
        return new Sent(route, request.tokens(), hasMedia, fits && hold(route) ? Optional.of(request.bytes()) : Optional.empty());
    }

    private boolean hold(Route route) {
        synchronized (models) {
            var known = known(route);
            var more = known.factors.counts < MOST_COUNTS && known.held < MOST_SAMPLES;
            if (more) known.held++;
            return more;
        }
    }

    /// The provider has counted the prompt.
    public void answered(Sent sent, Event.Usage usage) {
        if (usage.prompt() <= 0 || sent.hasMedia || sent.estimate < SHORTEST) return;
        var estimate = (double) usage.prompt() / sent.estimate;
        if (estimate < of(sent.route).estimate * LEAST && sent.estimate >= SHORTEST_CUT) warn(sent, usage);
        if (!isPlausible(estimate)) return;
        learn(sent.route, known -> known.estimated(estimate));
        synchronized (models) {
            sent.held.ifPresent(request -> known(sent.route).sample = Optional.of(new Sample(request, usage.prompt())));
        }
    }

    private static boolean isPlausible(double factor) { return factor >= LEAST && factor <= MOST; }

    private Factors of(Route route) {
        synchronized (models) {
            var known = models.get(key(route));
            return known == null ? Factors.NONE : known.factors;
        }
    }

    private void learn(Route route, UnaryOperator<Factors> lesson) {
        synchronized (models) {
            var known = known(route);
            known.factors = lesson.apply(known.factors);
        }
    }

    private Known known(Route route) { return models.computeIfAbsent(key(route), _ -> new Known()); }

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
