package lib.cli;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import lib.json.*;
import lib.refusal.*;

/// One real, streamed request to FreeCC's own server, as Claude Code would send it, and what came of it.
/// `failure` is empty if it went well.
record Trial(String text, JsonObject input, Duration first, Duration whole, long tokens, int status, String failure) {
    private static final JsonObject TOOL = Json.object("name", "report", "description", "Reports that the tools of this model work.",
        "input_schema", Json.object("type", "object", "required", Json.array("word"),
            "properties", Json.object("word", Json.object("type", "string", "description", "The word to report."))));

    /// The server to ask, and for how long a person waits for a whole answer.
    record Client(HttpClient http, URI url, String key, Duration patience) {
        private static final Duration USUAL = Duration.ofMinutes(3);   // a local model may have to be loaded first

        Client(URI url, String key) { this(HttpClient.newHttpClient(), url, key, USUAL); }

        /// A few words, without tools.
        Trial words(String model) {
            var trial = of(this, body(model, "Say hello in one short sentence."));
            return trial.needing(!trial.text().isEmpty(), "the model said nothing");
        }

        /// A call of a tool, which nothing but the prompt asks for, as in Claude Code.
        Trial call(String model) {
            var body = body(model, "Call the tool `report` with the word \"ready\". Do not answer in words.");
            Json.put(body, "tools", Json.array(TOOL));
            var trial = of(this, body);
            return trial.needing(!Json.text(trial.input(), "word").isEmpty(), "the model answered in words instead of calling the tool");
        }
    }

    boolean ok() { return failure.isEmpty(); }

    /// It has failed in this way if that does not hold and no other reason is known.
    private Trial needing(boolean holds, String otherwise) {
        return holds || !ok() ? this : new Trial(text, input, first, whole, tokens, status, otherwise);
    }

    private static JsonObject body(String model, String prompt) {
        return Json.object("model", model, "max_tokens", 2000, "stream", true,
            "messages", Json.array(Json.object("role", "user", "content", prompt)));
    }

    /// The deadline is for all of it: HttpClient's own ends with the headers, and a stalled stream would hold a person up for
    /// as long as FreeCC waits for Claude Code's sake.
    private static Trial of(Client client, JsonObject body) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var trial = threads.submit(() -> asked(client, body));
            try {
                return trial.get(client.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                trial.cancel(true);
                return failed(504, "no complete answer within " + client.patience().toSeconds() + " seconds");
            } catch (ExecutionException e) {
                return failed(500, "FreeCC broke the connection: " + e.getCause().getMessage());
            } catch (InterruptedException e) {
                trial.cancel(true);
                Thread.currentThread().interrupt();
                return failed(500, "interrupted");
            }
        }
    }

    private static Trial asked(Client client, JsonObject body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(client.url()).header("content-type", "application/json").header("x-api-key", client.key())
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))).build();
        var started = System.nanoTime();
        var reply = client.http().send(request, HttpResponse.BodyHandlers.ofLines());
        try (var lines = reply.body()) {
            if (reply.statusCode() == 200) return read(lines, started);
            var said = Json.text(Json.objectIn(lines.collect(Collectors.joining())), "error", "message");
            var wait = reply.headers().firstValueAsLong("retry-after");
            var when = wait.isEmpty() || said.contains("again in") ? "" : "; possible again in " + RetryAfter.words(wait.getAsLong());
            return failed(reply.statusCode(), said + when);
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
