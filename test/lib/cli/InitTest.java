package lib.cli;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The wizard, answered by a script.
class InitTest {
    private static final String WORDS = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String CALL = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"report\",\"arguments\":\"{\\\"word\\\":\\\"ready\\\"}\"}}]},"
        + "\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";
    @TempDir Path folder;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private boolean init(Map<String, String> environment, String... answers) throws IOException {
        var given = new HashMap<>(environment);
        given.putAll(Map.of("HOME", folder.toString(), "LEDGER", "false"));
        var in = new BufferedReader(new StringReader(String.join("\n", answers) + "\n"));
        return new Init(new Config(given), folder.resolve("config/.env"), Dialogue.scripted(in, new PrintStream(shown, true, StandardCharsets.UTF_8))).run("freecc code");
    }

    private String written() throws IOException { return Files.readString(folder.resolve("config/.env")); }

    @Test void providerKeyAndModelsAreTriedAndWrittenAroundWhatWasThere() throws Exception {
        try (var groq = new MockWebServer()) {
            groq.start();
            for (var body : List.of(WORDS, CALL, WORDS, CALL)) groq.enqueue(new MockResponse.Builder().setHeader("content-type", "text/event-stream").body(body).build());
            Files.createDirectories(folder.resolve("config"));
            Files.writeString(folder.resolve("config/.env"), "# mine\nBIG_MODEL_API_KEY=old\nexport BIG_MODEL_PROVIDER=openai   # was\n\nACME_API_KEY=stays\n");
            assertTrue(init(Map.of("GROQ_API_BASE", "http://127.0.0.1:" + groq.getPort() + "/openai/v1"), "groq", "gsk #secret", "oss-120b", ""));
            assertEquals("# mine\nBIG_MODEL_PROVIDER=groq\n\nACME_API_KEY=stays\nGROQ_API_KEY='gsk #secret'\nBIG_MODEL_NAME=openai/gpt-oss-120b\n"
                + "SMALL_MODEL_PROVIDER=groq\nSMALL_MODEL_NAME=openai/gpt-oss-20b\n", written());
            assertEquals("Bearer gsk #secret", groq.takeRequest().getHeaders().get("authorization"));
        }
        assertEquals("gsk #secret", Config.fileSettings(folder.resolve("config/.env")).get("GROQ_API_KEY"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config/.env"))));
        var text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("openai/gpt-oss-120b           131k window  $0.15 in, $0.60 out per million"), text);
        assertTrue(text.endsWith("Start Claude Code with:  freecc code\n") && !text.contains("secret"), text);
    }

    @Test void aServersOwnModels() throws Exception {
        try (var ollama = new MockWebServer()) {
            ollama.start();
            ollama.enqueue(new MockResponse.Builder().body("{\"models\":[{\"name\":\"nomic-embed\"},{\"name\":\"qwen3:8b\"},{\"name\":\"gpt-oss:20b\"}]}").build());
            for (var i = 0; i < 20; i++) ollama.enqueue(new MockResponse.Builder().code(404).body("{}").build());   // it cannot be asked anything else
            assertTrue(init(Map.of(), "ollama", "http://127.0.0.1:" + ollama.getPort(), "2", "qwen", "s"));
            assertTrue(written().contains("OLLAMA_API_BASE=http://127.0.0.1:" + ollama.getPort() + "\nBIG_MODEL_PROVIDER=ollama\nBIG_MODEL_NAME=gpt-oss:20b\n"), written());
        }
    }

    @Test void aServerOfOnesOwnByItsAddress() throws Exception {
        try (var acme = new MockWebServer()) {
            acme.start();
            acme.enqueue(new MockResponse.Builder().body("{\"data\":[{\"id\":\"acme-large\"},{\"id\":\"acme-small\"}]}").build());
            for (var body : List.of(WORDS, CALL, WORDS, CALL)) acme.enqueue(new MockResponse.Builder().setHeader("content-type", "text/event-stream").body(body).build());
            var address = "http://localhost:" + acme.getPort() + "/v1";
            assertTrue(init(Map.of(), address, "groq", "acme", "sk-own", "1", "acme-small"), () -> shown.toString(StandardCharsets.UTF_8));
            assertEquals("ACME_API_BASE=" + address + "\nACME_API_KEY=sk-own\nBIG_MODEL_PROVIDER=acme\nBIG_MODEL_NAME=acme-large\n"
                + "SMALL_MODEL_PROVIDER=acme\nSMALL_MODEL_NAME=acme-small\n", written());
            for (var path : List.of("/v1/models", "/v1/chat/completions")) {
                var request = acme.takeRequest();
                assertEquals(path + " Bearer sk-own", request.getUrl().encodedPath() + " " + request.getHeaders().get("authorization"));
            }
        }
    }

    @Test void whatDoesNotWorkIsSaidAndNothingIsWritten() throws IOException {
        assertFalse(init(Map.of("GROQ_API_BASE", "http://127.0.0.1:1/v1", "BIG_MODEL_NAME", "x"), "nothing-like-this", "groq", "k", "m", "my-own", "n", "my-own", "y", "", "q"));
        assertFalse(Files.exists(folder.resolve("config/.env")));
        var text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("Nothing has 'nothing-like-this' in its name.") && text.contains("cannot connect to 127.0.0.1") && text.endsWith("Nothing was written.\n"), text);
    }

    @Test void anInputThatEndsWritesNothing() {
        assertEquals("the input has ended; nothing was written", assertThrows(Config.Wrong.class, () -> init(Map.of(), "groq")).getMessage());
    }
}
