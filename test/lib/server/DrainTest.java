package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// How FreeCC stops: first it says so, then it refuses, and what is under way ends.
class DrainTest extends Peers {
    private static final Duration LONG = Duration.ofMinutes(1);

    private static String get(int port, String path) throws IOException {
        try (var client = new Socket("127.0.0.1", port)) {
            client.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            return until(client, "}");
        }
    }

    @Test void healthFailsAtOnceWhileNewRequestsAreStillServed() throws Exception {
        try (var server = server(FAST)) {
            assertTrue(get(server.port(), "/health").startsWith("HTTP/1.1 200"));
            var lingered = new ArrayList<String>();
            server.drain(() -> {
                try (var client = ask(server.port(), BODY)) {
                    for (var path : List.of("/health", "/health/live", "/")) lingered.add(get(server.port(), path).lines().findFirst().orElseThrow());
                    var asked = answer(STREAM + WORD);
                    var seen = until(client, "Hel");
                    assertTrue(seen.toLowerCase(Locale.ROOT).contains("\nconnection: close"), seen);
                    asked.close();
                    until(client, "request_id");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, LONG);
            assertEquals(List.of("503 Service Unavailable", "200 OK", "200 OK"), lingered.stream().map(line -> line.substring(9)).toList());
        }
    }

    @Test void whatIsUnderWayEndsAndNobodyElseIsServed() throws Exception {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            var port = server.port();
            var drained = new CountDownLatch(1);
            Thread.ofVirtual().start(() -> {
                server.drain(() -> { }, LONG);
                drained.countDown();
            });
            while (accepts(port)) Thread.onSpinWait();
            assertEquals(1, drained.getCount(), "a stream is under way");
            asked.getOutputStream().write("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n".getBytes(StandardCharsets.UTF_8));
            asked.close();
            until(client, "message_stop");
            assertTrue(drained.await(20, TimeUnit.SECONDS), "nothing is under way, but it still waits");
        }
    }

    @Test void aStreamThatOutlastsTheTimeEnds() throws Exception {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            server.drain(() -> { }, Duration.ZERO);
            server.close();
            assertThrows(AssertionError.class, () -> until(client, "message_stop"));
            hasHungUp(asked);
        }
    }

    private static boolean accepts(int port) {
        try {
            new Socket("127.0.0.1", port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
