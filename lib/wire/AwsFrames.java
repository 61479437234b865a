package lib.wire;

import module java.base;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

import lib.json.*;

/// The frames of AWS's binary event stream, decoded by AWS's own library. Its MessageDecoder would take 2 MiB for each stream, so
/// the messages are cut out here, by the length at the beginning of each. An exception's frame is named `exception/<its type>`.
/// If the frames contain pieces of another stream, as SageMaker's do, they are joined and its frames are returned.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
final class AwsFrames {
    static final String EXCEPTION = "exception/";
    /// https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_ResponseStream.html
    private static final String PIECE = "PayloadPart";

    private static final int SHORTEST = 16;   // without headers and without a payload

    private final InputStream in;
    private final Runnable idle;
    private final byte[] prelude = new byte[12];   // the message's length, that of its headers, and a CRC-32 of both
    private Optional<Message> first = Optional.empty();

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
        first = next();
        if (first.filter(AwsFrames::isPiece).isPresent()) return inside(new Pieces(first.get()), lines);
        return Lines.frames(() -> {
            var message = first.or(this::next);
            first = Optional.empty();
            return message.map(AwsFrames::frame).orElse(null);
        });
    }

    /// A failure of the outer stream replaces the inner stream's last frame, which is incomplete.
    private Iterable<Frame> inside(Pieces pieces, boolean lines) {
        var frames = Answer.frames(pieces, lines, idle).iterator();
        return Lines.frames(() -> {
            var frame = frames.hasNext() ? frames.next() : null;
            return pieces.takeFailure().orElse(frame);
        });
    }

    /// Empty at the end, even one within a message.
    private Optional<Message> next() {
        try {
            if (!isFilled(prelude, 0)) return Optional.empty();
            var bytes = Arrays.copyOf(prelude, length());
            return isFilled(bytes, prelude.length) ? Optional.of(Message.decode(ByteBuffer.wrap(bytes))) : Optional.empty();
        } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {   // a wrong checksum, or an impossible length
            throw ApiError.cutOff(e);
        }
    }

    /// The length is not trusted before its checksum is right: a wrong one would wait for bytes that never come.
    private int length() {
        var read = ByteBuffer.wrap(prelude);
        var sum = new CRC32();
        sum.update(prelude, 0, 8);
        if ((int) sum.getValue() != read.getInt(8)) throw new IllegalArgumentException("the checksum of a message's length is wrong");
        var length = read.getInt(0);
        if (length < SHORTEST) throw new IllegalArgumentException("a message cannot have " + length + " bytes");
        if (length > Bounds.FRAME) throw Bounds.exceeded("a message", Bounds.FRAME);
        return length;
    }

    private boolean isFilled(byte[] bytes, int from) throws IOException {
        for (var at = from; at < bytes.length; ) {
            if (in.available() == 0) idle.run();
            var n = in.read(bytes, at, bytes.length - at);
            if (n < 0) return false;
            at += n;
        }
        return true;
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
