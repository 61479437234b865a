package lib.reply;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Turns events into blocks: opens, numbers and closes them, one after another. Whatever a dialect does, the result is a
/// valid reply.
public final class Reply implements Consumer<Event> {
    private static final Set<String> SILENT = Set.of("thinking", "redacted_thinking", "text");

    private enum Open { NOTHING, THINKING, TEXT, CALL, SEARCH }

    private final Blocks out;
    private final Runnable onFirst, onCommit;
    private final Deque<Event> held = new ArrayDeque<>();   // events that arrived while a call was incomplete
    private final List<String> calls = new ArrayList<>();
    private Open open = Open.NOTHING;
    private int index = -1;
    private Arguments arguments;
    private volatile boolean started;
    private boolean begun, counted, committed, lastCallCut, relayed, relayedOpen;
    private int base;   // how many blocks stand before the relayed ones
    private long written, searches;
    private Event.Usage usage, earlier = Event.Usage.NONE;   // of this turn, and of those before it
    private Event.Stop stop;

    /// `inputEstimate` is the number of input tokens to report until the provider sends its own; `onFirst` hears of the first
    /// content, thoughts included, and `onCommit` of the first that cannot be taken back.
    public Reply(Blocks out, long inputEstimate, Runnable onFirst, Runnable onCommit) {
        this.out = out;
        this.onFirst = onFirst;
        this.onCommit = onCommit;
        this.usage = new Event.Usage(inputEstimate, 0, 0, -1);
    }

    /// For those who do not ask when it began.
    public Reply(Blocks out, long inputEstimate, Runnable onCommit) { this(out, inputEstimate, () -> { }, onCommit); }

    @Override public void accept(Event event) {
        if (event instanceof Event.Usage all) {
            usage = usage.then(all);
            counted |= all.prompt() > 0;
        } else if (event instanceof Event.Stop end) stop = end;
        else if (event instanceof Event.Relay(var frame)) relay(frame);
        else if (event instanceof Event.ToolInput(var id, var json) && calls.contains(id)) {
            if (open != Open.CALL) return;   // after a complete call
            if (id.equals(calls.getLast())) input(json);
            else held.add(event);
        } else if (open != Open.CALL) say(event);
        else if (!arguments.isEmpty() || !goesOn(event)) held.add(event);
        else {
            release();
            accept(event);
        }
    }

    private void say(Event content) {
        if (content instanceof Event.Thinking(var text)) {
            if (text.isEmpty()) return;
            become(Open.THINKING);
            write("thinking_delta", "thinking", text);
        } else if (content instanceof Event.Signature(var state)) {
            become(Open.THINKING);
            write("signature_delta", "signature", state);
            close();
        } else if (content instanceof Event.Redacted(var data)) {
            close();
            open(Open.THINKING, Json.object("type", "redacted_thinking", "data", data));
            close();
        } else if (content instanceof Event.Text(var text)) {
            if (text.isEmpty()) return;
            commit();
            become(Open.TEXT);
            write("text_delta", "text", text);
        } else if (content instanceof Event.ToolCall(var id, var name)) {
            commit();
            close();
            calls.add(id);
            arguments = new Arguments();
            open(Open.CALL, Json.object("type", "tool_use", "id", CallIds.legal(id), "name", name, "input", new JsonObject()));
        } else if (content instanceof Event.Searching searching) search(searching);
        else if (content instanceof Event.ToolInput orphan) throw new IllegalStateException("arguments for no call: " + orphan.id());
    }

    /// Whether the model has gone on to something else, so that a call with an empty object is a call without arguments.
    private static boolean goesOn(Event event) {
        return switch (event) {
            case Event.ToolCall _ -> true;
            case Event.Text(var text) -> !text.isBlank();
            case Event.Thinking(var text) -> !text.isBlank();
            case Event.Search _, Event.SearchResults _ -> true;
            case Event.Signature _, Event.Redacted _, Event.ToolInput _, Event.Usage _, Event.Stop _, Event.Relay _,
                Event.Citation _ -> false;
        };
    }

    private void input(String json) {
        var piece = arguments.take(json);
        if (!piece.isEmpty()) write("input_json_delta", "partial_json", piece);
        if (arguments.whole()) release();
    }

    private void search(Event.Searching event) {
        commit();
        switch (event) {
            case Event.Search(var id, var query) -> {
                close();
                open(Open.SEARCH, SearchBlocks.call(id));
                write("input_json_delta", "partial_json", Json.write(Json.object("query", query)));   // clients read it only here
                close();
            }
            case Event.SearchResults results -> {
                close();
                if (results.error().isEmpty()) searches++;
                open(Open.SEARCH, SearchBlocks.results(results));
                close();
            }
            case Event.Citation(var source) -> {
                if (open == Open.TEXT) out.cite(index, SearchBlocks.citation(source));
            }
        }
    }

