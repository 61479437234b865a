package lib.ledger;

import module java.base;

import lib.json.*;

/// What several requests took and cost together.
public final class Sum {
    private static final long MOST = 1_000_000_000;

    private final List<Long> firstTokens = new ArrayList<>(), times = new ArrayList<>();
    private long requests, errors, input, cacheRead, cacheWrite, output, reasoning, searches, unpriced;
    private double cost;

    /// Adds a line of the ledger.
    void add(JsonObject line) {
        requests++;
        if (Json.number(line, "status") >= 400) errors++;
        input += count(line, "input");
        cacheRead += count(line, "cache_read");
        cacheWrite += count(line, "cache_write");
        output += count(line, "output");
        reasoning += count(line, "reasoning");
        searches += count(line, "searches");
        cost += Json.decimal(line, "cost_usd");
        if (!Json.isNumber(line, "cost_usd") && tokens(line) > 0) unpriced++;
        if (Json.isNumber(line, "first_token_ms")) firstTokens.add(Json.number(line, "first_token_ms"));
        times.add(Json.number(line, "ms"));
    }

    private static long tokens(JsonObject line) {
        return Stream.of("input", "cache_read", "cache_write", "output").mapToLong(of -> count(line, of)).sum();
    }

    /// What a provider or a damaged file counts absurdly must not make a sum negative.
    private static long count(JsonObject line, String of) { return Math.clamp(Json.number(line, of), 0, MOST); }

    public long requests() { return requests; }

    public long errors() { return errors; }

    /// All input tokens, cached or not.
    public long prompt() { return input + cacheRead + cacheWrite; }

    public long output() { return output; }

    public long tokens() { return prompt() + output; }

    /// The part of the input that came from the provider's prompt cache, from 0 to 1.
    public double hitRatio() { return prompt() == 0 ? 0 : (double) cacheRead / prompt(); }

    /// In US dollars, of the requests whose price is known.
    public double cost() { return cost; }

    /// How many requests used tokens at a price that is not known.
    public long unpriced() { return unpriced; }

    /// How often the web was searched, whoever made the search.
    public long searches() { return searches; }

    /// Whether a cost can be named at all.
    public boolean isPriced() { return requests > unpriced; }

    public JsonObject json() {
        return Json.object("requests", requests, "errors", errors, "input", input, "cache_read", cacheRead, "cache_write", cacheWrite,
            "output", output, "reasoning", reasoning, "searches", searches, "cost_usd", isPriced() ? Line.rounded(cost) : null,
            "unpriced", unpriced, "cache_hit_ratio", Line.rounded(hitRatio()),
            "first_token_ms", quantiles(firstTokens), "ms", quantiles(times));
    }

    private static JsonObject quantiles(List<Long> of) {
        var sorted = of.stream().sorted().toList();
        return Json.object("p50", quantile(sorted, 0.5), "p95", quantile(sorted, 0.95));
    }

    private static Long quantile(List<Long> sorted, double part) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
