package lib.refusal;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Where a provider says how long it wants to be left alone, and what the client gets of it.
class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        retry-after: 20 | {} | 20
        Retry-After: 1.5 | {} | 1.5
        retry-after: Sun, 29 Nov 2026 12:00:30 GMT | {} | 30
        retry-after: soon | {} |
        retry-after-ms: 2100 | {} | 2.1
        retry-after-ms: 2100, retry-after: 9 | {} | 2.1
        retry-after: 7, x-ratelimit-reset-requests: 900 | {} | 7
        # fields
         | {"error":{"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"37.4s"}]}} | 37.4
         | {"error":{"resets_in_seconds":3600}} | 3600
         | {"error":{"resets_at":1795953640}} | 40
         | {"error":{"metadata":{"retry_after_ms":1500}}} | 1.5
        # words
         | {"error":{"message":"Rate limit reached. Please try again in 20s. Visit the docs."}} | 20
         | {"error":{"message":"Please try again in 1m30s."}} | 90
         | {"error":{"message":"Please try again in 450ms"}} | 0.45
         | {"error":{"message":"Please try again in 2h3m4.5s."}} | 7384.5
         | {"error":{"message":"Please retry after 8 seconds."}} | 8
         | {"error":{"message":"wait 2 minutes and 5 seconds"}} | 125
         | {"error":{"message":"Your quota resets in 3 days"}} | 259200
         | {"error":{"message":"try again in a month, or 3 models"}} |
         | {"error":{"message":"I retried 5 times"}} |
        # limits, after all of these: the exhausted one counts, or the first that is over
        x-ratelimit-reset-requests: 6m0s | {} | 360
        x-ratelimit-reset-tokens: 450ms | {} | 0.45
        x-ratelimit-reset: 1795953610 | {} | 10
        x-ratelimit-reset: 1795953612500 | {} | 12.5
        anthropic-ratelimit-tokens-reset: 2026-11-29T12:01:00Z | {} | 60
        x-ratelimit-reset-requests: 6m0s, x-ratelimit-reset-tokens: 20s | {} | 20
        x-ratelimit-reset-requests: 6m0s, x-ratelimit-remaining-requests: 0, x-ratelimit-reset-tokens: 20s, x-ratelimit-remaining-tokens: 500 | {} | 360
        x-ratelimit-reset-requests: 6m0s | {"error":{"message":"try again in 3s"}} | 3
         | {} |
        """)
    void itIsFoundWhereverItIsSaid(String headers, String body, String seconds) {
        var given = new HashMap<String, List<String>>();
        if (headers != null) for (var header : headers.split(",(?= [a-z])"))
            given.put(header.substring(0, header.indexOf(':')).strip(), List.of(header.substring(header.indexOf(':') + 1).strip()));
        var wait = RetryAfter.wait(given, ErrorBody.of(body), true, NOW);
        assertEquals(seconds == null ? "" : String.valueOf(Double.parseDouble(seconds)), wait.isEmpty() ? "" : String.valueOf(wait.getAsDouble()));
    }

    @Test void aServerThatFailsHasReachedNoLimit() {
        assertEquals(OptionalDouble.empty(), RetryAfter.wait(Map.of("x-ratelimit-reset", List.of("9")), ErrorBody.of("{}"), false, NOW));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        60 | 60 | false | slow down
        60.5 | 61 | true | slow down; possible again in 61 s
        0 | 1 | false | slow down
        360 | 360 | true | slow down; possible again in 6 min
        13872 | 13872 | true | slow down; possible again in 3 h 52 min
        400000 | 400000 | true | slow down; possible again in 5 days
        """)
    void whatIsLaterThanTheClientWaitsForIsFinal(String given, String header, boolean isFinal, String words) {
        var error = RetryAfter.in(new ApiError(429, "slow down."), Map.of("retry-after", List.of(given)), "{}");
        assertEquals(header, error.headers().get("retry-after"));
        assertEquals(isFinal ? "false" : "", error.headers().getOrDefault("x-should-retry", ""));
        assertEquals(words, error.getMessage().replaceFirst("\\.$", ""));
        assertEquals(OptionalLong.of(Long.parseLong(header)), RetryAfter.of(error));
    }
}
