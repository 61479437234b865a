package lib.cli;

import module java.base;
import java.net.http.HttpClient;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A trial ends, whatever the server does.
class TrialTest {
    private static String failure(MockResponse.Builder reply) throws IOException {
        try (var server = new MockWebServer()) {
            server.start();
            server.enqueue(reply.build());
            var client = new Trial.Client(HttpClient.newHttpClient(), server.url("/v1/messages").uri(), "k", Duration.ofSeconds(1));
            var trial = client.words("m");
            return trial.status() + " " + trial.failure().replaceAll("(?<=connection).*", "");
        }
    }

    @Test void aStreamThatStallsAfterItsHeaders() throws IOException {
        assertEquals("504 no complete answer within 1 seconds",
            failure(new MockResponse.Builder().setHeader("content-type", "text/event-stream").body("data: {\"type\":\"ping\"}\n\n").bodyDelay(1, TimeUnit.HOURS)));
    }

    @Test void noHeadersAtAll() throws IOException {
        assertEquals("504 no complete answer within 1 seconds", failure(new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS)));
    }

    @Test void aStreamThatBreaksOff() throws IOException {
        assertEquals("500 FreeCC broke the connection", failure(new MockResponse.Builder().body("data: {\"type\":\"ping\"}\n\n".repeat(9999)).onResponseBody(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)));
    }
}
