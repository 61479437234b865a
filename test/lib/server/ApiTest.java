package lib.server;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

import lib.json.*;

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

    /// The model's turns and the searches between them are one line, with what all of it took.
    @Test void aSearchIsPartOfItsRequestsLine() throws Exception {
        var body = """
            {"model":"groq/llama-3.3-70b-versatile","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}],\
            "tools":[{"type":"web_search_20250305","name":"web_search"}]}""";
        var call = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":"
            + "{\"name\":\"web_search\",\"arguments\":\"{\\\"query\\\":\\\"x\\\"}\"}}]}}]}\n\n";
        try (var server = server(FAST, "TAVILY_API_KEY=t", "TAVILY_API_BASE=http://127.0.0.1:" + provider.getLocalPort());
             var client = ask(server.port(), body); var asked = ended(STREAM + call + REST);
             var searched = ended("HTTP/1.1 200 OK\r\n\r\n{\"results\":[{\"title\":\"X\",\"url\":\"https://x.example\",\"content\":\"New.\"}]}");
             var again = ended(STREAM + WORD + REST)) {
            until(client, "message_stop");
            var line = line(server.port(), 0);
            assertEquals("llama-3.3-70b-versatile 180 20 1 2", seen(line, "route", "input", "output", "searches", "attempts").replace("groq/", ""));
            assertEquals(180 * 0.59e-6 + 20 * 0.79e-6, Double.parseDouble(Json.spelled(line, "cost_usd")), 1e-9);
        }
    }

    /// The model that describes pictures has its own price.
    @Test void aPicturesDescriptionHasALineOfItsOwn() throws Exception {
        var body = """
            {"model":"groq/llama-3.3-70b-versatile","max_tokens":9,"stream":true,"messages":[{"role":"user","content":[{"type":"image",\
            "source":{"type":"base64","media_type":"image/png","data":"%s"}},{"type":"text","text":"hi"}]}]}"""
            .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of("test/media/pixel.png"))));
        try (var server = server(FAST, "VISION_MODEL=groq/meta-llama/llama-4-scout-17b-16e-instruct"); var client = ask(server.port(), body);
             var described = ended(STREAM + WORD + REST); var asked = ended(STREAM + WORD + REST)) {
            until(client, "message_stop");
            var lines = Set.of(seen(line(server.port(), 0), "route", "input", "output"), seen(line(server.port(), 1), "route", "input", "output"));
            assertEquals(Set.of("groq/llama-3.3-70b-versatile 90 10", "groq/meta-llama/llama-4-scout-17b-16e-instruct 90 10"), lines);
        }
    }

    /// Whoever sends a name in the header gets no further than with the key.
    @Test void aDescriptionBelongsToTheKeyAndTheConversationOfWhoAsked() throws Exception {
        var body = """
            {"model":"groq/llama-3.3-70b-versatile","max_tokens":9,"stream":true,"messages":[{"role":"user","content":[{"type":"image",\
            "source":{"type":"base64","media_type":"image/png","data":"%s"}},{"type":"text","text":"hi"}]}]}"""
            .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of("test/media/pixel.png"))));
        try (var server = server(FAST, "VISION_MODEL=groq/meta-llama/llama-4-scout-17b-16e-instruct", "FREECC_API_KEY=owner-key",
            "FREECC_API_KEYS=alice:key-of-alice"); var client = new Socket("127.0.0.1", server.port())) {
            client.setSoTimeout(20_000);
            client.getOutputStream().write(("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nx-api-key: key-of-alice\r\nX-FreeCC-Key-Name: bob\r\n"
                + "x-claude-code-session-id: s1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            try (var described = ended(STREAM + WORD + REST); var asked = ended(STREAM + WORD + REST)) {
                until(client, "message_stop");
            }
            for (var before = 0; before < 2; before++)
                assertEquals("alice s1", seen(line(server.port(), before, "x-api-key", "owner-key"), "key_name", "session"));
            var metrics = get(server.port(), "/metrics", "x-api-key", "owner-key").body();
            assertTrue(metrics.contains("freecc_key_requests_total{error_type=\"\",key_name=\"alice\"} 2.0"), metrics);
        }
    }

    private Socket ended(String answer) throws IOException {
        var asked = answer(answer);
        asked.shutdownOutput();
        return asked;
    }

    /// The newest line but so many, once nothing is open.
    private static JsonElement line(int port, int before, String... headers) throws IOException, InterruptedException {
        for (var end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
            var requests = Json.objectIn(get(port, "/api/requests", headers).body());
            if (Json.number(requests, "open") == 0) return Json.list(requests, "requests").get(before);
        }
        throw new AssertionError("a request stays open");
    }

    private static String seen(JsonElement line, String... keys) {
        return Stream.of(keys).map(key -> Json.spelled(line, key)).collect(Collectors.joining(" "));
    }

    /// The keys are numbered, and never shown.
    @Test void theTableOfRoutesSaysWhatRestsAndUntilWhen() throws Exception {
        var body = """
            {"model":"sonnet","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";
        var no = "HTTP/1.1 %d No\r\nretry-after: 300\r\nContent-Length: 0\r\n\r\n";
        try (var server = server(FAST, "GROQ_API_KEY=key-one,key-two", "BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m",
            "BIG_MODEL_FALLBACKS=acme/other", "ACME_API_BASE=http://127.0.0.1:" + provider.getLocalPort(), "ACME_API_KEY=key-three")) {
            assertEquals("groq/m [null, null] null acme/other null", resting(server.port()), "before the first request");
            for (var n = 0; n < 2; n++)
                try (var client = ask(server.port(), body)) {
                    for (var key = 0; key < 2 - n; key++) answer(no.formatted(429)).close();
                    try (var other = ended(STREAM + WORD + REST)) {
                        until(client, "message_stop");
                    }
                }
            var rests = resting(server.port());
            assertTrue(rests.matches("groq/m \\[2\\S+Z, 2\\S+Z] 2\\S+Z acme/other null"), rests);
            var table = get(server.port(), "/api/routes").body();
            assertTrue(table.contains("\"key 2 of 2 of GROQ_API_KEY\"") && !table.contains("key-one"), table);
            assertTrue(table.contains("\"rests_for\":\"m\""), table);
        }
    }

    private static String resting(int port) throws Exception {
        var big = Json.list(Json.objectIn(get(port, "/api/routes").body()), "routes").getFirst();
        var other = Json.list(big, "fallbacks").getFirst();
        return Json.text(big, "route") + " " + Json.list(big, "keys").stream().map(ApiTest::until).toList() + " " + until(big) + " "
            + Json.text(other, "route") + " " + until(other);
    }

    private static String until(JsonElement one) { return Json.has(one, "rests_until") ? Json.text(one, "rests_until") : "null"; }

    @Test void theStatusLineIsPlainText() throws Exception {
        try (var server = server(FAST)) {
            var given = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/statusline"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"session_id\":\"s\",\"model\":{\"id\":\"groq/m\"}}")).build();
            assertEquals("groq/m\n", HttpClient.newHttpClient().send(given, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    @Test void browsersGetThePageAndProgramsJson() throws Exception {
        try (var server = server(FAST, "FREECC_API_KEY=the-key")) {
            for (var accept : List.of("*/*", "application/json", "application/json, text/html;q=0.5", "text/html;q=0"))
                assertEquals("{\"status\":\"ok\",\"service\":\"freecc\"}", get(server.port(), "/", "accept", accept).body(), accept);
            var page = get(server.port(), "/", "accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            assertTrue(page.body().startsWith("<!doctype html>"), page.body());
            var policy = page.headers().firstValue("content-security-policy").orElse("");
            assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"), policy);
            assertEquals("nosniff no-referrer", Stream.of("x-content-type-options", "referrer-policy").map(name -> page.headers().firstValue(name).orElse("")).collect(Collectors.joining(" ")));
            var files = java.util.regex.Pattern.compile("(?:href|src)=\"(/page/[^\"]+)\"").matcher(page.body()).results().map(found -> found.group(1)).distinct().toList();
            assertEquals(3, files.size());
            for (var file : Stream.concat(files.stream(), Stream.of("/page/chart.js", "/page/inspector.js")).toList()) assertEquals(200, get(server.port(), file).statusCode(), file);
            assertEquals(404, get(server.port(), "/page/../config/env.example").statusCode());
        }
    }

    @Test void bodiesAreKeptOnlyIfAskedForAndWithoutSecrets() throws Exception {
        for (var on : List.of(true, false))
            try (var server = server(FAST, "GROQ_API_KEY=test-key-1", "LOG_REQUEST_BODY=" + on, "LOG_RESPONSE_BODY=" + on);
                 var client = ask(server.port(), BODY.replace("hi", "my test-key-1")); var asked = answer(STREAM + WORD + REST)) {
                asked.close();
                until(client, "message_stop");
                var id = Json.text(Json.list(Json.objectIn(get(server.port(), "/api/requests").body()), "requests").getFirst(), "id");
                var body = get(server.port(), "/api/requests/" + id + "/body");
                assertEquals(on ? 200 : 404, body.statusCode());
                assertEquals(on, body.body().contains("my ***") && body.body().contains("message_stop") && body.body().contains("/v1/chat/completions"), body.body());
                assertTrue(!body.body().contains("test-key-1"), body.body());
            }
    }

    @Test void whoHasNoKeySeesNothing() throws Exception {
        try (var server = server(FAST, "FREECC_API_KEY=the-key")) {
            for (var path : List.of("/metrics", "/api/requests", "/api/events", "/api/usage", "/api/routes", "/api/requests/req_1/body", "/statusline")) assertEquals(401, get(server.port(), path).statusCode(), path);
            assertEquals(200, get(server.port(), "/metrics", "authorization", "Bearer the-key").statusCode());
        }
    }
}
