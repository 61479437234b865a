package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.ledger.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What time does to a stream: silence, clients that go, providers that die. Time runs fast here, and nobody sleeps.
class ServerTest extends Peers {
    @Test void silenceIsFilledWithAStartCommentsAndPings() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer("")) {
            var seen = until(client, "event: ping", "\n:\n");   // on a busy machine the ping may come first
            assertTrue(seen.contains("HTTP/1.1 200") && seen.contains("event: message_start"), seen);
        }
    }

    /// The provider speaks, but the client would hear nothing until the answer is whole.
    @Test void anAnswerThatIsHeldBackIsFilledWithPings() throws IOException {
        var body = BODY.replace("\"stream\"", "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}},\"stream\"");
        try (var server = server(FAST); var client = ask(server.port(), body); var asked = answer(STREAM + WORD.replace("Hel", "{\\\"a\\\":"))) {
            var seen = until(client, "event: ping");
            assertTrue(seen.contains("event: message_start") && !seen.contains("content_block"), seen);
            asked.getOutputStream().write((WORD.replace("Hel", "1}").replace("}]}\n", ",\"finish_reason\":\"stop\"}]}\n") + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8));
            asked.shutdownOutput();
            assertTrue(until(client, "event: message_stop").contains("\"text\":\"{\\\"a\\\":1}\""));
        }
    }

    @Test void anErrorAfterSilenceIsAnEvent() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer("")) {
            until(client, "event: message_start");
            asked.getOutputStream().write("HTTP/1.1 429 Too Many\r\nContent-Length: 31\r\n\r\n{\"error\":{\"message\":\"too fast\"}}".getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "too fast").contains("event: error"));
        }
    }

    @Test void anErrorEventTellsNoKey() throws IOException {
        try (var server = server(FAST, "GROQ_API_KEY=test-key-1"); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            asked.getOutputStream().write("data: {\"error\":{\"message\":\"bad key test-key-1\"}}\n\n".getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "request_id").contains("bad key ***"));
        }
    }

    @Test void anErrorOfARelayAfterSilenceIsAnEvent() throws IOException {
        try (var server = server(FAST, "ANTHROPIC_API_KEY=k", "ANTHROPIC_API_BASE=http://127.0.0.1:" + provider.getLocalPort());
             var client = ask(server.port(), BODY.replace("groq/m", "anthropic/claude")); var asked = answer("")) {
            until(client, "event: ping");
            asked.getOutputStream().write("HTTP/1.1 403 Forbidden\r\nContent-Length: 76\r\n\r\n{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"Not for you\"}}".getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "permission_error").contains("event: error"));
        }
    }

    @Test void aClientThatGoesBeforeTheReplyClosesTheProvider() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer("")) {
            client.close();
            hasHungUp(asked);
        }
    }

    @Test void aClientThatGoesInMidStreamClosesTheProvider() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            client.close();
            hasHungUp(asked);
        }
    }

    @Test void aProviderThatDiesInMidStreamIsAnError() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            asked.close();
            assertTrue(until(client, "ended before the model").contains("event: error"));
        }
    }

    @Test void aProviderThatSaysNothingForTooLongIsGivenUp() throws IOException {
        try (var server = server(IMPATIENT); var client = ask(server.port(), BODY); var asked = answer("")) {
            var seen = until(client, "timeout_error");
            assertTrue(seen.contains("HTTP/1.1 504"), seen);
            hasHungUp(asked);
        }
    }

    @Test void whatHasArrivedLeavesAtOnce() throws IOException {
        try (var server = server(FAST); var client = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(client, "Hel");
            asked.getOutputStream().write("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n".getBytes(StandardCharsets.UTF_8));
            until(client, "\"lo\"");
            asked.close();
            until(client, "message_stop");
        }
    }

    @Test void manyStreamsAtOnceAllEnd() throws Exception {
        var ended = new CountDownLatch(100);
        try (var server = server(FAST)) {
            Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < 100; i++) {
                        var asked = answer(STREAM + WORD + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
                        asked.close();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            for (var i = 0; i < 100; i++) Thread.ofVirtual().start(() -> {
                try (var client = ask(server.port(), BODY)) {
                    until(client, "message_stop");
                    ended.countDown();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(ended.await(30, TimeUnit.SECONDS), ended.getCount() + " streams have not ended");
        }
    }

    @Test void theLastPlaceIsWaitedFor() throws Exception {
        try (var server = server(FAST, "MAX_CONCURRENT_REQUESTS=1"); var first = ask(server.port(), BODY); var asked = answer(STREAM + WORD)) {
            until(first, "Hel");
            try (var second = ask(server.port(), BODY.replace("hi", "ho"))) {
                asked.close();
                until(first, "event: error");
                answer(STREAM + WORD).close();
                until(second, "Hel");
            }
        }
        var wrong = assertThrows(Config.Wrong.class, () -> server(FAST, "MAX_CONCURRENT_REQUESTS=0"));
        assertEquals("MAX_CONCURRENT_REQUESTS=0 is not a valid number; use a whole number from 1 to 999999", wrong.getMessage());
    }

    @Test void aBodyThatIsTooLargeIsTold() throws Exception {
        try (var server = server(FAST); var client = new Socket("127.0.0.1", server.port())) {
            client.setSoTimeout(20_000);
            var size = 64 * 1024 * 1024 + 1;
            client.getOutputStream().write(("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + size + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            var piece = new byte[1024 * 1024];
            for (var left = size; left > 0; left -= Math.min(left, piece.length)) client.getOutputStream().write(piece, 0, Math.min(left, piece.length));
            var seen = until(client, "MiB");
            assertTrue(seen.contains("HTTP/1.1 413") && seen.contains("64 MiB"), seen);
        }
    }

    @Test void aForeignHostIsRefused() throws IOException {
        try (var server = server(FAST); var client = new Socket("127.0.0.1", server.port())) {
            client.getOutputStream().write("GET /health HTTP/1.1\r\nHost: evil.example\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertTrue(until(client, "evil.example").contains("HTTP/1.1 403"));
        }
    }

    @Test void theNetworkNeedsAKey() throws IOException {
        var wrong = assertThrows(Config.Wrong.class, () -> server("0.0.0.0", FAST));
        assertTrue(wrong.getMessage().contains("FREECC_API_KEY"), wrong.getMessage());
        try (var server = server("0.0.0.0", FAST, "FREECC_API_KEY=sesame-open")) {
            assertTrue(server.port() > 0);
        }
    }

    @Test void aPortThatIsTakenIsTold() throws IOException {
        try (var server = server(FAST)) {
            var config = new Config(Map.of());
            var parts = new Server.Parts(config, new Routes(config, new Config.Slot("demo", "", "", "")), new Upstream(new Proxies(_ -> "")), new Log(folder.resolve("log"), Optional.empty(), config), new Ledger(config.with("LEDGER", "false")));
            assertTrue(assertThrows(Config.Wrong.class, () -> new Server(parts, "127.0.0.1", server.port())).getMessage().contains("is in use"));
        }
    }

    @Test void bodiesAreLoggedOnlyWhenAskedForAndWithoutKeys() throws IOException {
        var body = BODY.replace("hi", "my key is test-key-1");
        try (var server = server(FAST, "LOG_REQUEST_BODY=true", "LOG_RESPONSE_BODY=true", "GROQ_API_KEY=test-key-1"); var client = ask(server.port(), body)) {
            answer(STREAM + WORD + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"test-key-1\"},\"finish_reason\":\"stop\"}]}\n\n").close();
            until(client, "message_stop");
            client.getOutputStream().write("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            until(client, "not served");
        }
        var log = Files.readString(folder.resolve("log"));
        assertTrue(log.contains("my key is ***") && log.contains("\"content\":\"***\""), log);
        assertFalse(log.contains("test-key-1"), log);
    }

    @Test void aRequestIsOneLineThatAPersonReads() throws Exception {
        var told = new CountDownLatch(1);   // the line is written when the client has its answer
        var shown = new ByteArrayOutputStream() {
            @Override public void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                if (toString().endsWith("\n")) told.countDown();
            }
        };
        var config = new Config(Map.of("GROQ_API_KEY", "k", "GROQ_API_BASE", "http://127.0.0.1:" + provider.getLocalPort() + "/v1"));
        var parts = new Server.Parts(config, new Routes(config, new Config.Slot("demo", "", "", "")), new Upstream(new Proxies(_ -> "")), new Log(folder.resolve("log"), Optional.of(new java.io.PrintStream(shown)), config), new Ledger(config.with("LEDGER", "false")));
        try (var server = new Server(parts, "127.0.0.1", 0); var client = ask(server.port(), BODY)) {
            answer(STREAM + WORD + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12300,\"completion_tokens\":412,\"prompt_tokens_details\":{\"cached_tokens\":9100}}}\n\n").close();
            until(client, "message_stop");
            assertTrue(told.await(10, TimeUnit.SECONDS), "no line was written");
        }
        var line = shown.toString().lines().collect(Collectors.joining("|")).replaceAll("\\d+\\.\\d s", "_ s");
        assertEquals("200 groq/m -> groq/m · 1 message · _ s · 12.3k in (9.1k cached) · 412 out", line);
    }

    @Test void anAnswerThatNeverComesIsNotSoughtForEver() throws IOException {
        var later = "{\"status\":\"processing\",\"urls\":{\"get\":\"/v1/predictions/1\"}}";
        try (var server = server(IMPATIENT, "REPLICATE_API_KEY=k", "REPLICATE_API_BASE=http://127.0.0.1:" + provider.getLocalPort() + "/v1"); var client = ask(server.port(), BODY.replace("groq/m", "replicate/a/m"))) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + later.length() + "\r\n\r\n" + later).close();
                } catch (IOException e) {
                    return;   // the test is over
                }
            });
            assertTrue(until(client, "timeout_error").contains("HTTP/1.1 504"));
        }
    }
}
