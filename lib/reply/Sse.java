package lib.reply;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// Writes blocks as Anthropic's server-sent events: https://docs.claude.com/en/docs/build-with-claude/streaming
/// Two threads write: the one that reads from the provider, and the one that keeps the connection alive.
public final class Sse implements Blocks {
    /// The client closed its connection.
    public static final class ClientGone extends RuntimeException {
        public ClientGone() { super("the client closed the connection", null, false, false); }
    }

    private static final int ENOUGH = 8192;

    private final OutputStream out;
    private final String id, model;
    private final Utf8 pending = new Utf8(1024);
    private long lastWrite = System.nanoTime();
    private boolean ended;   // nothing may follow

    public Sse(OutputStream out, String id, String model) {
        this.out = out;
        this.id = id;
        this.model = model;
    }

    /// In Anthropic's words; details that are zero are left out.
    /// https://docs.claude.com/en/api/messages
    public static JsonObject usage(Event.Usage usage) {
        var counts = Json.object("input_tokens", usage.input(), "cache_creation_input_tokens", usage.cacheWrite(),
            "cache_read_input_tokens", usage.cacheRead(), "output_tokens", usage.output());
        if (usage.cacheWriteHour() > 0) Json.put(counts, "cache_creation", Json.object(
            "ephemeral_5m_input_tokens", usage.cacheWrite() - usage.cacheWriteHour(), "ephemeral_1h_input_tokens", usage.cacheWriteHour()));
        if (usage.reasoning() > 0) Json.put(counts, "output_tokens_details", Json.object("thinking_tokens", usage.reasoning()));
        if (usage.searches() > 0) Json.put(counts, "server_tool_use",
            Json.object("web_search_requests", usage.searches(), "web_fetch_requests", 0));
        return counts;
    }

    @Override public void start(Event.Usage usage) {
        event("message_start", "message", Json.object("id", id, "type", "message", "role", "assistant", "model", model,
            "content", Json.array(), "stop_reason", null, "stop_sequence", null, "usage", usage(usage)));
    }

    @Override public synchronized void open(int index, JsonObject block) {
        begin("content_block_start").add(",\"index\":").add(index).add(",\"content_block\":").add(Json.write(block));
        close();
    }

    @Override public synchronized void delta(int index, String type, String key, String piece) {
        begin("content_block_delta").add(",\"index\":").add(index)
            .add(",\"delta\":{\"type\":\"").add(type).add("\",\"").add(key).add("\":");
        pending.quoted(piece).add('}');
        close();
    }

    @Override public synchronized void cite(int index, JsonObject citation) {
        begin("content_block_delta").add(",\"index\":").add(index)
            .add(",\"delta\":").add(Json.write(Json.object("type", "citations_delta", "citation", citation)));
        close();
    }

    @Override public synchronized void close(int index) {
        begin("content_block_stop").add(",\"index\":").add(index);
        close();
    }

    @Override public synchronized void end(String reason, String sequence, Event.Usage usage) {
        begin("message_delta").add(",\"delta\":")
            .add(Json.write(Json.object("stop_reason", reason, "stop_sequence", sequence.isEmpty() ? null : sequence)))
            .add(",\"usage\":").add(Json.write(usage(usage)));
        close();
        begin("message_stop");
        close();
        ended = true;
        flush();
    }

    @Override public synchronized void relay(Frame frame) {
        if (!frame.event().isEmpty()) pending.add("event: ").add(frame.event()).add('\n');
        if (frame.isOneLine()) pending.add("data: ").add(frame.bytes(), 0, frame.bytes().length).add('\n');
        else frame.data().lines().forEach(line -> pending.add("data: ").add(line).add('\n'));
        pending.add('\n');
        ended |= frame.event().equals("message_stop");
    }

    public synchronized void ping() {
        if (ended) return;
        begin("ping");
        close();
        flush();
    }

    /// A line that clients ignore. An empty one only detects whether the client is still connected.
    public synchronized void comment(String words) {
        if (ended) return;
        pending.add(":").add(words).add("\n\n");
        flush();
    }

    public synchronized void fail(ApiError error, String requestId) {
        pending.add("event: error\ndata: ").add(error.json(requestId)).add("\n\n");
        ended = true;
        flush();
    }

    private synchronized void event(String name, String key, JsonObject value) {
        begin(name).add(",\"").add(key).add("\":").add(Json.write(value));
        close();
    }

    private Utf8 begin(String name) {
        return pending.add("event: ").add(name).add("\ndata: {\"type\":\"").add(name).add('"');
    }

    private void close() {
        pending.add("}\n\n");
        if (pending.length() > ENOUGH) flush();
    }

    /// Called when no more input is waiting: a burst is sent as one chunk, a single event at once.
    public synchronized void flush() {
        if (pending.isEmpty()) return;
        try {
            pending.drainTo(out);
            out.flush();
        } catch (IOException e) {
            throw new ClientGone();
        }
        lastWrite = System.nanoTime();
    }

    public synchronized long quietNanos() { return System.nanoTime() - lastWrite; }
}
