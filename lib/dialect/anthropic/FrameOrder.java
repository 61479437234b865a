package lib.dialect.anthropic;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.wire.*;

/// The order of Anthropic's frames. A stream that breaks it, because events came twice or in the wrong order, would reach the client
/// as a broken message; it becomes an error, and the client asks again. Frames of tomorrow's types pass.
final class FrameOrder {
    private static final long NONE = -1;

    private final Set<Long> seen = new HashSet<>();
    private boolean begun, ending;
    private long open = NONE;

    void check(String type, JsonObject data) {
        var index = Json.number(data, "index");
        var legal = switch (type) {
            case "message_start" -> !begun;
            case MessageFrames.BLOCK_START -> begun && !ending && open == NONE && seen.add(index);
            case MessageFrames.BLOCK_DELTA, MessageFrames.BLOCK_STOP -> open == index;
            case "message_delta" -> begun && open == NONE;
            case "message_stop" -> begun && open == NONE;
            default -> true;
        };
        if (!legal) throw new ApiError(500, "the provider's events came in the wrong order (" + type + "); try again");
        switch (type) {
            case "message_start" -> begun = true;
            case MessageFrames.BLOCK_START -> open = index;
            case MessageFrames.BLOCK_STOP -> open = NONE;
            case "message_delta" -> ending = true;
            default -> { }
        }
    }
}
