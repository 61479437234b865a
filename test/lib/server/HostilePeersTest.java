package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Peers that a well-meaning one never is: silent, endless, deaf or broken on purpose. FreeCC ends what they would keep open.
class HostilePeersTest extends Peers {
    /// Writes on and on, until the other side hangs up.
    private static void repeat(Socket to, String what) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) to.getOutputStream().write(what.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                return;   // which is what the test waits for
            }
        });
    }

    /// The first write after a client has gone succeeds; the next one, a beat later, fails.
    @Test void aClientThatHasGoneIsNoticedWithinThreeSeconds() {
        var usual = Timing.USUAL;
        var noticed = usual.first().plus(usual.beat().multipliedBy(2));
        assertTrue(noticed.compareTo(Duration.ofSeconds(3)) < 0, noticed.toString());
    }

    @ParameterizedTest @ValueSource(strings = {": keep-alive\n\n", ":\n", "\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n"})
    void aProviderThatOnlySaysItIsAliveIsGivenUp(String sign) throws IOException {
        try (var server = server(IMPATIENT, "ANTHROPIC_API_KEY=k", "ANTHROPIC_API_BASE=http://127.0.0.1:" + provider.getLocalPort());
             var client = ask(server.port(), sign.contains("ping") ? BODY.replace("groq/m", "anthropic/claude") : BODY); var asked = answer(STREAM)) {
            repeat(asked, sign);
            assertTrue(until(client, "no content").contains("timeout_error"));
            hasHungUp(asked);
        }
    }

    @Test void aClientThatDoesNotReadEndsItsRequest() throws IOException {
        var strict = new Timing(Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMillis(100));
        try (var server = server(strict); var client = ask(server.port(), BODY); var asked = answer(STREAM)) {
            repeat(asked, WORD);
            hasHungUp(asked);
        }
    }

    /// Two seconds of a flood would be far more than this. What fits is in the buffers of two connections, not in the heap.
    @Test void aClientThatDoesNotReadHoldsBackItsProvider() throws IOException {
        var strict = new Timing(Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2));
        var piece = WORD.replace("Hel", "x".repeat(60_000)).getBytes(StandardCharsets.UTF_8);
        var sent = 0L;
        try (var server = server(strict); var client = ask(server.port(), BODY); var asked = answer(STREAM)) {
            while (sent < 1_000_000_000) {
                asked.getOutputStream().write(piece);
                sent += piece.length;
            }
        } catch (IOException e) {
            assertTrue(sent < 40_000_000, sent + " bytes were taken for a client that does not read");
            return;
        }
        throw new AssertionError("all of the flood was taken");
    }

    @Test void anErrorOfTheMachineIsAnAnswer() throws IOException {
        var config = new Config(Map.of("GROQ_API_KEY", "k", "GROQ_API_BASE", "http://llm.example/v1"));
        for (var error : List.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"))) {
            var failing = new AtomicBoolean();
            var upstream = new Upstream(new Proxies(_ -> {
                if (failing.get()) throw error;
                return "";
            }));
            failing.set(true);
            var parts = new Server.Parts(config, new Routes(config, new Config.Slot("demo", "", "", "")), ContextWindows.UNASKED, upstream,
                new Log(folder.resolve("log"), Optional.empty(), config), new Ledger(config.with("LEDGER", "false")), Ids.counting(), FAST, new ParseCache());
            try (var server = new Server(parts, "127.0.0.1", 0); var client = ask(server.port(), BODY)) {
                var seen = until(client, "request_id");
                assertTrue(seen.contains(error instanceof OutOfMemoryError ? "HTTP/1.1 529" : "HTTP/1.1 500"), seen);
                assertEquals(error instanceof OutOfMemoryError, seen.toLowerCase(Locale.ROOT).contains("retry-after: 5"), seen);
            }
            assertTrue(Files.readString(folder.resolve("log")).contains("a fault in FreeCC"));
        }
    }

    /// While the answer is read: the client has its beginning, and what follows is no end.
    @Test void anErrorOfTheMachineInMidStreamIsAnError() throws IOException {
        for (var error : List.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"))) {
            var failing = new Ids(prefix -> {
                if (prefix.equals("toolu")) throw error;
                return "1";
            });
            try (var server = server(FAST, failing); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
                until(client, "Hel");
                asked.getOutputStream().write(CALL_WITHOUT_ID.getBytes(StandardCharsets.UTF_8));
                var seen = until(client, "request_id");
                assertTrue(seen.contains("event: error") && !seen.contains("message_stop"), seen);
            }
            var log = Files.readString(folder.resolve("log"));
            assertTrue(log.contains("a fault in FreeCC") && log.contains(error.getClass().getSimpleName()), log);
        }
    }

    private static final String CALL_WITHOUT_ID = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"Read\",\"arguments\":\"{}\"}}]}}]}\n\n";

    /// Nested so deep that whoever descends into it runs out of stack.
    @Test void aChunkThatIsABottomlessPitIsAnError() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            asked.getOutputStream().write(("data: {\"choices\":" + "[".repeat(200_000) + "\n\n").getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "request_id").contains("event: error"));
        }
    }

    /// The client sends all of it before it reads, as most do.
    @ParameterizedTest @CsvSource({"POST /v1/messages, x-api-key: wrong, 401, FREECC_API_KEY", "POST /v1/message, x-api-key: sesame-open, 404, not",
        "PUT /v1/messages, x-api-key: sesame-open, 405, not allowed", "POST /v1/messages, x-api-key: sesame-open, 400, JSON"})
    void aRefusalDuringAnUploadIsRead(String request, String key, int status, String words) throws IOException {
        try (var server = server(FAST, "FREECC_API_KEY=sesame-open"); var client = new Socket("127.0.0.1", server.port())) {
            client.setSoTimeout(20_000);
            var body = new byte[9 * 1024 * 1024];
            var head = request + " HTTP/1.1\r\nHost: localhost\r\n" + key + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            client.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().write(body);
            var seen = until(client, "request_id");
            assertTrue(seen.startsWith("HTTP/1.1 " + status) && seen.contains(words), seen);
            client.getOutputStream().write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "freecc").contains("HTTP/1.1 200"), "the connection goes on");
        }
    }

    @ParameterizedTest @CsvSource({"groq/m", "anthropic/claude", "gemini/gemini-3-pro", "cohere/command-a", "ollama/llama", "openai/gpt-5.5"})
    void anEarly413OfTheProviderMeansThatThePromptIsTooLong(String model) throws IOException {
        var address = "http://127.0.0.1:" + provider.getLocalPort();
        var settings = Stream.of("ANTHROPIC", "GEMINI", "COHERE", "OLLAMA", "OPENAI").flatMap(name -> Stream.of(name + "_API_KEY=k", name + "_API_BASE=" + address)).toArray(String[]::new);
        var body = BODY.replace("groq/m", model).replace("hi", "x".repeat(4_000_000));
        try (var server = server(FAST, settings)) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) answer("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").close();
                } catch (IOException e) {
                    return;   // the test is over
                }
            });
            try (var client = ask(server.port(), body)) {
                assertTrue(until(client, "request_id").contains("prompt is too long"));
            }
        }
    }

    @ParameterizedTest @CsvSource({"data, a line", "data: xxxx|, an event"})
    void anEndlessLineOrEventIsAnError(String piece, String what) throws IOException {
        var endless = new InputStream() {
            private long given;

            @Override public int read() { return given++ < 200_000_000 ? piece.replace('|', '\n').charAt((int) (given % piece.length())) : -1; }
        };
        var error = assertThrows(ApiError.class, () -> new Answer(200, Map.of(), endless).frames(() -> { }).iterator().next());
        assertTrue(error.getMessage().contains(what), error.getMessage());
    }

    @Test void aLargeRequestNeedsRoomInTheHeap() {
        var free = new AtomicLong(100_000_000);
        var admission = new Admission(free::get);
        try (var first = admission.place(16_000_000)) {
            var refused = assertThrows(ApiError.class, () -> admission.place(16_000_000), "the first one is still being read");
            assertEquals("529 5", refused.status() + " " + refused.headers().get("retry-after"));
            admission.place(500_000).close();
            assertThrows(ApiError.class, () -> first.take(40_000_000), "it was longer than its header said");
        }
        admission.place(16_000_000).close();
    }
}
