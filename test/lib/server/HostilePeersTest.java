package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
                new Log(folder.resolve("log"), Optional.empty(), config), Ids.counting(), FAST);
            try (var server = new Server(parts, "127.0.0.1", 0); var client = ask(server.port(), BODY)) {
                var seen = until(client, "request_id");
                assertTrue(seen.contains(error instanceof OutOfMemoryError ? "HTTP/1.1 529" : "HTTP/1.1 500"), seen);
                assertEquals(error instanceof OutOfMemoryError, seen.toLowerCase(Locale.ROOT).contains("retry-after: 5"), seen);
            }
            assertTrue(Files.readString(folder.resolve("log")).contains("a fault in FreeCC"));
        }
    }

    /// Nested so deep that whoever descends into it runs out of stack.
    @Test void aChunkThatIsABottomlessPitIsAnError() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            asked.getOutputStream().write(("data: {\"choices\":" + "[".repeat(200_000) + "\n\n").getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "request_id").contains("event: error"));
        }
    }
}
