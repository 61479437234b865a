package lib.server;

import module java.base;

import lib.reply.*;

/// An outcome in one line that a person likes to read:
/// `200 claude-sonnet-5-5 -> groq/llama-3.3 · 14 tools · 23 messages · 1.9 s · 12.3k in (9.1k cached) · 412 out · $0.0123`
final class RequestLine {
    private static final String GREEN = "32", YELLOW = "33", RED = "31";

    private RequestLine() {}

    static Log.Level level(Outcome outcome) { return outcome.ok() || outcome.isClientGone() ? Log.Level.INFO : Log.Level.WARNING; }

    static String of(Outcome outcome) { return outcome.status() + " " + rest(outcome); }

    static String coloured(Outcome outcome) {
        var colour = outcome.ok() ? GREEN : outcome.isClientGone() ? YELLOW : RED;
        return "\u001B[" + colour + "m" + outcome.status() + "\u001B[0m " + rest(outcome);
    }

    private static String rest(Outcome outcome) {
        var parts = new ArrayList<String>();
        var served = outcome.provider().isEmpty() ? "" : " -> " + plain(outcome.provider() + "/" + outcome.model());
        parts.add(plain(outcome.asked()) + served);
        if (outcome.tools() > 0) parts.add(counted(outcome.tools(), "tool"));
        if (outcome.messages() > 0) parts.add(counted(outcome.messages(), "message"));
        parts.add(String.format(Locale.ROOT, "%.1f s", outcome.time().toMillis() / 1e3));
        if (outcome.attempts() > 1) parts.add(outcome.attempts() + " attempts");
        if (outcome.failure().isEmpty()) parts.addAll(tokens(outcome.usage()));
        else parts.add(plain(outcome.failure()));
        outcome.cost().ifPresent(cost -> parts.add(String.format(Locale.ROOT, cost < 0.1 ? "$%.4f" : "$%.2f", cost)));
        return String.join(" · ", parts);
    }

    private static String counted(int n, String what) { return n + " " + what + (n == 1 ? "" : "s"); }

    private static List<String> tokens(Event.Usage usage) {
        if (usage.prompt() == 0 && usage.output() <= 0) return List.of();
        var cached = usage.cacheRead() > 0 ? " (" + brief(usage.cacheRead()) + " cached)" : "";
        return List.of(brief(usage.prompt()) + " in" + cached, brief(usage.output()) + " out");
    }

    /// The words of others on one line, without what would move a terminal's cursor or turn its text round.
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+", " ");
    }

    private static String brief(long n) {
        if (n < 1_000) return String.valueOf(n);
        return n < 999_950 ? String.format(Locale.ROOT, "%.1fk", n / 1e3) : String.format(Locale.ROOT, "%.1fM", n / 1e6);
    }
}
