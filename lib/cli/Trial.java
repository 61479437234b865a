package lib.cli;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import com.google.gson.JsonObject;

import lib.wire.*;

/// One real, streamed request to FreeCC's own server, as Claude Code would send it, and what came of it.
record Trial(String text, JsonObject input, Duration first, Duration whole, long tokens, int status, String failure) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);   // a local model may have to be loaded first
    private static final JsonObject TOOL = Json.object("name", "report", "description", "Reports that the tools of this model work.",
        "input_schema", Json.object("type", "object", "required", Json.array("word"),
            "properties", Json.object("word", Json.object("type", "string", "description", "The word to report."))));

    /// A few words, without tools.
    static Trial words(HttpClient client, URI url, String key, String model) {
        return of(client, url, key, body(model, "Say hello in one short sentence."));
    }

    /// A call of a tool, which nothing but the prompt asks for, as in Claude Code.
    static Trial call(HttpClient client, URI url, String key, String model) {
        var body = body(model, "Call the tool `report` with the word \"ready\". Do not answer in words.");
        Json.put(body, "tools", Json.array(TOOL));
        return of(client, url, key, body);
    }

    private static JsonObject body(String model, String prompt) {
        return Json.object("model", model, "max_tokens", 2000, "stream", true,
            "messages", Json.array(Json.object("role", "user", "content", prompt)));
    }

    private static Trial of(HttpClient client, URI url, String key, JsonObject body) {
        var request = HttpRequest.newBuilder(url).timeout(PATIENCE).header("content-type", "application/json").header("x-api-key", key)
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))).build();
        var started = System.nanoTime();
        try {
            var reply = client.send(request, HttpResponse.BodyHandlers.ofLines());
            try (var lines = reply.body()) {
                if (reply.statusCode() != 200)
                    return failed(reply.statusCode(), Json.text(Json.objectIn(lines.collect(Collectors.joining())), "error", "message"));
                return read(lines, started);
            }
        } catch (HttpTimeoutException e) {
            return failed(504, "no answer within " + PATIENCE.toMinutes() + " minutes");
        } catch (IOException e) {
            return failed(500, "FreeCC broke the connection: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(500, "interrupted");
        }
    }

    private static Trial failed(int status, String why) {
        return new Trial("", new JsonObject(), Duration.ZERO, Duration.ZERO, 0, status, why);
    }

    private static Trial read(Stream<String> lines, long started) {
        var text = new StringBuilder();
        var input = new StringBuilder();
        var failure = "";
        var first = Duration.ZERO;
        var tokens = 0L;
        for (var line : (Iterable<String>) lines.filter(line -> line.startsWith("data: "))::iterator) {
            var data = Json.objectIn(line.substring("data: ".length()));
            if (first.isZero() && Json.has(data, "delta")) first = since(started);
            text.append(Json.text(data, "delta", "text"));
            input.append(Json.text(data, "delta", "partial_json"));
            if (Json.has(data, "usage", "output_tokens")) tokens = Json.number(data, "usage", "output_tokens");
            if (Json.text(data, "type").equals("error")) failure = Json.text(data, "error", "message");
        }
        return new Trial(text.toString().strip(), Json.objectIn(input.toString()), first, since(started), tokens,
            failure.isEmpty() ? 200 : 500, failure);
    }

    private static Duration since(long started) { return Duration.ofNanos(System.nanoTime() - started); }
}
