package browser;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A provider in OpenAI's chat language that plays a script, and keeps a stream open as long as the script does.
final class Provider implements AutoCloseable {
    private static final Gson GSON = new Gson();

    /// What it answers; a script that waits holds its stream open.
    interface Script { void answer(JsonObject asked, Answer answer) throws Exception; }

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Script script = (_, answer) -> answer.text("Done.").end(1_000, 0, 2);

    Provider() throws IOException {
        server.createContext("/", this::handle);
        server.setExecutor(handlers);
        server.start();
    }

    String url() { return "http://127.0.0.1:" + server.getAddress().getPort(); }

    /// Answers by this script from now on.
    void play(Script script) { this.script = script; }

    @Override public void close() {
        server.stop(0);
        handlers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = JsonParser.parseString(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (asked.isJsonObject()) script.answer(asked.getAsJsonObject(), new Answer(exchange));
            else exchange.sendResponseHeaders(404, -1);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// The answer to one request, as its script writes it.
    static final class Answer {
        private final HttpExchange exchange;
        private OutputStream out;

        private Answer(HttpExchange exchange) { this.exchange = exchange; }

        Answer text(String text) throws IOException { return chunk(Map.of("content", text)); }

        Answer thinking(String text) throws IOException { return chunk(Map.of("reasoning_content", text)); }

        Answer call(String id, String name, Map<String, ?> input) throws IOException {
            return chunk(Map.of("tool_calls", List.of(Map.of("index", 0, "id", id, "type", "function", "function",
                Map.of("name", name, "arguments", GSON.toJson(input))))));
        }

        void end(int input, int cached, int output) throws IOException {
            data(Map.of("choices", List.of(Map.of("index", 0, "delta", Map.of(), "finish_reason", "stop"))));
            data(Map.of("choices", List.of(), "usage", Map.of("prompt_tokens", input, "completion_tokens", output,
                "prompt_tokens_details", Map.of("cached_tokens", cached))));
            out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            out.close();
        }

        void refuse(int status, String message) throws IOException {
            var body = GSON.toJson(Map.of("error", Map.of("message", message))).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }

        private Answer chunk(Map<String, ?> delta) throws IOException {
            data(Map.of("choices", List.of(Map.of("index", 0, "delta", delta))));
            return this;
        }

        private void data(Map<String, ?> event) throws IOException {
            if (out == null) {
                exchange.getResponseHeaders().set("content-type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                out = exchange.getResponseBody();
            }
            out.write(("data: " + GSON.toJson(event) + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
