package lib.ledger;

import module java.base;

import lib.json.*;

/// An outcome as a line of the ledger. It has no content, and however long a client's names are, it stays under the 4 kB
/// that a file system appends in one piece.
final class Line {
    private static final int LONGEST_ROUTE = 150, LONGEST_MODEL = 100, LONGEST_ID = 60, DECIMALS = 9;

    private Line() {}

    /// `priceDate` is asked for only if there is a price: it says of when the prices are.
    static JsonObject of(Outcome outcome, Supplier<String> priceDate) {
        var asked = outcome.asked();
        var served = outcome.served();
        var result = outcome.result();
        var usage = served.usage();
        var cost = served.cost().stream().mapToObj(Line::rounded).findFirst();
        return Json.object("time", outcome.time().truncatedTo(ChronoUnit.MILLIS).toString(),
            "id", cut(outcome.id(), LONGEST_ID), "session", orNull(asked.session(), LONGEST_ID), "agent", orNull(asked.agent(), LONGEST_ID),
            "role", asked.role().word(), "asked", cut(asked.model(), LONGEST_MODEL), "route", orNull(served.route(), LONGEST_ROUTE),
            "input", usage.input(), "cache_read", usage.cacheRead(), "cache_write", usage.cacheWrite(), "output", usage.output(),
            "reasoning", usage.reasoning(), "searches", usage.searches(),
            "cost_usd", cost.orElse(null), "price_date", cost.map(_ -> priceDate.get()).orElse(null),
            "first_token_ms", result.firstToken().map(Duration::toMillis).orElse(null), "ms", result.time().toMillis(),
            "status", result.status(), "error", orNull(result.error(), LONGEST_ID), "attempts", served.attempts(),
            "fallback_from", orNull(served.fallbackFrom(), LONGEST_MODEL), "key_name", orNull(asked.key(), LONGEST_ID));
    }

    static BigDecimal rounded(double dollars) {
        return BigDecimal.valueOf(dollars).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    private static String orNull(String text, int longest) { return text.isEmpty() ? null : cut(text, longest); }

    private static String cut(String text, int longest) { return text.length() <= longest ? text : text.substring(0, longest); }
}
