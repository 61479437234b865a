package lib.refusal;

import module java.base;

import lib.wire.*;

/// How long a provider wants to be left alone, wherever it says so: in its headers, in the error's fields or in the error's words.
/// Headers about rate limits count last, because they are about several limits of which only one is exhausted.
public final class RetryAfter {
    /// Claude Code waits a minute, and gives up at once if it is to wait longer. Measured with 2.1.332; 2026-11.
    private static final long PATIENCE = 60;
    private static final long EPOCH = 1_000_000_000, EPOCH_MILLIS = EPOCH * 1000;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,13}(\\.\\d{1,9})?"),
        PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(ms|millisecond|s|m|h|d)[a-z]*", Pattern.CASE_INSENSITIVE),
        DURATION = Pattern.compile("(?:" + PART.pattern() + "\\s?){1,4}", Pattern.CASE_INSENSITIVE),
        WORDS = Pattern.compile("\\b(?:try(?: your request)? again|retry(?: your request)?|wait|resets?)\\s(?:in |after |for )?"
            + "(?:about |at least )?((?:\\d{1,9}(?:\\.\\d{1,9})?\\s?"
            + "(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])"
            + "[\\s,]{0,2}(?:and )?){1,4})", Pattern.CASE_INSENSITIVE),
        LIMIT = Pattern.compile("(?:x-)?ratelimit-reset(.*)|anthropic-ratelimit-(.+)-reset");

    private RetryAfter() {}

    /// The error with `retry-after` in whole seconds, if the provider names a time. What is later than the client waits for is
    /// final, and its words say when it is possible again.
    static ApiError in(ApiError error, Map<String, List<String>> headers, ErrorBody body) {
        var wait = error.status() < 429 ? OptionalDouble.empty() : wait(headers, body, error.status() == 429, Instant.now());
        if (wait.isEmpty()) return error;
        var seconds = Math.max(1, (long) Math.ceil(wait.orElseThrow()));
        if (seconds <= PATIENCE) return error.with("retry-after", String.valueOf(seconds));
        return error.with("retry-after", String.valueOf(seconds)).with("x-should-retry", "false")
            .advising("possible again in " + words(seconds));
    }

    /// The same for an error whose body is passed on.
    public static ApiError in(ApiError error, Map<String, List<String>> headers, String text) {
        return in(error, headers, ErrorBody.of(text));
    }

    /// The seconds that an error's headers name.
    public static OptionalLong of(ApiError error) {
        var said = error.headers().getOrDefault("retry-after", "");
        var seconds = seconds(said, Instant.now());
        return seconds.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.max(1, (long) Math.ceil(seconds.orElseThrow())));
    }

    static OptionalDouble wait(Map<String, List<String>> headers, ErrorBody body, boolean limited, Instant now) {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.getFirst().strip()));
        var millis = seconds(lower.getOrDefault("retry-after-ms", ""), Instant.EPOCH);
        if (millis.isPresent()) return OptionalDouble.of(millis.orElseThrow() / 1000);
        var ways = Stream.<Supplier<OptionalDouble>>of(() -> seconds(lower.getOrDefault("retry-after", ""), now),
            () -> named(body, now), () -> said(body.message()), () -> limited ? reset(lower, now) : OptionalDouble.empty());
        return ways.map(Supplier::get).filter(OptionalDouble::isPresent).findFirst().orElse(OptionalDouble.empty());
    }

    /// In a field of the error. Of a subscription it is often hours away.
    private static OptionalDouble named(ErrorBody body, Instant now) {
        for (var name : List.of("resets_in_seconds", "retry_after", "retry_after_seconds"))
            if (body.number(name) > 0) return OptionalDouble.of(body.number(name));
        if (body.number("retry_after_ms") > 0) return OptionalDouble.of(body.number("retry_after_ms") / 1000.0);
        if (body.number("resets_at") > 0) return seconds(String.valueOf(body.number("resets_at")), now);
        return seconds(body.text("retryDelay").orElse(""), now);   // Google's RetryInfo
    }

    private static OptionalDouble said(String message) {
        var found = WORDS.matcher(message);
        return found.find() ? OptionalDouble.of(duration(found.group(1))) : OptionalDouble.empty();
    }

    /// The limits that are exhausted, the last of them; if none says so, the first that is over.
    private static OptionalDouble reset(SortedMap<String, String> headers, Instant now) {
        var exhausted = new ArrayList<Double>();
        var all = new ArrayList<Double>();
        headers.forEach((name, value) -> {
            var seconds = LIMIT.matcher(name).matches() ? seconds(value, now) : OptionalDouble.empty();
            if (seconds.isEmpty()) return;
            all.add(seconds.orElseThrow());
            var remaining = headers.getOrDefault(name.replace("reset", "remaining"), "unknown");
            if (remaining.matches("-?0*(\\.0+)?|-\\d+")) exhausted.add(seconds.orElseThrow());
        });
        var waits = exhausted.isEmpty() ? all.stream().min(Double::compare) : exhausted.stream().max(Double::compare);
        return waits.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    /// Seconds, a duration such as 6m0s, seconds or milliseconds since 1970, or a date.
    private static OptionalDouble seconds(String text, Instant now) {
        if (NUMBER.matcher(text).matches()) {
            var number = Double.parseDouble(text);
            if (number < EPOCH) return OptionalDouble.of(number);
            return OptionalDouble.of((number < EPOCH_MILLIS ? number : number / 1000) - now.toEpochMilli() / 1000.0);
        }
        if (DURATION.matcher(text).matches()) return OptionalDouble.of(duration(text));
        for (var form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, DateTimeFormatter.ISO_OFFSET_DATE_TIME)) try {
            return OptionalDouble.of(Duration.between(now, form.parse(text, Instant::from)).toMillis() / 1000.0);
        } catch (DateTimeParseException e) {
            continue;   // another form, or nothing that can be read: the client's own backoff serves
        }
        return OptionalDouble.empty();
    }

    private static double duration(String text) {
        return PART.matcher(text).results().mapToDouble(part -> Double.parseDouble(part.group(1))
            * switch (part.group(2).toLowerCase(Locale.ROOT)) {
                case "ms", "millisecond" -> 0.001;
                case "m" -> 60;
                case "h" -> 3600;
                case "d" -> 86_400;
                default -> 1;
            }).sum();
    }

    /// As a person says it: `3 h 51 min`.
    public static String words(long seconds) {
        if (seconds < 120) return seconds + " s";
        var minutes = (seconds + 59) / 60;
        if (minutes < 120) return minutes + " min";
        var hours = minutes / 60;
        return hours < 48 ? hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min") : (hours + 12) / 24 + " days";
    }
}
