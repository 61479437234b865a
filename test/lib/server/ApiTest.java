package lib.server;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What those who watch get: the requests as they go, sums, metrics, the status line; and all of it only with the key.
class ApiTest extends Peers {
    private static final String REST = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":90,\"completion_tokens\":10}}\n\n";

    private static HttpResponse<String> get(int port, String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Socket watcher(int port) throws IOException {
        var watcher = new Socket("127.0.0.1", port);
        watcher.setSoTimeout(20_000);
        watcher.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        until(watcher, ": follows");
        return watcher;
    }

    @Test void everyChangeOfARequestIsToldAndTheEndIsCounted() throws Exception {
        try (var server = server(FAST); var watcher = watcher(server.port())) {
            try (var client = ask(server.port(), BODY); var asked = answer(STREAM)) {
                assertTrue(until(watcher, "\"state\":\"waiting\"").contains("\"route\":\"groq/m\""));
                assertEquals("1", Json.spelled(Json.objectIn(get(server.port(), "/api/requests").body()), "open"));
                asked.getOutputStream().write(WORD.getBytes(StandardCharsets.UTF_8));
                assertTrue(until(watcher, "\"state\":\"streaming\"").contains("\"first_token_ms\":"));
                asked.getOutputStream().write(REST.getBytes(StandardCharsets.UTF_8));
                asked.close();
                until(client, "message_stop");
                assertTrue(until(watcher, "\"state\":\"done\"").contains("\"input\":90"));
            }
            var requests = Json.objectIn(get(server.port(), "/api/requests").body());
            assertEquals("0", Json.spelled(requests, "open"));
            assertEquals("done main groq/m 10", Stream.of("state", "role", "route", "output").map(key -> Json.spelled(Json.list(requests, "requests").getFirst(), key)).collect(Collectors.joining(" ")));
            assertEquals("1", Json.spelled(Json.list(Json.objectIn(get(server.port(), "/api/usage?by=model&since=24h").body()), "groups").getFirst(), "requests"));
            assertTrue(get(server.port(), "/metrics").body().contains("gen_ai_client_token_usage_sum{"));
            assertEquals(400, get(server.port(), "/api/usage?by=colour").statusCode());
        }
    }

    @Test void anErrorSaysWhatToDoAndTellsNoKey() throws Exception {
        var refused = "{\"error\":{\"message\":\"bad key test-key-1, sorry\"}}";
        try (var server = server(FAST, "GROQ_API_KEY=test-key-1"); var watcher = watcher(server.port()); var client = ask(server.port(), BODY);
             var asked = answer("HTTP/1.1 401 No\r\nContent-Length: " + refused.length() + "\r\n\r\n" + refused)) {
            until(watcher, "\"state\":\"done\"");
            var failed = Json.write(Json.list(Json.objectIn(get(server.port(), "/api/requests").body()), "requests").getFirst());
            assertTrue(failed.contains("\"error\":\"authentication_error\"") && failed.contains("bad key ***") && failed.contains("Check the key for groq"), failed);
        }
    }

    @Test void theStatusLineIsPlainText() throws Exception {
        try (var server = server(FAST)) {
            var given = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/statusline"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"session_id\":\"s\",\"model\":{\"id\":\"groq/m\"}}")).build();
            assertEquals("groq/m\n", HttpClient.newHttpClient().send(given, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    @Test void whoHasNoKeySeesNothing() throws Exception {
        try (var server = server(FAST, "FREECC_API_KEY=the-key")) {
            for (var path : List.of("/metrics", "/api/requests", "/api/events", "/api/usage", "/statusline")) assertEquals(401, get(server.port(), path).statusCode(), path);
            assertEquals(200, get(server.port(), "/metrics", "authorization", "Bearer the-key").statusCode());
        }
    }
}
