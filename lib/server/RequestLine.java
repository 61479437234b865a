package lib.server;

import module java.base;

import lib.ledger.*;
import lib.reply.*;
import lib.wire.*;

/// An outcome in one line that a person likes to read:
/// `200 claude-sonnet-5-5 -> groq/llama-3.3 · 14 tools · 23 messages · 1.9 s · 12.3k in (9.1k cached) · 412 out · $0.0123`
final class RequestLine {
    private static final String GREEN = "32", YELLOW = "33", RED = "31";

    private RequestLine() {}

    static Log.Level level(Outcome outcome) { return outcome.ok() || outcome.isClientGone() ? Log.Level.INFO : Log.Level.WARNING; }

    static String of(Outcome outcome) { return outcome.result().status() + " " + rest(outcome); }

    static String coloured(Outcome outcome) {
        var colour = outcome.ok() ? GREEN : outcome.isClientGone() ? YELLOW : RED;
        return "\u001B[" + colour + "m" + outcome.result().status() + "\u001B[0m " + rest(outcome);
    }

    private static String rest(Outcome outcome) {
        var parts = new ArrayList<String>();
        var asked = outcome.asked();
        var served = outcome.served();
        var result = outcome.result();
        parts.add(Printable.line(asked.model()) + (served.route().isEmpty() ? "" : " -> " + Printable.line(served.route())));
        if (!served.fallbackFrom().isEmpty()) parts.add("instead of " + Printable.line(served.fallbackFrom()));
        if (asked.tools() > 0) parts.add(counted(asked.tools(), "tool"));
        if (asked.messages() > 0) parts.add(counted(asked.messages(), "message"));
        parts.add(String.format(Locale.ROOT, "%.1f s", result.time().toMillis() / 1e3));
        var searches = served.usage().searches();
        if (searches > 0) parts.add(searches == 1 ? "1 search" : searches + " searches");
        if (served.attempts() > 1) parts.add(served.attempts() + " attempts");
        if (result.message().isEmpty()) parts.addAll(tokens(served.usage()));
        else parts.add(Printable.line(result.message()));
        served.cost().ifPresent(cost -> {
            if (cost > 0) parts.add(Amounts.dollars(cost));
        });
        return String.join(" · ", parts);
    }

    private static String counted(int n, String what) { return n + " " + what + (n == 1 ? "" : "s"); }

    private static List<String> tokens(Event.Usage usage) {
        if (usage.prompt() == 0 && usage.output() <= 0) return List.of();
        var cached = usage.cacheRead() > 0 ? " (" + Amounts.tokens(usage.cacheRead()) + " cached)" : "";
        return List.of(Amounts.tokens(usage.prompt()) + " in" + cached, Amounts.tokens(usage.output()) + " out");
    }
}
