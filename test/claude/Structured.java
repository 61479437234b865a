package claude;

import com.google.gson.JsonParser;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import static claude.Upstream.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Answers of a given form, in the great dialects: what `--json-schema` asks for, the title of a session, and the yes or no of
/// auto mode's check.
public class Structured {
    private static final List<Tongue> TONGUES = List.of(Tongue.REASONING_DETAILS, Tongue.RESPONSES, Tongue.GEMINI, Tongue.CONVERSE,
        Tongue.OLLAMA, Tongue.COHERE);
    private static final String SCHEMA = """
        {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","definitions":{"Town":{"type":"object","properties":{"name":{"type":"string"},\
        "people":{"type":"integer"}},"required":["name","people"]}},"properties":{"towns":{"type":"array","items":{"$ref":"#/definitions/Town"}}},\
        "required":["towns"],"additionalProperties":false}""";

    private static Stream<DynamicTest> each(Path room, String name, Task task) {
        return TONGUES.stream().map(tongue -> DynamicTest.dynamicTest(name + ": " + tongue, () -> task.run(tongue, Files.createDirectories(room.resolve(tongue.name())))));
    }

    private interface Task { void run(Tongue tongue, Path room) throws Exception; }

    /// An upstream that answers each request by its path and body; what it was asked is kept.
    private static MockWebServer upstream(List<String> asks, BiFunction<String, String, MockResponse> script) throws Exception {
        var upstream = new MockWebServer();
        upstream.setDispatcher(new Dispatcher() {
            @Override public MockResponse dispatch(RecordedRequest request) {
                var body = request.getBody().utf8();
                if (request.getTarget().matches("/api/(show|ps|tags)")) return new MockResponse.Builder().code(404).build();   // what Ollama knows of its model
                asks.add(body);
                return script.apply(request.getTarget(), body);
            }
        });
        upstream.start();
        return upstream;
    }

    private static String[] variables(Tongue tongue, MockWebServer upstream) { return tongue.variables("http://127.0.0.1:" + upstream.getPort()); }

    @TestFactory Stream<DynamicTest> jsonSchema(@TempDir Path room) {
        return each(room, "--json-schema is what the answer matches", (tongue, here) -> {
            var asks = new CopyOnWriteArrayList<String>();
            try (var upstream = upstream(asks, (_, _) -> Tongue.response(tongue.think(0)
                + tongue.call(1, call("call_1", "StructuredOutput", "towns", List.of(JsonParser.parseString("{\"name\":\"Ouagadougou\",\"people\":2453496}")))) + tongue.end(true)));
                 var proxy = new Proxy(new Desk(here.resolve("server")).with(variables(tongue, upstream)))) {
                var desk = new Desk(here.resolve("desk")).with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any");
                var run = desk.claude(List.of(Client.folder() + "/claude"), "Which towns?", "--json-schema", SCHEMA);
                assertEquals("{\"towns\":[{\"name\":\"Ouagadougou\",\"people\":2453496}]}", Json.text(run.event("result", "success"), "structured_output"), run::toString);
                assertEquals(1, asks.size(), "the call is the answer");
                assertTrue(asks.getFirst().contains("people") && !asks.getFirst().contains("#/definitions/Town"), "the schema, written out");
            }
        });
    }

    @TestFactory Stream<DynamicTest> auto(@TempDir Path room) {
        return each(room, "auto mode's check gets its answer, and the action runs", (tongue, here) -> {
            var asks = new CopyOnWriteArrayList<String>();
            try (var upstream = upstream(asks, (path, body) -> tongue.streams(path, body)
                ? Tongue.response(tongue.results(body) > 0 ? tongue.think(1) + tongue.text("made") + tongue.end(false)
                    : tongue.think(0) + tongue.call(1, call("call_1", "Bash", "command", "curl -s http://127.0.0.1:9/; touch made-by-me")) + tongue.end(true))
                : tongue.whole("<block>no</block> It only makes a file."))) {
                var desk = new Desk(here).with(variables(tongue, upstream));
                var run = desk.claude(List.of(Proxy.command("code")), "make it", "--permission-mode", "auto");
                assertEquals("made", run.answer(), run::toString);
                assertTrue(Files.exists(desk.folder.resolve("made-by-me")), run::toString);
                assertEquals(3, asks.size(), "the call, the check, the answer");
            }
        });
    }

    /// Only who sits at a terminal has a title made.
    @TestFactory Stream<DynamicTest> title(@TempDir Path room) {
        return each(room, "a session's title comes out of a code fence", (tongue, here) -> {
            var asks = new CopyOnWriteArrayList<String>();
            try (var upstream = upstream(asks, (_, body) -> Tongue.response(tongue.text(body.contains("title")
                && !body.contains("\"Bash\"") ? "Here it is:\n```json\n{\"title\": \"Harbour hours\"}\n```" : "It opens at nine.") + tongue.end(false)));
                 var proxy = new Proxy(new Desk(here.resolve("server")).with(variables(tongue, upstream)))) {
                var desk = new Desk(here.resolve("desk")).with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any");
                Files.writeString(desk.home.resolve(".claude.json"), Json.object("hasCompletedOnboarding", true, "theme", "dark", "projects",
                    Json.object(desk.folder.toRealPath().toString(), Json.object("hasTrustDialogAccepted", true))).toString());
                var terminal = desk.start("script", "-qec", Client.folder() + "/claude 'When does the harbour open?' --permission-mode default", "/dev/null");
                try {
                    assertTrue(shown(terminal, "\u001b]0;", "Harbour hours"), () -> "the terminal's title; asked: " + asks.size() + "\n" + proxy.said());
                } finally {
                    terminal.descendants().forEach(ProcessHandle::destroy);
                    terminal.destroy();
                }
            }
        });
    }

    /// Whether the terminal comes to show the words after that mark.
    private static boolean shown(Process terminal, String mark, String words) throws Exception {
        var seen = new StringBuffer();
        var read = new CompletableFuture<Boolean>();
        Thread.startVirtualThread(() -> {
            try (var in = terminal.inputReader(StandardCharsets.UTF_8)) {
                for (var c = in.read(); c >= 0; c = in.read()) {
                    seen.append((char) c);
                    var at = seen.indexOf(mark);
                    if (at > 0) seen.delete(0, at);
                    if (c == words.charAt(words.length() - 1) && seen.toString().startsWith(mark) && seen.toString().contains(words)) read.complete(true);
                }
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
            read.complete(false);
        });
        return read.completeOnTimeout(false, 60, TimeUnit.SECONDS).get();
    }
}
