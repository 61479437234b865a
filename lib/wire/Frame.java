package lib.wire;

import module java.base;
import com.google.gson.JsonElement;

/// One message of an upstream's stream: a server-sent event, a line of NDJSON or an AWS event-stream message.
public record Frame(String event, String data) {
    /// The same frames; `tap` sees each one as it passes.
    public static Iterable<Frame> tapped(Iterable<Frame> frames, Consumer<Frame> tap) {
        return () -> {
            var passing = frames.iterator();
            return Lines.frames(() -> {
                if (!passing.hasNext()) return null;
                var frame = passing.next();
                tap.accept(frame);
                return frame;
            }).iterator();
        };
    }

    /// The same frames, and their end if the connection breaks after the model has `finished`: then nothing is missing.
    public static Iterable<Frame> until(Iterable<Frame> frames, Supplier<Boolean> finished) {
        return () -> {
            var passing = frames.iterator();
            return Lines.frames(() -> {
                try {
                    return passing.hasNext() ? passing.next() : null;
                } catch (ApiError lost) {
                    if (!finished.get() || Thread.currentThread().isInterrupted()) throw lost;
                    return null;
                }
            }).iterator();
        };
    }

    /// The same frame with a block's index, if it has one, increased by `later`.
    public Frame numbered(int later) {
        var data = Json.objectIn(data());
        if (!Json.isNumber(data, "index")) return this;
        Json.put(data, "index", Json.number(data, "index") + later);
        return new Frame(event, Json.write(data));
    }

    /// The data as JSON.
    public JsonElement json() {
        try {
            return Json.parse(data);
        } catch (Json.Malformed e) {
            throw new ApiError(500, "the provider sent a chunk that is not valid JSON: " + e.getMessage());
        }
    }
}
