package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A fallback that answers in a stream which has already begun, because the first provider kept the client waiting.
class FallbackStreamTest extends Peers {
    private static final String ASKED = BODY.replace("groq/m", "sonnet"), END = "data: [DONE]\n\n", FINISH =
        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":10}}\n\n";

    private Server served(Timing timing) throws IOException {
        return server(timing, "BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "BIG_MODEL_FALLBACKS=acme/other", "ACME_API_KEY=k2",
            "ACME_API_BASE=http://127.0.0.1:" + provider.getLocalPort() + "/v1");
    }

    /// The rest of the stream, which the fallback writes.
    private String rest(Socket client) throws IOException {
        try (var other = answer(STREAM + WORD + FINISH + END)) {
            other.shutdownOutput();
            return until(client, "message_stop");
        }
    }

    @Test void afterPingsTheMessageGoesOnAndBeginsOnlyOnce() throws Exception {
        try (var server = served(FAST); var client = ask(server.port(), ASKED); var slow = answer("")) {
            var begun = until(client, "event: ping");
            assertEquals(1, begun.split("event: message_start", -1).length - 1, begun);
            slow.getOutputStream().write("HTTP/1.1 500 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var rest = rest(client);
            assertTrue(rest.contains("\"text\":\"Hel\"") && rest.contains("\"output_tokens\":10"), rest);
            assertFalse(rest.contains("event: message_start") || rest.contains("event: error"), rest);
        }
    }

    /// The headers have gone out before anybody knew.
    @Test void afterPingsACommentNamesWhoAnswers() throws Exception {
        try (var server = served(FAST); var client = ask(server.port(), ASKED); var slow = answer("")) {
            var begun = until(client, "event: ping");
            assertFalse(begun.toLowerCase(Locale.ROOT).contains("freecc-route"), begun);
            slow.getOutputStream().write("HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            var rest = rest(client);
            assertTrue(rest.contains("\n: x-freecc-route: acme/other\n\n") && rest.indexOf("x-freecc") < rest.indexOf("Hel"), rest);
        }
    }

    @Test void afterPingsACommentNamesThePrimaryToo() throws Exception {
        try (var server = served(FAST); var client = ask(server.port(), ASKED); var slow = answer("")) {
            until(client, "event: ping");
            slow.getOutputStream().write((STREAM + WORD + FINISH + END).getBytes(StandardCharsets.UTF_8));
            slow.shutdownOutput();
            var rest = until(client, "message_stop");
            assertEquals(1, rest.split("\n: x-freecc-route: groq/m\n\n", -1).length - 1, rest);
        }
    }

    @Test void aProviderThatIsSilentForTooLongIsLeftAndReplaced() throws Exception {
        try (var server = served(IMPATIENT); var client = ask(server.port(), ASKED); var silent = answer(STREAM)) {
            var all = rest(client);
            assertTrue(all.contains("X-freecc-route: acme/other") && all.contains("\"text\":\"Hel\""), all);
            hasHungUp(silent);
        }
    }
}
