package lib.wire;

import module java.base;

import lib.json.*;

/// Splits a stream of bytes into lines, and lines into frames. Only LF, CRLF and CR end a line. Bytes are not
/// decoded, so a character may be split between two packets.
final class Lines {
    private static final byte[] DATA = bytes("data"), EVENT = bytes("event"), MARK = bytes("\uFEFF");
    private static final Names NAMES = new Names();

    private final InputStream in;
    private final Runnable idle;
    private byte[] bytes = new byte[8192];
    private final Utf8 data = new Utf8(1024);   // of the event that is being read
    private int from, to, start, end;
    private boolean skipLineFeed, ended;

    private static byte[] bytes(String text) { return text.getBytes(StandardCharsets.UTF_8); }

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
            while (lines.next())
                if (!lines.isBlank()) return new Frame("", Arrays.copyOfRange(lines.bytes, lines.start, lines.end));
            return null;
        });
    }

    private Frame event() {
        var event = "";
        var seen = false;
        while (next()) {
            if (begins(MARK)) start += MARK.length;
            if (start == end) {
                if (seen) return new Frame(event, data.take());
                event = "";
            } else if (isField(DATA)) {
                if (seen) data.add('\n');
                seen = true;
                var value = value(DATA);
                data.add(bytes, value, end);
                if (data.length() > Bounds.FRAME) throw Bounds.exceeded("an event", Bounds.FRAME);
            } else if (isField(EVENT)) event = NAMES.of(bytes, value(EVENT), end);
        }
        return seen ? new Frame(event, data.take()) : null;   // some servers omit the last blank line
    }

    private boolean begins(byte[] word) {
        return end - start >= word.length && Arrays.equals(bytes, start, start + word.length, word, 0, word.length);
    }

    /// The field's name is the whole line, or a colon follows it.
    private boolean isField(byte[] name) { return begins(name) && (start + name.length == end || bytes[start + name.length] == ':'); }

    /// Where the field's value begins.
    private int value(byte[] name) {
        var at = Math.min(start + name.length + 1, end);
        return at < end && bytes[at] == ' ' ? at + 1 : at;
    }

    private boolean isBlank() { return new String(bytes, start, end - start, StandardCharsets.UTF_8).isBlank(); }

    /// Finds the next line, from `start` to `end`. False at the end of the stream.
    private boolean next() {
        for (var at = from; ; ) {
            for (; at < to; at++) {
                var b = bytes[at];
                if (b > '\r') continue;
                if (b == '\n' && skipLineFeed && at == from) {
                    skipLineFeed = false;
                    from++;
                    continue;
                }
                if (b != '\n' && b != '\r') continue;
                skipLineFeed = b == '\r';
                return line(at, at + 1);
            }
            if (from < to) skipLineFeed = false;
            if (ended) return from < to && line(to, to);
            at -= from;
            fill();
            at += from;
        }
    }

    private boolean line(int end, int rest) {
        start = from;
        this.end = end;
        from = rest;
        return true;
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
