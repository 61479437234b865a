package lib.wire;

import module java.base;

/// Splits a stream of bytes into lines, and lines into frames. Only LF, CRLF and CR end a line. Bytes are decoded line by
/// line, so that a character may be split between two packets.
final class Lines {
    private final InputStream in;
    private final Runnable idle;
    private byte[] bytes = new byte[8192];
    private int from, to;
    private boolean skipLineFeed, ended;

    private Lines(InputStream in, Runnable idle) {
        this.in = in;
        this.idle = idle;
    }

    /// Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html
    static Iterable<Frame> events(InputStream in, Runnable idle) {
        var lines = new Lines(in, idle);
        return frames(lines::event);
    }

    static Iterable<Frame> ndjson(InputStream in, Runnable idle) {
        var lines = new Lines(in, idle);
        return frames(() -> {
            for (var line = lines.next(); line != null; line = lines.next()) if (!line.isBlank()) return new Frame("", line);
            return null;
        });
    }

    private Frame event() {
        var event = "";
        var data = new StringJoiner("\n");
        var seen = false;
        for (var line = next(); line != null; line = next()) {
            if (line.startsWith("\uFEFF")) line = line.substring(1);
            if (line.isEmpty()) {
                if (seen) return new Frame(event, data.toString());
                event = "";
                continue;
            }
            var colon = line.indexOf(':');
            if (colon == 0) continue;
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
            switch (field) {
                case "data" -> {
                    seen = true;
                    data.add(value);
                    if (data.length() > Bounds.FRAME) throw Bounds.exceeded("an event", Bounds.FRAME);
                }
                case "event" -> event = value;
                default -> { }
            }
        }
        return seen ? new Frame(event, data.toString()) : null;   // some servers omit the last blank line
    }

    /// The next line without its end, or null at the end of the stream.
    private String next() {
        for (var at = from; ; ) {
            for (; at < to; at++) {
                var b = bytes[at];
                if (b == '\n' && skipLineFeed && at == from) {
                    skipLineFeed = false;
                    from++;
                    continue;
                }
                if (b != '\n' && b != '\r') continue;
                skipLineFeed = b == '\r';
                var line = new String(bytes, from, at - from, StandardCharsets.UTF_8);
                from = at + 1;
                return line;
            }
            if (from < to) skipLineFeed = false;
            if (ended) {
                if (from == to) return null;
                var line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
                from = to;
                return line;
            }
            at -= from;
            fill();
            at += from;
        }
    }

    private void fill() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to >= Bounds.FRAME) throw Bounds.exceeded("a line", Bounds.FRAME);
        if (to == bytes.length) bytes = Arrays.copyOf(bytes, to * 2);
        try {
            if (in.available() == 0) idle.run();
            var n = in.read(bytes, to, bytes.length - to);
            if (n < 0) ended = true;
            else to += n;
        } catch (IOException e) {
            throw ApiError.cutOff(e);
        }
    }

    /// Frames on demand, until the source returns null.
    static Iterable<Frame> frames(Supplier<Frame> source) {
        return () -> new Iterator<>() {
            private Frame next;
            private boolean looked;

            @Override public boolean hasNext() {
                if (!looked) next = source.get();
                looked = true;
                return next != null;
            }

            @Override public Frame next() {
                if (!hasNext()) throw new NoSuchElementException();
                looked = false;
                return next;
            }
        };
    }
}