    /// Closes the open call and sends the events that waited for it.
    private void release() {
        lastCallCut = arguments.cut();
        var rest = arguments.rest();
        if (!rest.isEmpty()) write("input_json_delta", "partial_json", rest);
        close();
        var waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(this);
    }

    /// Anthropic's own frames. If the reply has already started, because the client was kept waiting or another provider
    /// failed, they continue it: without a second start, and with blocks numbered after the existing ones.
    private void relay(Frame frame) {
        var begins = frame.event().equals("message_start");
        if (!relayed) close();
        if (!relayed || begins) base = index + 1;
        relayed = true;
        if (!committed) look(frame);
        if (begins && !start(true)) out.relay(frame);
        if (begins) return;
        if (frame.event().startsWith("content_block")) begin();
        start();
        out.relay(base == 0 ? frame : frame.numbered(base));
    }

    /// Thoughts, and a text of nothing, commit to nothing.
    private void look(Frame frame) {
        var data = frame.event().startsWith("content_block") ? frame.object() : new JsonObject();
        switch (frame.event()) {
            case "content_block_start" -> {
                index = Math.max(index, base + (int) Json.number(data, "index"));
                relayedOpen = true;
                if (!SILENT.contains(Json.text(data, "content_block", "type")) || !Json.text(data, "content_block", "text").isEmpty())
                    commit();
            }
            case "content_block_delta" -> {
                if (!Json.text(data, "delta", "text").isEmpty()) commit();
            }
            case "content_block_stop" -> relayedOpen = false;
            case "message_start", "ping" -> { }
            default -> commit();
        }
    }

    private void become(Open kind) {
        if (open == kind) return;
        close();
        open(kind, kind == Open.TEXT ? Json.object("type", "text", "text", "")
            : Json.object("type", "thinking", "thinking", "", "signature", ""));
    }

    private void open(Open kind, JsonObject block) {
        begin();
        start();
        open = kind;
        out.open(++index, block);
    }

    private void write(String type, String key, String piece) {
        written += piece.length();
        out.delta(index, type, key, piece);
    }

    private void close() {
        if (open != Open.NOTHING) out.close(index);
        open = Open.NOTHING;
    }

    private void begin() {
        if (begun) return;
        begun = true;
        onFirst.run();
    }

    private void commit() {
        if (committed) return;
        committed = true;
        onCommit.run();
    }

    /// Starts the message before its content, because the provider is slow.
    public void start() { start(false); }

    /// True if the message had started before. Two threads may start it: the one that reads from the provider, and the one
    /// that keeps the connection alive.
    private synchronized boolean start(boolean relays) {
        var before = started;
        started = true;
        if (!before && !relays) out.start(usage.begun());
        return before;
    }

    /// Whether the provider has counted the prompt.
    public boolean isCounted() { return counted; }

    /// Whether the message has started, so that its HTTP status is final.
    public boolean hasStarted() { return started; }

    /// The model ended its turn of its own accord and said nothing, though it may have thought.
    public boolean isEmpty() { return !committed && !relayed && (stop.reason().equals("end_turn") || stop.reason().equals("tool_use")); }

    /// Another attempt follows, with nothing but thoughts before it.
    public void restart() {
        close();
        if (relayedOpen) out.close(index);
        relayedOpen = false;
        stop = null;
        relayed = false;
    }

    /// The turn has ended, and another one continues the message. One in which no model was `asked` took nothing.
    public void nextTurn(boolean asked) {
        while (open == Open.CALL) release();
        close();
        if (asked) {
            earlier = turn().plus(earlier);
            usage = Event.Usage.NONE;
        }
        written = 0;
        stop = null;
        committed = false;
    }

    /// Ends the message. The provider must have given a reason to stop.
    public void end() {
        if (relayed) return;
        if (stop == null) throw new IllegalStateException("no dialect may end without saying why the model stopped");
        while (open == Open.CALL) release();
        close();
        start();
        var reason = reason();
        out.end(reason, reason.equals("stop_sequence") ? stop.sequence() : "", usage());
    }

    /// The blocks decide, because providers send `stop` with a tool call and `tool_calls` without one.
    private String reason() {
        return switch (stop.reason()) {
            case "max_tokens" -> calls.isEmpty() || lastCallCut ? "max_tokens" : "tool_use";
            case "tool_use" -> calls.isEmpty() ? "end_turn" : "tool_use";
            default -> calls.isEmpty() ? stop.reason() : "tool_use";
        };
    }

    /// The tokens in and out of all turns, and the searches that succeeded.
    public Event.Usage usage() {
        var all = turn().plus(earlier);
        return all.withSearches(Math.max(all.searches(), searches));
    }

    /// The output is estimated from its length if the provider does not count it.
    private Event.Usage turn() {
        return usage.output() >= 0 ? usage : usage.withOutput((written + 3) / 4);
    }
}
