package lib.answer;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// Ends the reply of an imitation of Anthropic's API at a stop sequence that it has passed over. Its frames pass as they come
/// otherwise, and one that names no sequence gets the only one that it can be.
final class RelayedStop implements Consumer<Event> {
    private final List<String> all;
    private final Consumer<Event> out;
    private StopSequences sequences;
    private Event.Usage usage = new Event.Usage(0, 0, 0, 0);
    private long written;
    private boolean called;

    RelayedStop(List<String> all, Consumer<Event> out) {
        this.all = all;
        this.out = out;
        this.sequences = new StopSequences(all);
    }

    @Override public void accept(Event event) {
        if (!(event instanceof Event.Relay(var frame))) {
            out.accept(event);
            return;
        }
        var data = frame.object();
        switch (frame.event()) {
            case "message_start" -> usage = TokenCounts.in(data).orElse(usage);
            case MessageFrames.BLOCK_START -> called |= Json.text(data, "content_block", "type").equals("tool_use");
            case MessageFrames.BLOCK_DELTA -> {
                var delta = Json.at(data, "delta");
                written += Json.text(delta, "thinking").length() + Json.text(delta, "partial_json").length();
                if (Json.text(delta, "type").equals("text_delta")) {
                    text(Json.number(data, "index"), Json.text(delta, "text"), event);
                    return;
                }
            }
            case MessageFrames.BLOCK_STOP -> write(Json.number(data, "index"), sequences.rest());
            case "message_delta" -> {
                if (name(Json.at(data, "delta"))) {
                    relay(data);
                    return;
                }
            }
            case "" -> {
                if (cut(data) | name(data)) {
                    out.accept(new Event.Relay(new Frame("", Json.bytes(data))));
                    return;
                }
            }
            default -> { }
        }
        out.accept(event);
    }

    private void text(long index, String piece, Event came) {
        var text = sequences.take(piece);
        written += text.length();
        if (text.equals(piece)) out.accept(came);
        else write(index, text);
        if (sequences.reached().isEmpty()) return;
        relay(Json.object("type", MessageFrames.BLOCK_STOP, "index", index));
        usage = new Event.Usage(usage.input(), usage.cacheRead(), usage.cacheWrite(), (written + 3) / 4);   // its count will not come
        out.accept(usage);
        var delta = new JsonObject();
        end(delta);
        relay(Json.object("type", "message_delta", "delta", delta, "usage", Json.object("output_tokens", usage.output())));
        relay(Json.object("type", "message_stop"));
        throw new StopAt.Reached(this);
    }

    private void write(long index, String text) {
        if (!text.isEmpty()) relay(MessageFrames.text(index, text));
    }

    private void end(JsonObject holder) {
        Json.put(holder, "stop_reason", called ? "tool_use" : "stop_sequence");
        Json.put(holder, "stop_sequence", called ? null : sequences.reached());
    }

    /// Cuts a whole message. True if there was a sequence in it.
    private boolean cut(JsonObject message) {
        var content = new ArrayList<JsonElement>();
        for (var block : Json.list(message, "content")) {
            content.add(block);
            called |= Json.text(block, "type").equals("tool_use");
            if (!Json.text(block, "type").equals("text")) continue;
            sequences = new StopSequences(all);
            var text = sequences.take(Json.text(block, "text"));
            if (sequences.reached().isEmpty()) continue;
            Json.put(Json.at(block), "text", text);
            if (text.isEmpty()) content.removeLast();
            Json.put(message, "content", Json.arrayOf(content));
            end(message);
            return true;
        }
        return false;
    }

    /// Names the sequence that the provider stopped at, where it does not and there is only one. True if that changes anything.
    private boolean name(JsonObject holder) {
        if (all.size() > 1 || !Json.text(holder, "stop_reason").equals("stop_sequence") || !Json.text(holder, "stop_sequence").isEmpty())
            return false;
        Json.put(holder, "stop_sequence", all.getFirst());
        return true;
    }

    private void relay(JsonObject data) { out.accept(new Event.Relay(new Frame(Json.text(data, "type"), Json.bytes(data)))); }
}
