package lib.server;

import lib.dialect.Request;
import lib.dialect.Route;
import lib.reply.Event;
import lib.reply.Reply;
import lib.wire.ApiError;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.Locale;

/// What there is to say of one request, in one line that a person likes to read.
final class Entry {
    private final long started = System.nanoTime();
    private final boolean colour;
    private String model = "", to = "", failure = "";
    private int status = 200, tools, messages;
    private Reply reply;

    private final StringBuilder body;   // null unless the provider's words are wanted

    Entry(boolean colour, boolean wantsBody) {
        this.colour = colour;
        this.body = wantsBody ? new StringBuilder() : null;
    }

    /// The same frames, written down as they pass if that is wanted.
    Iterable<Frame> heard(Iterable<Frame> frames) {
        if (body == null) return frames;
        return () -> {
            var passing = frames.iterator();
            return new Iterator<>() {
                @Override public boolean hasNext() { return passing.hasNext(); }

                @Override public Frame next() {
                    var frame = passing.next();
                    body.append(frame.data()).append('\n');
                    return frame;
                }
            };
        };
    }

    /// What the provider said, or nothing if nobody wants to know.
    String body() { return body == null ? "" : body.toString(); }

    void from(Request request) {
        model = plain(request.model());
        tools = Json.list(request.message(), "tools").size();
        messages = Json.list(request.message(), "messages").size();
    }

    void to(Route route) { to = route.label(); }

    void of(Reply reply) { this.reply = reply; }

    void failed(ApiError error) {
        status = error.status();
        failure = plain(error.getMessage());
    }

    void clientGone() {
        status = 499;
        failure = "the client has gone";
    }

    /// Requests to a model, and failures; not who only looks in.
    boolean isTold() { return !model.isEmpty() || status >= 400; }

    Log.Level level() { return status < 400 || status == 499 ? Log.Level.INFO : Log.Level.WARNING; }

    /// `200 claude-sonnet-5-5 -> groq/llama-3.3 · 14 tools · 23 messages · 1.9 s · 12.3k in (9.1k cached) · 412 out`
    String line() {
        var parts = new ArrayList<String>();
        parts.add(paint(status < 400 ? "32" : status == 499 ? "33" : "31", String.valueOf(status)) + " " + model + (to.isEmpty() ? "" : " -> " + to));
        if (tools > 0) parts.add(tools + (tools == 1 ? " tool" : " tools"));
        if (messages > 0) parts.add(messages + (messages == 1 ? " message" : " messages"));
        parts.add(String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - started) / 1e9));
        if (reply != null && failure.isEmpty()) parts.addAll(counted(reply.usage()));
        if (!failure.isEmpty()) parts.add(failure);
        return String.join(" · ", parts);
    }

    private static java.util.List<String> counted(Event.Usage usage) {
        var in = usage.input() + usage.cacheRead() + usage.cacheWrite();
        return java.util.List.of(brief(in) + " in" + (usage.cacheRead() > 0 ? " (" + brief(usage.cacheRead()) + " cached)" : ""), brief(usage.output()) + " out");
    }

    /// Others' words on one line, and without what would move a terminal's cursor.
    private static String plain(String text) { return text.replaceAll("\\p{Cntrl}+", " "); }

    private static String brief(long n) { return n < 1_000 ? String.valueOf(n) : n < 999_950 ? String.format(Locale.ROOT, "%.1fk", n / 1e3) : String.format(Locale.ROOT, "%.1fM", n / 1e6); }

    private String paint(String code, String text) { return colour ? "\u001B[" + code + "m" + text + "\u001B[0m" : text; }
}
