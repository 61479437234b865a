package lib.wire;

import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Frames of AWS's binary event stream, cut by AWS's own decoder. An exception's frame is named `exception/<its type>`.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
final class AwsFrames {
    static final String EXCEPTION = "exception/";

    private final InputStream in;
    private final Runnable idle;
    private final MessageDecoder decoder;
    private final Deque<Frame> ready = new ArrayDeque<>();
    private final byte[] bytes = new byte[8192];

    private AwsFrames(InputStream in, Runnable idle) {
        this.in = in;
        this.idle = idle;
        this.decoder = new MessageDecoder(message -> ready.add(frame(message)));
    }

    static Iterable<Frame> of(InputStream in, Runnable idle) {
        var frames = new AwsFrames(in, idle);
        return Lines.frames(frames::next);
    }

    private Frame next() {
        try {
            while (ready.isEmpty()) {
                if (in.available() == 0) idle.run();
                var n = in.read(bytes);
                if (n < 0) return null;
                decoder.feed(bytes, 0, n);
            }
            return ready.remove();
        } catch (IOException e) {
            throw ApiError.cutOff(e);
        }
    }

    private static Frame frame(Message message) {
        var payload = new String(message.getPayload(), StandardCharsets.UTF_8);
        return switch (header(message, ":message-type")) {
            case "exception" -> new Frame(EXCEPTION + header(message, ":exception-type"), payload);
            case "error" -> new Frame(EXCEPTION + header(message, ":error-code"), Json.write(Json.object("message", header(message, ":error-message"))));
            default -> new Frame(header(message, ":event-type"), payload);
        };
    }

    private static String header(Message message, String name) {
        HeaderValue value = message.getHeaders().get(name);
        return value == null ? "" : value.getString();
    }
}
