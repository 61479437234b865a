package lib.ledger;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.json.*;
import lib.reply.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a scrape says: names, labels, buckets, and that no client can make it endless.
class MetricsTest {
    private final Metrics metrics = new Metrics(() -> 3, "1.2.3");

    private String scraped() { return new String(metrics.scrape("").text(), StandardCharsets.UTF_8); }

    private void says(String... lines) {
        var all = scraped().lines().toList();
        for (var line : lines) assertTrue(all.contains(line), line + " is not in\n" + String.join("\n", all));
    }

    private static final String LABELS = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"groq\",gen_ai_request_model=\"m\",gen_ai_response_model=\"m\"";

    @Test void aRequestIsCountedUnderTheNamesOfTheConventions() {
        metrics.accept(Outcomes.of("m", new Event.Usage(200, 900, 100, 50).withSearches(2), OptionalDouble.of(0.25)));
        says("freecc_web_searches_total{" + LABELS + "} 2.0",
            "gen_ai_client_token_usage_bucket{" + LABELS + ",gen_ai_token_type=\"input\",le=\"1024.0\"} 0",
            "gen_ai_client_token_usage_bucket{" + LABELS + ",gen_ai_token_type=\"input\",le=\"4096.0\"} 1",
            "gen_ai_client_token_usage_sum{" + LABELS + ",gen_ai_token_type=\"output\"} 50.0",
            "gen_ai_client_inference_usage_cache_read_input_tokens_total{" + LABELS + "} 900.0",
            "gen_ai_client_inference_usage_cache_write_input_tokens_total{" + LABELS + "} 100.0",
            "gen_ai_client_cost_usd_total{" + LABELS + "} 0.25",
            "gen_ai_client_operation_duration_seconds_bucket{error_type=\"\"," + LABELS + ",le=\"2.56\"} 1",
            "gen_ai_server_time_to_first_token_seconds_bucket{" + LABELS + ",le=\"0.25\"} 1",
            "freecc_open_streams 3.0", "freecc_build_info{version=\"1.2.3\"} 1");
    }

    /// The names are in the settings, so that clients cannot make them up.
    @Test void aNamedKeyHasItsRequestsTokensAndCost() {
        var plain = Outcomes.of("m", new Event.Usage(200, 900, 100, 50), OptionalDouble.of(0.25));
        var asked = new Outcome.Asked("m", Role.MAIN, "s", "", 0, 0, true, "alice");
        for (var n = 0; n < 2; n++) metrics.accept(new Outcome("r", "r", Outcomes.NOON, asked, plain.served(), plain.result()));
        metrics.accept(plain);
        says("freecc_key_requests_total{error_type=\"\",key_name=\"alice\"} 2.0", "freecc_key_cost_usd_total{key_name=\"alice\"} 0.5",
            "freecc_key_tokens_total{gen_ai_token_type=\"input\",key_name=\"alice\"} 2400.0",
            "freecc_key_tokens_total{gen_ai_token_type=\"output\",key_name=\"alice\"} 100.0");
    }

    /// Not the key of the route that should have answered.
    @Test void aKeyThatRestsIsItsProvidersOwn() {
        var plain = Outcomes.of("m", new Event.Usage(1, 0, 0, 1), OptionalDouble.empty());
        metrics.accept(new Outcome("r", "r", Outcomes.NOON, plain.asked(), new Outcome.Served("gemini", "n", 5, List.of("key", "fallback", "key", "key"),
            List.of("groq", "gemini", "gemini"), "groq/m", plain.served().usage(), OptionalDouble.empty()), plain.result()));
        says("freecc_key_rests_total{provider=\"groq\"} 1.0", "freecc_key_rests_total{provider=\"gcp.gemini\"} 2.0",
            "freecc_fallbacks_total{from=\"groq/m\",to=\"gemini/n\"} 1.0");
    }

    @Test void aFailureHasItsTypeAndItsRetriesTheirReasons() {
        metrics.accept(Outcomes.failed(429, "rate_limit_error", "slow down"));
        says("gen_ai_client_operation_duration_seconds_count{error_type=\"rate_limit_error\"," + LABELS + "} 1",
            "freecc_retries_total{reason=\"refusal\"} 1.0", "freecc_retries_total{reason=\"empty\"} 1.0");
    }

