package lib.reply;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;

import lib.json.*;

/// What an Anthropic stream may be: blocks in order, one at a time, between message_start and message_stop; and what
/// the official SDK makes a message of. A stream that ends in an error makes none.
public final class StreamLaw {
    private StreamLaw() {}

    public static Message check(String stream) {
        var open = -1;
        var next = 0;
        var state = "before";
        var failed = false;
        var accumulator = MessageAccumulator.create();
        for (var event : stream.split("\n\n")) {
            if (event.isBlank() || event.startsWith(":")) continue;
            var lines = event.split("\n");
            var name = lines[0].substring("event: ".length());
            var data = Json.at(Json.parse(lines[1].substring("data: ".length())));
            require(name.equals(Json.text(data, "type")), "the event's name is not its type", event);
            require(!failed && !state.equals("after"), "nothing may follow the end", event);
            var index = (int) Json.number(data, "index");
            switch (name) {
                case "ping" -> { }
                case "message_start" -> {
                    require(state.equals("before"), "a second message_start", event);
                    state = "in";
                }
                case "content_block_start" -> {
                    require(state.equals("in") && open < 0 && index == next, "a block out of order", event);
                    open = next++;
                }
                case "content_block_delta" -> {
                    require(open >= 0 && open == index, "a delta without its block", event);
                    require(!Json.text(data, "delta", "text").isEmpty() || !Json.text(data, "delta", "type").equals("text_delta"), "an empty text", event);
                }
                case "content_block_stop" -> {
                    require(open >= 0 && open == index, "the end of a block that is not open", event);
                    open = -1;
                }
                case "message_delta" -> {
                    require(state.equals("in") && open < 0, "message_delta before the last block's end", event);
                    require(!Json.text(data, "delta", "stop_reason").isEmpty(), "no stop_reason", event);
                    state = "ending";
                }
                case "message_stop" -> {
                    require(state.equals("ending"), "message_stop without message_delta", event);
                    state = "after";
                }
                case "error" -> failed = true;
                default -> throw new AssertionError("no event of Anthropic's: " + event);
            }
            if (!name.equals("ping") && !name.equals("error")) accumulate(accumulator, data.toString());
        }
        require(failed || state.equals("after"), "the stream has no end", stream);
        return failed ? null : accumulator.message();
    }

    private static void accumulate(MessageAccumulator accumulator, String json) {
        try {
            accumulator.accumulate(ObjectMappers.jsonMapper().readValue(json, RawMessageStreamEvent.class));
        } catch (Exception e) {
            throw new AssertionError("the official SDK does not take " + json + ": " + e, e);
        }
    }

    private static void require(boolean holds, String law, String event) {
        if (!holds) throw new AssertionError(law + ":\n" + event);
    }
}
