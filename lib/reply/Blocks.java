package lib.reply;

import com.google.gson.JsonObject;

import lib.wire.*;

/// Where a reply goes, block by block and always in legal order: a stream, or one whole message.
public sealed interface Blocks permits Sse, MessageBuilder {
    void start(Event.Usage usage);

    void open(int index, JsonObject block);

    /// A piece of the open block: `type` is Anthropic's delta type, `key` its only field.
    void delta(int index, String type, String key, String piece);

    void close(int index);

    void end(String reason, String sequence, Event.Usage usage);

    void relay(Frame frame);
}