    @Test void anUnknownPriceIsNotCounted() {
        metrics.accept(Outcomes.of("m", new Event.Usage(1, 0, 0, 1), OptionalDouble.empty()));
        assertTrue(scraped().lines().noneMatch(line -> line.startsWith("gen_ai_client_cost_usd_total{")));
    }

    @Test void namesThatAClientMakesUpAreBounded() {
        var nowhere = new Outcome("r", "r", Outcomes.NOON, new Outcome.Asked("made-up", Role.MAIN, "", "", 0, 0, true, ""), Outcome.Served.NOWHERE,
            new Outcome.Result(404, "not_found_error", "", Optional.empty(), Duration.ZERO));
        metrics.accept(nowhere);
        for (var i = 0; i < 1_000; i++) metrics.accept(Outcomes.of("m" + i, new Event.Usage(1, 0, 0, 1), OptionalDouble.empty()));
        var series = scraped().lines().filter(line -> line.startsWith("gen_ai_client_operation_duration_seconds_count")).toList();
        assertTrue(series.size() < 110, "there are " + series.size() + " time series");
        assertTrue(series.stream().noneMatch(line -> line.contains("made-up")));
        assertTrue(series.stream().anyMatch(line -> line.contains("gen_ai_request_model=\"other\"")));
    }

    /// No label has a value for each person, session or request, so that the number of time series has an end.
    @Test void labelsAreOnlyTheseAndEachHasFewValues() {
        for (var i = 0; i < 1_000; i++) {
            var asked = new Outcome.Asked("m" + i, Role.MAIN, "session-" + i, "agent-" + i, 0, 0, true, "team-" + i % 3);
            metrics.accept(new Outcome("id-" + i, "request-" + i, Outcomes.NOON, asked,
                new Outcome.Served("groq", "m" + i, 2, List.of("refusal"), List.of(), "openai/n" + i, new Event.Usage(200, 900, 100, 50), OptionalDouble.of(0.25)),
                new Outcome.Result(200, "", "", Optional.of(Duration.ofMillis(i)), Duration.ofMillis(i))));
        }
        var values = new TreeMap<String, Set<String>>();
        Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(scraped()).results()
            .forEach(label -> values.computeIfAbsent(label.group(1), _ -> new TreeSet<>()).add(label.group(2)));
        assertEquals("[error_type, from, gen_ai_operation_name, gen_ai_provider_name, gen_ai_request_model, gen_ai_response_model, "
            + "gen_ai_token_type, key_name, le, reason, to, version]", values.keySet().toString());
        assertEquals(3, values.get("key_name").size());
        values.forEach((label, seen) -> assertTrue(seen.size() <= 101, label + " has " + seen.size() + " values"));
    }

    @Test void everyMetricAndLabelOfTheDashboardExists() throws IOException {
        metrics.accept(Outcomes.of("m", new Event.Usage(200, 900, 100, 50), OptionalDouble.of(0.25)));
        var failed = Outcomes.failed(500, "api_error", "");
        metrics.accept(new Outcome("r", "r", Outcomes.NOON, failed.asked(), new Outcome.Served("groq", "m", 2, List.of("empty"), List.of(), "openai/n", Event.Usage.NONE.withOutput(0), OptionalDouble.empty()), failed.result()));
        var known = scraped().lines().filter(line -> !line.startsWith("#")).map(line -> line.replaceAll("[{ ].*", "")).collect(Collectors.toSet());
        var board = Json.parse(Files.readAllBytes(Path.of("ops/grafana-dashboard.json")));
        var used = new TreeSet<String>();
        Json.eachObject(board, part -> Pattern.compile("\\b(gen_ai|freecc)_\\w+\\b(?!=)").matcher(Json.text(part, "expr")).results().map(MatchResult::group).forEach(used::add));
        var labels = Pattern.compile("(\\w+)=\"").matcher(scraped()).results().map(found -> found.group(1)).collect(Collectors.toSet());
        Json.eachObject(board, part -> Pattern.compile("by \\(([^)]*)\\)").matcher(Json.text(part, "expr")).results().flatMap(found -> Stream.of(found.group(1).split(", ")))
            .forEach(label -> assertTrue(labels.contains(label), label)));
        used.removeAll(labels);
        assertTrue(used.size() >= 8, used.toString());
        assertEquals("[]", used.stream().filter(name -> !known.contains(name)).toList().toString());
    }
}
