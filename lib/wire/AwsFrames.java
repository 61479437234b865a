package lib.wire;

import module java.base;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

import lib.json.*;

/// The frames of AWS's binary event stream, from AWS's own decoder. An exception's frame is named `exception/<its type>`.
/// If the frames contain pieces of another stream, as SageMaker's do, they are joined and its frames are returned.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
final class AwsFrames {
    static final String EXCEPTION = "exception/";
    /// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_ResponseStream.html
    private static final String PIECE = "PayloadPart";

    private final InputStream in;
    private final Runnable idle;
    private final Deque<Message> ready = new ArrayDeque<>();
    private final MessageDecoder decoder = new MessageDecoder(ready::add);
    private final byte[] bytes = new byte[8192];

    private AwsFrames(InputStream in, Runnable idle) {
        this.in = in;
        this.idle = idle;
    }

    /// `lines`: the inner stream consists of JSON lines.
    static Iterable<Frame> of(InputStream in, boolean lines, Runnable idle) {
        var frames = new AwsFrames(in, idle);
        return () -> frames.begin(lines).iterator();
    }

    private Iterable<Frame> begin(boolean lines) {
        var first = next();
        if (first.filter(AwsFrames::isPiece).isPresent()) return inside(new Pieces(first.get()), lines);
        first.ifPresent(ready::addFirst);
        return Lines.frames(() -> next().map(AwsFrames::frame).orElse(null));
    }

    /// A failure of the outer stream replaces the inner stream's last frame, which is incomplete.
    private Iterable<Frame> inside(Pieces pieces, boolean lines) {
        var frames = Answer.frames(pieces, lines, idle).iterator();
        return Lines.frames(() -> {
            var frame = frames.hasNext() ? frames.next() : null;
            return pieces.takeFailure().orElse(frame);
        });
    }

    private Optional<Message> next() {
        try {
            while (ready.isEmpty()) {
                if (in.available() == 0) idle.run();
                var n = in.read(bytes);
                if (n < 0) return Optional.empty();
                decoder.feed(bytes, 0, n);
            }
            return Optional.of(ready.remove());
        } catch (IOException | IllegalArgumentException e) {   // the decoder's word for a wrong checksum or an impossible length
            throw ApiError.cutOff(e);
        }
    }

    private static boolean isPiece(Message message) { return header(message, ":event-type").equals(PIECE); }

    private static Frame frame(Message message) {
        var payload = message.getPayload();
        return switch (header(message, ":message-type")) {
            case "exception" -> new Frame(EXCEPTION + header(message, ":exception-type"), payload);
            case "error" -> new Frame(EXCEPTION + header(message, ":error-code"),
                Json.write(Json.object("message", header(message, ":error-message"))));
            default -> new Frame(header(message, ":event-type"), payload);
        };
    }

    private static String header(Message message, String name) {
        HeaderValue value = message.getHeaders().get(name);
        return value == null ? "" : value.getString();
    }

    /// The inner stream. It may be cut anywhere, even within a character.
    private final class Pieces extends InputStream {
        private byte[] piece;
        private int at;
        private Optional<Frame> failure = Optional.empty();

        Pieces(Message first) { piece = first.getPayload(); }

        Optional<Frame> takeFailure() {
            var taken = failure;
            failure = Optional.empty();
            return taken;
        }

        private boolean isAtEnd() {
            while (at == piece.length) {
                var message = next();
                failure = message.filter(other -> !isPiece(other)).map(AwsFrames::frame);
                if (message.isEmpty() || failure.isPresent()) return true;
                piece = message.get().getPayload();
                at = 0;
            }
            return false;
        }

        @Override public int read() { return isAtEnd() ? -1 : piece[at++] & 0xff; }

        @Override public int read(byte[] into, int from, int most) {
            if (most == 0) return 0;
            if (isAtEnd()) return -1;
            var n = Math.min(most, piece.length - at);
            System.arraycopy(piece, at, into, from, n);
            at += n;
            return n;
        }

        /// Only the current piece, so that readers do not read ahead into a failure.
        @Override public int available() { return piece.length - at; }
    }
}
