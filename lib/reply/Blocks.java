package lib.reply;


import lib.json.*;
import lib.wire.*;

/// The destination of a reply, block by block in valid order: a stream, or one whole message.
public sealed interface Blocks permits Sse, MessageBuilder {
    void start(Event.Usage usage);

    void open(int index, JsonObject block);

    /// A piece of the open block: `type` is Anthropic's delta type, `key` the name of its only field.
    void delta(int index, String type, String key, String piece);

    /// A source of the open text.
    void cite(int index, JsonObject citation);

    void close(int index);

    void end(String reason, String sequence, Event.Usage usage);

    void relay(Frame frame);
}
