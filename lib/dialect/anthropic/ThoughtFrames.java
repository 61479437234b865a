package lib.dialect.anthropic;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Gives the thought that an imitation of Anthropic's API left in its text, within think tags, a block of its own. Other frames
/// pass as they came, those of Anthropic's own API always.
final class ThoughtFrames {
    /// Takes a frame, its type and its data.
    interface Out { void accept(String type, JsonObject data, Frame frame); }

    private record Waiting(JsonObject data, Frame frame) { }

    private final ReplyContext context;
    private final Out out;
    private final ThoughtSignatures signed;
    private final ThinkTags tags;
    private final List<Waiting> waiting = new ArrayList<>();   // frames of a text block whose start has not been sent
    private final StringBuilder held = new StringBuilder(), said = new StringBuilder();
    private final boolean untouched;
    private boolean open, decided, thought, thinking;
    private long index;   // of the open block, as it came
    private int later;    // by how much the blocks are further on than they were

    ThoughtFrames(ReplyContext context, Out out) {
        this.context = context;
        this.out = out;
        this.signed = new ThoughtSignatures(context, this::hear);
        this.tags = new ThinkTags(context, signed);
        this.untouched = context.route().has(AnthropicQuirks.CLIENT_HEALS);
    }

    void accept(String type, JsonObject data, Frame frame) {
        if (untouched) out.accept(type, data, frame);
        else if (type.equals("message")) whole(data, frame);
        else if (type.equals(MessageFrames.BLOCK_START)) start(data, frame);
        else if (open && type.equals(MessageFrames.BLOCK_DELTA)) delta(data, frame);
        else if (open && type.equals(MessageFrames.BLOCK_STOP)) stop(data, frame);
        else if (waiting.isEmpty()) relay(data, frame);
        else waiting.add(new Waiting(data, frame));   // a ping
    }

    private void start(JsonObject data, Frame frame) {
        var block = Json.at(data, "content_block");
        if (Json.text(block, "type").endsWith("thinking")) tags.thought();   // the host has a place for thoughts, and uses it
        open = Json.text(block, "type").equals("text");
        if (!open) {
            relay(data, frame);
            return;
        }
        decided = thought = false;
        index = Json.number(data, "index");
        waiting.add(new Waiting(data, frame));
        write(Json.text(block, "text"));
    }

    private void delta(JsonObject data, Frame frame) {
        waiting.add(new Waiting(data, frame));
        write(Json.text(data, "delta", "text"));
    }

    private void write(String piece) {
        held.append(piece);
        tags.write(piece);
        settle();
    }

    /// What is known of the block goes out. Its frames are the provider's own if all that they say is text.
    private void settle() {
        if (said.isEmpty()) {
            if (decided && held.isEmpty()) flush();   // a citation
            return;
        }
        if (held.compareTo(said) == 0) flush();
        else {
            if (!decided) made(MessageFrames.BLOCK_START, "content_block", Json.object("type", "text", "text", ""));
            piece("text", said.toString());
            waiting.removeIf(kept -> Json.has(kept.data(), "delta", "text") || Json.has(kept.data(), "content_block"));
            flush();
        }
        said.setLength(0);
        decided = true;
    }

    /// The stream breaks off in the midst of a text: what has arrived of it reaches the client.
    void breakOff() {
        if (!thought) flush();
    }

    private void flush() {
        waiting.forEach(kept -> relay(kept.data(), kept.frame()));
        waiting.clear();
        held.setLength(0);
    }

    /// No more of the text comes.
    private void stop(JsonObject data, Frame frame) {
        tags.end();
        signed.accept(new Event.Stop(""));
        settle();
        var isBlank = !decided && held.toString().isBlank();
        if (isBlank) flush();
        waiting.clear();
        held.setLength(0);
        open = false;
        if (isBlank || decided) relay(data, frame);
        else later--;   // the text was nothing but a thought
    }

    private void hear(Event event) {
        switch (event) {
            case Event.Text(var text) -> said.append(text);
            case Event.Thinking(var text) -> {
                if (!thinking)
                    made(MessageFrames.BLOCK_START, "content_block", Json.object("type", "thinking", "thinking", "", "signature", ""));
                thought = thinking = true;
                piece("thinking", text);
            }
            case Event.Signature(var state) -> {
                piece("signature", state);
                made(MessageFrames.BLOCK_STOP, "", new JsonObject());
                thinking = false;
                later++;
            }
            default -> { }
        }
    }

    private void piece(String field, String text) { send(MessageFrames.delta(index + later, field, text)); }

    private void made(String type, String key, JsonObject value) {
        var data = Json.object("type", type, "index", index + later);
        if (!key.isEmpty()) Json.put(data, key, value);
        send(data);
    }

    private void send(JsonObject data) {
        out.accept(Json.text(data, "type"), data, new Frame(Json.text(data, "type"), Json.write(data)));
    }

    private void relay(JsonObject data, Frame frame) {
        var moved = later == 0 ? frame : frame.numbered(later);
        out.accept(Json.text(data, "type"), moved == frame ? data : Json.objectIn(moved.data()), moved);
    }

    /// A whole message, by way of the frames that it might have come in.
    private void whole(JsonObject message, Frame frame) {
        var tagged = Json.list(message, "content").stream().anyMatch(block -> ThinkTags.areIn(Json.text(block, "text")));
        if (!tagged) {
            out.accept("message", message, frame);
            return;
        }
        var builder = new MessageFrames.Builder();
        var frames = new ThoughtFrames(context, (type, data, _) -> builder.add(type, data));
        MessageFrames.of(message).forEach(part -> frames.accept(Json.text(part, "type"), part, new Frame("", Json.bytes(part))));
        var written = builder.json();
        out.accept("message", Json.objectIn(written), new Frame("", written));
    }
}
