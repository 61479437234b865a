package lib.wire;

import module java.base;

import lib.json.*;

/// One message of an upstream's stream: a server-sent event, a line of NDJSON or an AWS event-stream message. Its data stays bytes
/// from one socket to the other; it is decoded only where somebody wants it as text.
public record Frame(String event, byte[] bytes) {
    public Frame(String event, String data) { this(event, data.getBytes(StandardCharsets.UTF_8)); }

    public String data() { return new String(bytes, StandardCharsets.UTF_8); }

    /// What most frames are, as their first byte tells.
    private boolean isObject() { return bytes.length > 0 && bytes[0] == '{'; }

    public boolean isBlank() { return !isObject() && data().isBlank(); }

    /// The end of a stream, as OpenAI marks it; some hosts of other APIs send it too.
    public boolean isDone() { return !isObject() && data().strip().equals("[DONE]"); }

    public boolean isOneLine() {
        for (var b : bytes) if (b == '\n' || b == '\r') return false;
        return true;
    }

    /// The same data under this name.
    public Frame named(String name) { return name.equals(event) ? this : new Frame(name, bytes); }

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
        var data = object();
        if (!Json.isNumber(data, "index")) return this;
        Json.put(data, "index", Json.number(data, "index") + later);
        return new Frame(event, Json.bytes(data));
    }

    /// The data as JSON.
    public JsonElement json() {
        try {
            return Json.parse(bytes);
        } catch (Json.Malformed e) {
            throw new ApiError(500, "the provider sent a chunk that is not valid JSON: " + e.getMessage());
        }
    }

    /// The data as an object, empty if it is anything else.
    public JsonObject object() { return Json.objectIn(bytes); }
}
