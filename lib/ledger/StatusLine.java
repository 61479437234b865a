package lib.ledger;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// The line that Claude Code shows under its prompt: `groq/llama-3.3 · 34% of 131.1k · $0.0123`. Claude Code gives its own view as
/// JSON, but it knows neither the model behind FreeCC nor its window and price: https://code.claude.com/docs/en/statusline (2026-11)
public final class StatusLine {
    private StatusLine() {}

    /// The session that the line is for.
    public static String session(JsonObject given) { return Json.text(given, "session_id"); }

    /// The model that Claude Code believes it talks to.
    public static String model(JsonObject given) { return Json.text(given, "model", "id"); }

    /// What the line needs to know of the client's JSON, which also names files and folders.
    public static JsonObject needed(JsonObject given) {
        return Json.object("session_id", session(given), "model", Json.find(given, "model"),
            "context_window", Json.find(given, "context_window"));
    }

    /// `window` is the model's context window, 0 if it is not known.
    public static String of(JsonObject given, String route, long window, Sum session) {
        var parts = new ArrayList<String>();
        parts.add(route.isEmpty() ? Json.text(given, "model", "display_name") : route);
        context(given, window).ifPresent(parts::add);
        if (session.requests() > 0) parts.add(session.unpriced() == session.requests() ? "cost unknown" : Amounts.cost(session));
        parts.removeIf(String::isBlank);
        return Printable.line(String.join(" · ", parts)).strip();
    }

    private static Optional<String> context(JsonObject given, long window) {
        var now = Json.at(given, "context_window", "current_usage");
        var used = Stream.of("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "output_tokens")
            .mapToLong(count -> Json.number(now, count)).sum();
        if (window > 0 && !now.isEmpty()) return Optional.of(Math.round(100.0 * used / window) + "% of " + Amounts.tokens(window));
        var size = Json.number(given, "context_window", "context_window_size");
        if (!Json.isNumber(given, "context_window", "used_percentage")) return Optional.empty();
        return Optional.of(Math.round(Math.clamp(Json.decimal(given, "context_window", "used_percentage"), 0, 100)) + "%"
            + (size > 0 ? " of " + Amounts.tokens(size) : ""));
    }
}
