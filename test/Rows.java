import lib.access.Provider;
import lib.config.Config;
import lib.json.*;
import lib.ledger.Ledger;
import lib.dialect.text.TextOnly;
import lib.message.Thought;
import lib.provider.Providers;
import lib.quirk.ToolQuirks;
import lib.route.ReplyContext;
import lib.route.Request;
import lib.routing.ContextWindows;
import lib.server.Log;
import lib.server.Server;
import lib.wire.Ask;
import lib.wire.Ids;
import lib.wire.Proxies;
import lib.wire.Upstream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every row of the table of providers: where in the world it asks and with what proof (test/rows.txt, which
/// `--update` writes), and one streamed tool call through each against a mock in its place; a text through those that
/// know no tools.
class Rows {
    private static final String KEY = "a-key-of-32-letters-and-no-meaning";
    private static final Path LIST = Path.of("test/rows.txt");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Upstream UPSTREAM = new Upstream(new Proxies(_ -> ""));
    /// What a row needs beside its key and address.
    private static final Map<String, String> SETTINGS = Map.of("AWS_REGION", "us-east-1", "VERTEX_PROJECT_ID", "project", "GRADIENT_AI_AGENT_ENDPOINT", "https://agent.example", "HOME", "/nowhere");
    /// Names that say more than a model.
    private static final Map<String, String> MODELS = Map.of("ragflow", "chat/my-chat/some-model", "bedrock", "us.amazon.nova-pro-v1:0");

    private static final Map<String, String> IBM = Map.of("WATSONX_PROJECT_ID", "project", "WATSONX_TOKEN", KEY);
    /// Settings of one row: tokens, where a key would be exchanged for one first.
    private static final Map<String, Map<String, String>> OWN = Map.of("watsonx", IBM, "watsonx_text", IBM, "gigachat", Map.of("GIGACHAT_ACCESS_TOKEN", KEY), "databricks", Map.of("DATABRICKS_HOST", "workspace.example"));

    private static final List<String> CALL = List.of("\"type\":\"tool_use\"", "\"name\":\"Read\"", "\\\"/a\\\"", "\"stop_reason\":\"tool_use\""),
        TEXT = List.of("\"type\":\"text\"", "\"text\":\"/a\"", "\"stop_reason\":\"end_turn\"");

    @TempDir static Path folder;

    static Stream<Provider> rows() { return Providers.all().stream().filter(row -> !row.base().startsWith("echo:")); }

    static HashMap<String, String> settings(Provider row) {
        var settings = new HashMap<>(SETTINGS);
        settings.put(Config.variable(row.id(), "API_KEY"), KEY);
        settings.putAll(OWN.getOrDefault(row.id(), Map.of()));
        for (var name : row.needs()) settings.putIfAbsent(name, name.endsWith("_BASE") ? "https://" + word(name) + ".example/v1" : word(name));
        if (row.base().matches(".*<(resource|deployment)>.*")) settings.put(Config.variable(row.id(), "API_BASE"), row.base().replaceAll("[<>]", ""));
        return settings;
    }

    private static String word(String variable) { return variable.toLowerCase().replace('_', '-'); }

    static String model(Provider row) { return MODELS.getOrDefault(row.id(), row.bigModel().isEmpty() ? "some-model" : row.bigModel()); }

    private static boolean isTextOnly(Provider row) { return row.dialect() instanceof TextOnly; }

    static boolean callsTools(Provider row) { return !row.quirks().contains(ToolQuirks.NO_TOOLS) && !isTextOnly(row); }

    private static byte[] asked(Provider row) {
        var message = Json.object("model", row.id() + "/" + model(row), "max_tokens", 100, "stream", true, "messages", Json.array(Json.object("role", "user", "content", "Read /a")));
        if (callsTools(row)) Json.put(message, "tools", Json.array(Json.object("name", "Read", "description", "Reads a file", "input_schema",
            Json.object("type", "object", "properties", Json.object("path", Json.object("type", "string")), "required", Json.array("path")))));
        return Json.bytes(message);
    }

    private static Ask ask(Provider row, Map<String, String> settings) {
        var bytes = asked(row);
        var request = new Request(Json.at(Json.parse(bytes)), bytes, Map.of());
        var route = Cases.routes(new Config(settings)).of(request.model());
        return route.ask(route.draft(request, ReplyContext.of(request, route, Ids.counting())), request);
    }

    private static String proofs(Map<String, String> headers) {
        return headers.entrySet().stream().filter(header -> header.getValue().contains(KEY)).map(header -> header.getKey().toLowerCase() + ": " + header.getValue().replace(KEY, "<key>"))
            .sorted().collect(Collectors.joining(", "));
    }

    @Test void whereEachIsAsked() throws IOException {
        var list = rows().map(row -> {
            var ask = ask(row, settings(row));
            return "%-22s %s\n%22s %s\n".formatted(row.id(), ask.url(), "", proofs(ask.headers()));
        }).collect(Collectors.joining());
        if (Boolean.getBoolean("freecc.update")) Files.writeString(LIST, list);
        else assertEquals(list, Files.readString(LIST), "test/rows.txt: run the tests with --update, and review it");
    }

    @TestFactory Stream<DynamicTest> oneStreamedReply() { return rows().map(row -> DynamicTest.dynamicTest(row.id(), () -> call(row))); }

    private static void call(Provider row) throws Exception {
        var real = ask(row, settings(row));
        try (var mock = new MockWebServer()) {
            mock.start();
            var settings = settings(row);
            settings.put(Config.variable(row.id(), "API_BASE"), mocked(row, mock));
            if (real.url().getPath().endsWith("/responses")) settings.put(Config.variable(row.id(), "DIALECT"), "responses");   // else an imitation's chat
            var config = new Config(settings);
            var routes = Cases.routes(config);
            mock.enqueue(reply(routes.of(row.id() + "/" + model(row)).dialect().getClass().getSimpleName()));
            var log = new Log(folder.resolve("log"), Optional.empty(), config);
            try (var server = new Server(new Server.Parts(config, routes, ContextWindows.UNASKED, UPSTREAM, log, new Ledger(config.with("LEDGER", "false")), Ids.counting(), Cases.timing(), new ParseCache()), "127.0.0.1", 0)) {
                var reply = CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/messages"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(asked(row))).build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, reply.statusCode(), reply.body());
                var sent = mock.takeRequest(5, TimeUnit.SECONDS);
                assertTrue(sent != null, "the provider was not asked");
                assertEquals(address(real.url()), sent.getTarget(), "the address");
                var headers = new HashMap<String, String>();
                for (var name : sent.getHeaders().names()) headers.put(name.toLowerCase(), sent.getHeaders().get(name));
                assertEquals(proofs(real.headers()), proofs(headers), "the proof");
                assertEquals(new String(real.body(), StandardCharsets.UTF_8), sent.getBody().utf8(), "the body");
                for (var part : isTextOnly(row) ? TEXT : CALL) assertTrue(reply.body().contains(part), part + " is not in\n" + reply.body());
            }
        }
    }

    /// All that a conversation may hold, thoughts of the row's own and of others among it.
    static final String RICH = """
        {"model": "%1$s", "max_tokens": 9000, "stream": true, "temperature": 1.5, "top_p": 0.9, "top_k": 5, "stop_sequences": ["a", "b", "c", "d", "e"], "metadata": {"user_id": "u"}, "service_tier": "auto",
         "thinking": {"type": "adaptive"}, "context_management": {"edits": []}, "output_config": {"effort": "high"}, "tool_choice": {"type": "auto", "disable_parallel_tool_use": true},
         "system": [{"type": "text", "text": "x-anthropic-billing-header: cc_version=1;"}, {"type": "text", "text": "You are.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
         "tools": [{"name": "Read", "description": "Reads", "input_schema": {"type": "object", "$schema": "x", "properties": {"path": {"type": ["string", "null"], "pattern": "^a"}}}, "eager_input_streaming": true, "cache_control": {"type": "ephemeral"}},
          {"name": "Bash", "input_schema": {"type": "object"}, "defer_loading": true}],
         "messages": [{"role": "user", "content": "hi"}, {"role": "system", "content": "Be brief."},
          {"role": "assistant", "content": [{"type": "thinking", "thinking": "Hm.", "signature": "%2$s"}, {"type": "thinking", "thinking": "So.", "signature": "EqQB"}, {"type": "text", "text": "Yes."},
           {"type": "tool_use", "id": "toolu_1", "name": "Read", "input": {"path": "/a"}}, {"type": "tool_use", "id": "toolu_2", "name": "Bash", "input": {}}]},
          {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_2", "is_error": true, "content": [{"type": "text", "text": "no"}, {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}}]},
           {"type": "tool_result", "tool_use_id": "toolu_1", "content": "yes", "cache_control": {"type": "ephemeral"}}, {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0="}}, {"type": "text", "text": "go on"}]}]}""";

    private static final List<String> REFUSALS = List.of("temperature is not supported", "unsupported parameter: stream_options", "thinking.type: adaptive is not supported", "unknown variant `image`", "unknown variant `document`",
        "tools.0.custom.eager_input_streaming: extra inputs are not permitted", "invalid `signature` in `thinking` block", "reasoning_content is missing", "role: system is not supported", "invalid beta flag", "system role not supported",
        "system message must be at the beginning", "developer is no role", "does not support image input", "files are not supported", "invalid schema in function_declarations", "max_tokens must be at most 4096", "description too long",
        "tool use in streaming mode is unsupported", "encrypted_content could not be verified", "after role 'tool'", "tool_choice is not supported", "reasoning_content is unknown");

    /// What an attempt makes of a message must not be there for the next, whatever the row and whatever a refusal has taught.
    @TestFactory Stream<DynamicTest> anAttemptLeavesTheMessageAsItWas() {
        return rows().filter(Rows::callsTools).map(row -> DynamicTest.dynamicTest(row.id(), () -> {
            var given = RICH.formatted(row.id() + "/" + model(row), new Thought(row.id(), "{\"type\":\"reasoning\",\"id\":\"rs_1\"}").signature());
            var request = new Request(Json.objectIn(given), given.getBytes(StandardCharsets.UTF_8), Map.of("anthropic-beta", "context-management-2025-06-27,effort-2025-11-24"));
            var bare = Cases.routes(new Config(settings(row))).of(request.model());
            for (var refusal : REFUSALS) {
                var sent = bare.draft(request, ReplyContext.of(request, bare, Ids.counting()));
                var route = bare.dialect().fix(refusal, sent, bare).map(bare::with).orElse(bare);
                var once = bare.dialect().ask(route.draft(request, ReplyContext.of(request, route, Ids.counting())), request, route);
                var again = bare.dialect().ask(route.draft(request, ReplyContext.of(request, route, Ids.counting())), request, route);
                assertEquals(new String(once.body(), StandardCharsets.UTF_8), new String(again.body(), StandardCharsets.UTF_8), refusal);
                bare.dialect().count(request, route);
                assertEquals(Json.write(Json.objectIn(given)), Json.write(request.message()), refusal);
            }
        }));
    }

    private static String mocked(Provider row, MockWebServer mock) {
        var base = row.base().replaceAll("^\\{[A-Z_]*BASE}$", "https://any.example/v1");
        for (var name : row.needs()) base = base.replace("{" + name + "}", settings(row).get(name));
        return base.replaceAll("[<>]", "").replaceFirst("^https?://[^/]*", "http://127.0.0.1:" + mock.getPort());
    }

    private static String address(URI url) { return url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()); }

    /// A call of Read with `/a`, as each dialect streams it.
    private static MockResponse reply(String dialect) {
        var response = new MockResponse.Builder().code(200).setHeader("content-type", "text/event-stream");
        return switch (dialect) {
            case "OpenAiChat", "VertexChat", "IbmChat", "ChatFunctions" -> response.body(sse(
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"Read\",\"arguments\":\"{\\\"path\\\":\\\"/a\\\"}\"}}]}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}", "[DONE]")).build();
            case "Orchestration" -> response.body(sse(
                "{\"request_id\":\"r\",\"final_result\":{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"Read\",\"arguments\":\"{\\\"path\\\":\\\"/a\\\"}\"}}]}}]}}",
                "{\"request_id\":\"r\",\"final_result\":{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"tool_calls\"}]}}", "[DONE]")).build();
            case "OpenAiResponses" -> response.body(sse(
                "{\"type\":\"response.output_item.added\",\"output_index\":0,\"item\":{\"id\":\"fc_1\",\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"Read\",\"arguments\":\"\"}}",
                "{\"type\":\"response.function_call_arguments.delta\",\"output_index\":0,\"delta\":\"{\\\"path\\\":\\\"/a\\\"}\"}",
                "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[]}}")).build();
            case "Anthropic" -> response.body(sse(
                "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Read\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"path\\\":\\\"/a\\\"}\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"tool_use\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}}", "{\"type\":\"message_stop\"}")).build();
            case "Gemini" -> response.body(sse("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"Read\",\"args\":{\"path\":\"/a\"}}}]},\"finishReason\":\"STOP\"}]}")).build();
            case "Cohere" -> response.body(sse(
                "{\"type\":\"tool-call-start\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"id\":\"Read_1\",\"type\":\"function\",\"function\":{\"name\":\"Read\",\"arguments\":\"\"}}}}}",
                "{\"type\":\"tool-call-delta\",\"index\":0,\"delta\":{\"message\":{\"tool_calls\":{\"function\":{\"arguments\":\"{\\\"path\\\":\\\"/a\\\"}\"}}}}}",
                "{\"type\":\"tool-call-end\",\"index\":0}", "{\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"TOOL_CALL\"}}")).build();
            case "Ollama" -> response.setHeader("content-type", "application/x-ndjson").body(
                "{\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"Read\",\"arguments\":{\"path\":\"/a\"}}}]},\"done\":false}\n"
                + "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n").build();
            case "BedrockConverse" -> response.setHeader("content-type", "application/vnd.amazon.eventstream").body(AwsFrames.of("""
                :messageStart {"role":"assistant"}
                :contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"t1","name":"Read"}}}
                :contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"{\\"path\\":\\"/a\\"}"}}}
                :contentBlockStop {"contentBlockIndex":0}
                :messageStop {"stopReason":"tool_use"}
                :metadata {"usage":{"inputTokens":1,"outputTokens":1}}
                """)).build();
            case "SageMakerChat" -> response.setHeader("content-type", "application/vnd.amazon.eventstream").body(AwsFrames.of("""
                :PayloadPart data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"Read","arguments":"{\\"path\\":\\"/a\\"}"}}]}}]}
                :PayloadPart data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
                :PayloadPart data: [DONE]
                """)).build();
            case "TextOnly" -> response.setHeader("content-type", "application/json").body("""
                {"choices":[{"index":0,"text":"/a","finish_reason":"stop"}],"status":"succeeded","output":["/a"],"text_output":"/a","outputs":"/a","ok":true,
                 "generated_text":"/a","completion":"/a","finish_reason":"end_of_text","messages":[{"type":"ai","content":"/a"}],
                 "results":[{"generated_text":"/a","stop_reason":"eos_token"}]}""").build();   // each form takes its own
            default -> throw new AssertionError("say here how " + dialect + " streams a call");
        };
    }

    private static String sse(String... data) {
        return Stream.of(data).map(line -> {
            var type = Json.text(Json.objectIn(line), "type");
            return (type.isEmpty() ? "" : "event: " + type + "\n") + "data: " + line + "\n\n";
        }).collect(Collectors.joining());
    }
}
