package lib.ledger;

import module java.base;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// GET /metrics. Names, units and buckets are those of OpenTelemetry's conventions for generative AI, as gateways emit them:
/// https://github.com/open-telemetry/semantic-conventions-genai (2026-11); FreeCC's own begin with `freecc_`. The library is loaded
/// by the first request that ends, after its client has the answer, so that no start and no client waits for it.
public final class Metrics {
    private static final double[] TOKENS = {1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864},
        SECONDS = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36},
        FIRST = {0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 15, 20, 30, 45, 60};
    private static final List<String> MODEL = List.of("gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model",
        "gen_ai_response_model");
    private static final int MOST_NAMES = 100;   // clients can make up any model, and each label is a time series
    private static final String OTHER = "other", KEY = "key_name";
    /// The conventions' own names for providers; all others keep theirs.
    private static final Map<String, String> WELL_KNOWN = Map.ofEntries(Map.entry("bedrock", "aws.bedrock"),
        Map.entry("azure", "azure.ai.openai"), Map.entry("azure_ai", "azure.ai.inference"), Map.entry("gemini", "gcp.gemini"),
        Map.entry("vertex_ai", "gcp.vertex_ai"), Map.entry("watsonx", "ibm.watsonx.ai"), Map.entry("mistral", "mistral_ai"),
        Map.entry("moonshot", "moonshot_ai"), Map.entry("perplexity", "perplexity"), Map.entry("xai", "x_ai"));

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Histogram tokens = histogram("gen_ai_client_token_usage", "Tokens of a request", TOKENS, "gen_ai_token_type");
    private final Histogram duration = histogram("gen_ai_client_operation_duration_seconds", "Time of a request", SECONDS, "error_type");
    private final Histogram first = histogram("gen_ai_server_time_to_first_token_seconds", "Time to the first token of a stream", FIRST);
    private final Counter cacheRead = counter("gen_ai_client_inference_usage_cache_read_input_tokens", "Tokens read from a prompt cache");
    private final Counter cacheWrite = counter("gen_ai_client_inference_usage_cache_write_input_tokens", "Tokens written to a cache");
    private final Counter cost = counter("gen_ai_client_cost_usd", "US dollars, of requests whose price is known");
    private final Counter retries = Counter.builder().name("freecc_retries").help("Requests asked again before their reply began")
        .labelNames("reason").register(registry);
    private final Counter fallbacks = Counter.builder().name("freecc_fallbacks").help("Requests that another route answered")
        .labelNames("from", "to").register(registry);

    private final Counter searches = counter("freecc_web_searches", "Searches of the web, by the provider or by FreeCC");
    private final Counter rests = Counter.builder().name("freecc_key_rests")
        .help("Keys that a provider refused, so that another one was asked").labelNames("provider").register(registry);

    private final Counter keyRequests = Counter.builder().name("freecc_key_requests").help("Requests with a key of FREECC_API_KEYS")
        .labelNames(KEY, "error_type").register(registry);
    private final Counter keyTokens = Counter.builder().name("freecc_key_tokens").help("Tokens of requests with a key of FREECC_API_KEYS")
        .labelNames(KEY, "gen_ai_token_type").register(registry);
    private final Counter keyCost = Counter.builder().name("freecc_key_cost_usd")
        .help("US dollars, of requests with a key of FREECC_API_KEYS whose price is known").labelNames(KEY).register(registry);

    /// `open` counts the requests under way.
    public Metrics(Supplier<Integer> open, String version) {
        GaugeWithCallback.builder().name("freecc_open_streams").help("Requests under way")
            .callback(gauge -> gauge.call(open.get())).register(registry);
        Info.builder().name("freecc_build").help("FreeCC's version").labelNames("version").register(registry).addLabelValues(version);
    }

    private Histogram histogram(String name, String help, double[] buckets, String... more) {
        return Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(buckets)
            .labelNames(labels(more)).register(registry);
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).labelNames(labels()).register(registry);
    }

    private static String[] labels(String... more) { return Stream.concat(MODEL.stream(), Stream.of(more)).toArray(String[]::new); }

    /// Counts a message that has ended.
    public void accept(Outcome outcome) {
        var served = outcome.served();
        var usage = served.usage();
        var to = served.provider().isEmpty() ? OTHER : WELL_KNOWN.getOrDefault(served.provider(), served.provider());
        var asked = served.provider().isEmpty() ? OTHER : bounded(outcome.asked().model());
        var model = List.of("chat", to, asked, served.model().isEmpty() ? OTHER : bounded(served.model()));
        duration.labelValues(with(model, outcome.result().error())).observe(seconds(outcome.result().time()));
        if (outcome.asked().streams())
            outcome.result().firstToken().ifPresent(time -> first.labelValues(with(model)).observe(seconds(time)));
        if (usage.prompt() > 0) tokens.labelValues(with(model, "input")).observe(usage.prompt());
        if (usage.output() > 0) tokens.labelValues(with(model, "output")).observe(usage.output());
        if (usage.cacheRead() > 0) cacheRead.labelValues(with(model)).inc(usage.cacheRead());
        if (usage.cacheWrite() > 0) cacheWrite.labelValues(with(model)).inc(usage.cacheWrite());
        if (usage.searches() > 0) searches.labelValues(with(model)).inc(usage.searches());
        served.cost().ifPresent(dollars -> cost.labelValues(with(model)).inc(Math.max(0, dollars)));
        for (var reason : served.retries()) retries.labelValues(reason).inc();
        for (var provider : served.keyRests()) rests.labelValues(WELL_KNOWN.getOrDefault(provider, bounded(provider))).inc();
        if (!outcome.asked().key().isEmpty()) accept(outcome.asked().key(), outcome);
        if (!served.fallbackFrom().isEmpty()) fallbacks.labelValues(bounded(served.fallbackFrom()), bounded(served.route())).inc();
    }

    /// The names are from the settings, and so are few.
    private void accept(String key, Outcome outcome) {
        var usage = outcome.served().usage();
        keyRequests.labelValues(key, outcome.result().error()).inc();
        keyTokens.labelValues(key, "input").inc(usage.prompt());
        keyTokens.labelValues(key, "output").inc(usage.output());
        outcome.served().cost().ifPresent(dollars -> keyCost.labelValues(key).inc(Math.max(0, dollars)));
    }

    private static String[] with(List<String> model, String... more) {
        return Stream.concat(model.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private String bounded(String name) { return names.size() < MOST_NAMES && names.add(name) || names.contains(name) ? name : OTHER; }

    private static double seconds(Duration time) { return time.toNanos() / 1e9; }

    /// A scrape, in the format that the scraper asks for.
    public record Scrape(String type, byte[] text) { }

    public Scrape scrape(String accept) {
        var text = new ByteArrayOutputStream();
        ExpositionFormatWriter writer = formats.findWriter(accept);
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Scrape(writer.getContentType(), text.toByteArray());
    }
}
