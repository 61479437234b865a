package lib.wire;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The reader of frames: every form of an event stream, each cut into pieces of every length.
class LinesTest {
    record TextApi(String name, String stream, String... frames) {
        @Override public String toString() { return name; }
    }

    static Stream<TextApi> forms() {
        return Stream.of(
            new TextApi("LF", "data: a\n\ndata: b\n\n", ":a", ":b"),
            new TextApi("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", ":a", ":b"),
            new TextApi("CR", "data: a\r\rdata: b\r\r", ":a", ":b"),
            new TextApi("all three", "data: a\r\n\ndata: b\r\r\ndata: c\n\r\n", ":a", ":b", ":c"),
            new TextApi("a byte order mark", "\uFEFFdata: a\n\n", ":a"),
            new TextApi("event names", "event: x\ndata: a\n\nevent:y\ndata: b\n\ndata: c\n\n", "x:a", "y:b", ":c"),
            new TextApi("an event without data is none", "event: x\n\ndata: b\n\n", ":b"),
            new TextApi("several lines of data", "data: a\ndata: b\ndata:\n\n", ":a\nb\n"),
            new TextApi("no space, two spaces", "data:a\n\ndata:  b\n\n", ":a", ": b"),
            new TextApi("data without a colon", "data\n\n", ":"),
            new TextApi("comments", ": OPENROUTER PROCESSING\n\n:\ndata: a\n: in between\n\n", ":a"),
            new TextApi("other fields", "id: 7\nretry: 100\ndata: a\n\nnonsense\n\n", ":a"),
            new TextApi("no last blank line", "data: a\n\ndata: b\n", ":a", ":b"),
            new TextApi("no last line end", "data: a\n\ndata: b", ":a", ":b"),
            new TextApi("line separators of other worlds", "data: a\u2028b\u2029c\u0085d\u000Be\u000Cf\n\n", ":a\u2028b\u2029c\u0085d\u000Be\u000Cf"),
            new TextApi("characters of every length", "data: aé漢😀\n\n", ":aé漢😀"),
            new TextApi("blank lines galore", "\n\n\r\n\rdata: a\n\n\n\n\n", ":a"),
            new TextApi("a line longer than the buffer", "data: " + "x".repeat(20_000) + "\n\n", ":" + "x".repeat(20_000)),
            new TextApi("nothing", ""));
    }

    @ParameterizedTest @MethodSource("forms") void everyFormInPiecesOfEveryLength(TextApi form) {
        for (var piece : new int[]{1, 2, 3, 5, 7, 4096, 1 << 20})
            assertEquals(List.of(form.frames), read(Lines.events(new TextEvents(form.stream, piece), () -> { })), "in pieces of " + piece);
    }

    @Test void newlineDelimitedJson() {
        for (var piece : new int[]{1, 3, 100})
            assertEquals(List.of(":{\"a\":1}", ":{\"b\":\"\u2028\"}"), read(Lines.ndjson(new TextEvents("{\"a\":1}\r\n\n  \n{\"b\":\"\u2028\"}", piece), () -> { })));
    }

    /// What has arrived is heard before more is waited for, and each wait is told.
    /// Whatever is between them, and whatever the content type says. What is no JSON between them stays in view.
    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        {"a":1}\\n{"b":2}          | {"a":1}, {"b":2}
        {"a":1}\\r\\n\\r\\n {"b":2} | {"a":1}, {"b":2}
        {"a":1}{"b":{"c":"}\\n{"}}   | {"a":1}, {"b":{"c":"}\\n{"}}
        {"a":"\\"}\\n{"} \\t{"b":[{}]}  | {"a":"\\"}\\n{"}, {"b":[{}]}
        [{"a":1},\\n{"b":2}]        | [{"a":1},\\n{"b":2}]
        {"a":1}\\n{"b":             | {"a":1}, {"b":
        {"a":1} and so on          | {"a":1} and so on
        {"a":1}}                   | {"a":1}}
        """) void severalJsonTextsInOneBody(String body, String frames) {
        var text = body.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
        var seen = read(Answer.frames(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), false, () -> { }));
        assertEquals(frames.replace("\\n", "\n"), seen.stream().map(frame -> frame.substring(1)).collect(Collectors.joining(", ")));
    }

    @Test void aFrameIsGivenAsSoonAsItIsThere() {
        var waits = new ArrayList<Integer>();
        var in = new TextEvents("data: a\n\ndata: b\n\ndata: c\n\n", 9);
        var heard = new ArrayList<String>();
        for (var frame : Lines.events(in, () -> waits.add(heard.size()))) {
            heard.add(frame.data());
            assertEquals(heard.size(), in.reads, "a frame waited for the next one");
        }
        assertEquals(List.of(0, 1, 2, 3), waits);
    }

    /// The crumbs of the cases are crumbs where they are read, not put together again on the way.
    @Test void theReaderReallySeesCrumbs() throws IOException {
        var body = "data: {\"n\": 1}\n\n".repeat(200);
        try (var mock = new mockwebserver3.MockWebServer()) {
            mock.enqueue(new mockwebserver3.MockResponse.Builder().setHeader("content-type", "text/event-stream").chunkedBody(body, 7).build());
            mock.start();
            var url = "http://127.0.0.1:" + mock.getPort() + "/";
            try (var answer = new Upstream(new Proxies(_ -> "")).send(Ask.get(url, java.util.Map.of()))) {
                var sizes = new ArrayList<Integer>();
                var text = new StringBuilder();
                var bytes = new byte[8192];
                for (int n; (n = answer.body().read(bytes)) >= 0; ) {
                    sizes.add(n);
                    text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                }
                assertEquals(body, text.toString());
                assertTrue(sizes.stream().allMatch(n -> n <= 7), () -> "pieces of " + sizes);
            }
        }
    }

    @Test void aBrokenConnectionIsAnError() {
        var broken = new InputStream() {
            @Override public int read() throws IOException { throw new IOException("reset"); }

            @Override public int read(byte[] into, int from, int length) throws IOException { throw new IOException("reset"); }
        };
        var error = assertThrows(ApiError.class, () -> read(Lines.events(broken, () -> { })));
        assertEquals("500 the connection to the provider was lost: reset", error.status() + " " + error.getMessage());
    }

    private static List<String> read(Iterable<Frame> frames) {
        var all = new ArrayList<String>();
        for (var frame : frames) all.add(frame.event() + ":" + frame.data());
        return all;
    }

    /// Gives no more than so many bytes at a time.
    private static final class TextEvents extends InputStream {
        private final ByteArrayInputStream in;
        private final int most;
        private int reads;

        TextEvents(String text, int most) {
            this.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
            this.most = most;
        }

        @Override public int read() { return in.read(); }

        @Override public int read(byte[] into, int from, int length) {
            reads++;
            return in.read(into, from, Math.min(length, most));
        }
    }
}
