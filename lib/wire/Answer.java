package lib.wire;

import module java.base;

/// A provider's HTTP response: status, headers and the open body. Closing it closes the connection if the body is unread.
public record Answer(int status, Map<String, List<String>> headers, InputStream body) implements AutoCloseable {
    /// The bytes of a byte order mark. No format begins with one of them otherwise.
    private static final Set<Integer> MARK = Set.of(0xEF, 0xBB, 0xBF);

    static Answer echo(byte[] body) {
        return new Answer(200, Map.of("content-type", List.of("application/json")), new ByteArrayInputStream(body));
    }

    public boolean ok() { return status >= 200 && status < 300; }

    public String header(String name) {
        var values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// The body as frames, in any of the formats of streams. `idle` runs whenever the next bytes have not arrived yet.
    /// The first byte decides, because servers send wrong content types: JSON starts with a brace, anything else is
    /// server-sent events.
    public Iterable<Frame> frames(Runnable idle) {
        var type = header("content-type");
        if (type.startsWith("text/html"))
            throw new ApiError(502, "the provider answered with a web page instead of the API's reply; check the base URL");
        if (!type.startsWith("application/vnd.amazon.eventstream")) return frames(body, isLines(type), idle);
        return AwsFrames.of(body, isLines(header("x-amzn-sagemaker-content-type")), idle);
    }

    private static boolean isLines(String type) { return type.contains("ndjson") || type.contains("jsonlines"); }

    /// `lines`: JSON is sent line by line.
    static Iterable<Frame> frames(InputStream body, boolean lines, Runnable idle) {
        var in = new BufferedInputStream(body, 16);
        return switch (first(in)) {
            case '{', '[' -> lines ? Lines.ndjson(in, idle) : whole(text(in));
            default -> Lines.events(in, idle);
        };
    }

    /// One JSON text, or several, as lines of JSON are whose content type does not say so. What is neither stays whole, and
    /// is an error to whoever reads it.
    private static List<Frame> whole(String text) {
        var texts = new ArrayList<Frame>();
        var depth = 0;
        var from = 0;
        for (var at = 0; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (letter == '"' && depth > 0) at = closing(text, at);
            else if (letter == '{' || letter == '[') {
                if (depth++ == 0) from = at;
            } else if (letter == '}' || letter == ']') {
                if (--depth < 0) return List.of(new Frame("", text));
                if (depth == 0) texts.add(new Frame("", text.substring(from, at + 1)));
            } else if (depth == 0 && letter > ' ') return List.of(new Frame("", text));
        }
        if (depth > 0) texts.add(new Frame("", text.substring(from)));   // the answer was cut off
        return texts;
    }

    /// Where the string ends that begins there.
    private static int closing(String text, int quote) {
        for (var at = quote + 1; at < text.length(); at++)
            if (text.charAt(at) == '\\') at++;
            else if (text.charAt(at) == '"') return at;
        return text.length();
    }

    /// The whole body of an error.
    public String text() {
        try {
            return new String(body.readNBytes(Bounds.ERROR), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static int first(BufferedInputStream in) {
        try {
            while (true) {
                in.mark(1);
                var b = in.read();
                if (b > ' ' && !MARK.contains(b)) {
                    in.reset();
                    return b;
                }
                if (b < 0) return b;
            }
        } catch (IOException e) {
            throw ApiError.cutOff(e);
        }
    }

    private static String text(InputStream in) {
        try {
            var bytes = in.readNBytes(Bounds.FRAME + 1);
            if (bytes.length > Bounds.FRAME) throw Bounds.exceeded("a reply", Bounds.FRAME);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ApiError.cutOff(e);
        }
    }

    @Override public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // The connection is closed already.
        }
    }
}
