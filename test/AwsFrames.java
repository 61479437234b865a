import lib.json.*;
import okio.Buffer;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// A case's lines `:event-type {json}` as AWS's binary frames, made by AWS's own encoder. A `chunk` holds one event of
/// Anthropic's in base64; `:!type {json}` is an exception; a `PayloadPart` is an event of the stream inside, and is cut
/// into frames of seven bytes; `…` at its end leaves it unfinished.
final class AwsFrames {
    private AwsFrames() {}

    static Buffer of(String lines) {
        var frames = new Buffer();
        lines.lines().filter(line -> line.startsWith(":")).forEach(line -> {
            var name = line.substring(1, line.indexOf(' '));
            var payload = line.substring(line.indexOf(' ') + 1);
            if (name.equals("chunk")) payload = Json.write(Json.object("bytes", Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))));
            if (name.equals("PayloadPart")) {
                pieces((payload.endsWith("…") ? payload.substring(0, payload.length() - 1) : payload + "\n\n").getBytes(StandardCharsets.UTF_8), frames);
                return;
            }
            var headers = name.startsWith("!")
                ? Map.of(":message-type", HeaderValue.fromString("exception"), ":exception-type", HeaderValue.fromString(name.substring(1)), ":content-type", HeaderValue.fromString("application/json"))
                : Map.of(":message-type", HeaderValue.fromString("event"), ":event-type", HeaderValue.fromString(name), ":content-type", HeaderValue.fromString("application/json"));
            new Message(headers, payload.getBytes(StandardCharsets.UTF_8)).encode(frames.outputStream());
        });
        return frames;
    }

    private static void pieces(byte[] event, Buffer frames) {
        var headers = Map.of(":message-type", HeaderValue.fromString("event"), ":event-type", HeaderValue.fromString("PayloadPart"), ":content-type", HeaderValue.fromString("application/octet-stream"));
        for (var at = 0; at < event.length; at += 7)
            new Message(headers, Arrays.copyOfRange(event, at, Math.min(at + 7, event.length))).encode(frames.outputStream());
    }
}
