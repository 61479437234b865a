package lib.cli;

import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import sun.misc.Signal;

import lib.config.*;
import lib.json.*;
import lib.server.*;
import lib.wire.*;

/// The hidden command `train`: does once what FreeCC does all day, with requests as large as Claude Code's, to providers that this
/// process plays itself. Java keeps what it has loaded and linked by then in an AOT cache (JEP 514), with which ./jbang starts it.
final class Training {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TOOLS = 20, MESSAGES = 30;
    /// Enough for Java to learn which code is hot and how it is used, so that it compiles that code from the first requests on.
    private static final int ROUNDS = 12;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final Map<String, String> answers = new LinkedHashMap<>();   // model -> its streamed answer
    private final Path home;
    private final HttpServer provider;

    private Training(Path home) throws IOException {
        this.home = home;
        try (var in = Training.class.getResourceAsStream("/lib/cli/training.txt")) {
            var sections = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^-- | --$\n");
            for (var i = 1; i < sections.length; i += 2) answers.put(sections[i], sections[i + 1]);
        }
        this.provider = HttpServer.create(ANY_PORT, 0);
        provider.createContext("/", this::answer);
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.start();
    }

    /// 0 if every request was answered: half a training is not worth keeping.
    static int run() throws IOException, InterruptedException, ExecutionException {
        var training = new Training(Files.createTempDirectory("freecc"));
        try {
            return training.all() ? 0 : 1;
        } finally {
            training.provider.stop(0);
            try (var files = Files.walk(training.home)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            }
        }
    }

    private boolean all() throws IOException, InterruptedException, ExecutionException {
        var environment = new Config(Map.of("HOME", home.toString(), "PATH", home.toString()));
        var file = Files.write(home.resolve(".env"), settings());
        var options = new Options(Optional.of(file), Optional.empty(), Optional.of("0"), true, false, List.of());
        var answered = new AtomicBoolean(true);
        Serve.run(options, environment, home.resolve("log"), NOWHERE, server -> {
            for (var round = 0; answered.get() && round < ROUNDS; round++)
                for (var model : answers.keySet()) answered.compareAndSet(true, ask(server, model, true) && ask(server, model, false));
            return new Signal("INT");
        });
        greetsTls();
        startsClaude(options, environment.over(file));
        return answered.get();
    }

    /// A program that does nothing. Where the temporary folder allows none, what comes before it is trained all the same.
    private void startsClaude(Options options, Config config) throws InterruptedException {
        try {
            if (!Files.writeString(home.resolve("claude"), "#!/bin/sh\n").toFile().setExecutable(true)) return;
            Code.run(options, config, List.of());
            Code.run(options, config, List.of("-p", "hi"));
        } catch (IOException e) {
            return;
        }
    }

    /// Each provider is at a path of its own here.
    private List<String> settings() {
        var lines = new ArrayList<>(List.of("# For training", "OPENAI_DIALECT=responses"));
        for (var model : answers.keySet()) {
            var id = model.substring(0, model.indexOf('/'));
            lines.add(Config.variable(id, "API_KEY") + "=\"key\"");
            lines.add(Config.variable(id, "API_BASE") + "=http://127.0.0.1:" + provider.getAddress().getPort() + "/" + id);
        }
        return lines;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var id = exchange.getRequestURI().getPath().split("/")[1];
            var model = answers.keySet().stream().filter(name -> name.startsWith(id + "/")).findFirst().orElseThrow();
            exchange.getResponseHeaders().set("content-type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(answers.get(model).getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Whether the answer is whole: it ends with a call where the provider makes one.
    private boolean ask(Server server, String model, boolean stream) throws IOException, InterruptedException {
        var system = Json.array(cached(text("You are Claude Code.", 20)), cached(text("You write programs.", 6000)));
        var body = Json.object("model", model, "max_tokens", 32_000, "stream", stream, "system", system,
            "thinking", Json.object("type", "adaptive"), "metadata", Json.object("user_id", "user_1_account__session_1"),
            "tools", tools(), "messages", messages());
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages"))
            .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(Json.write(body))).build();
        var reply = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        return reply.statusCode() == 200 && reply.body().contains(answers.get(model).contains("\"Read\"") ? "tool_use" : "end_turn");
    }

    private static JsonObject text(String words, int length) {
        return Json.object("type", "text", "text", (words + " ").repeat(length / words.length()));
    }

    private static JsonObject cached(JsonObject block) {
        Json.put(block, "cache_control", Json.object("type", "ephemeral"));
        return block;
    }

    private static JsonArray tools() {
        var properties = Json.object("path", Json.object("type", "string", "description", "An absolute path"),
            "limit", Json.object("type", "integer", "minimum", 0), "mode", Json.object("type", "string", "enum", Json.array("one", "all")));
        var schema = Json.object("$schema", "http://json-schema.org/draft-07/schema#", "type", "object", "properties", properties,
            "required", Json.array("path"), "additionalProperties", false);
        return Json.arrayOf(IntStream.range(0, TOOLS).mapToObj(i -> Json.object("name", i == 0 ? "Read" : "Tool" + i,
            "description", "Does this and that. ".repeat(50), "input_schema", schema)).toList());
    }

    private static JsonArray messages() {
        var all = new ArrayList<JsonObject>();
        all.add(Json.object("role", "user", "content", Json.array(text("<system-reminder>", 500),
            cached(text("Look into it, \"please\".", 2000)))));
        for (var i = 1; i < MESSAGES; i += 2) {
            var call = Json.object("type", "tool_use", "id", "toolu_" + i, "name", "Read", "input", Json.object("path", "/a", "limit", i));
            var thought = Json.object("type", "thinking", "thinking", "Hm.", "signature", "c2ln");
            all.add(Json.object("role", "assistant", "content", Json.array(thought, text("I look.", 100), call)));
            var file = Json.array(text("a line of a file\n", 2000));
            var result = Json.object("type", "tool_result", "tool_use_id", "toolu_" + i, "content", file);
            all.add(Json.object("role", "user", "content", Json.array(result)));
        }
        all.add(Json.object("role", "user", "content", Json.array(text("Go on.", 200))));
        return Json.arrayOf(all);
    }

    /// As far as a server without a certificate lets it come, which is most of the way.
    private static void greetsTls() throws IOException {
        var server = HttpsServer.create(ANY_PORT, 0);
        try {
            server.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
            server.start();
            new Upstream(new Proxies(_ -> "")).send(Ask.get("https://127.0.0.1:" + server.getAddress().getPort(), Map.of())).close();
        } catch (ApiError | NoSuchAlgorithmException e) {
            return;   // the server's refusal
        } finally {
            server.stop(0);
        }
    }
}
