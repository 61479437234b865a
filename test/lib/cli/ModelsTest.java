package lib.cli;

import module java.base;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;
import lib.json.*;
import lib.model.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What `freecc models` prints, and what it makes of models.dev's list.
class ModelsTest {
    private static final String LIST = """
        {"openai": {"id": "openai", "models": {
           "gpt-6-sol": {"id": "gpt-6-sol", "reasoning": true, "temperature": false, "cost": {"input": 3, "output": 11, "cache_read": 0.3,
             "context_over_200k": {"input": 6, "output": 20}}, "limit": {"context": 500000, "output": 99000},
             "modalities": {"input": ["text", "image", "pdf"], "output": ["text"]}},
           "gpt-7-nova": {"id": "gpt-7-nova", "reasoning": true, "reasoning_options": [{"type": "effort", "values": ["none", "low", "high"]}],
             "limit": {"context": 2000000, "output": 128000}, "modalities": {"input": ["text"], "output": ["text"]}},
           "broken": {"id": "broken"}}},
         "google": {"models": {"gemini-9": {"limit": {"context": 1, "output": 1}, "cost": {"input": 0, "output": 0}}}},
         "nobody-knows": {"models": {"m": {"limit": {"context": 1000, "output": 100}}}}}
        """;
    @TempDir Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(), err = new ByteArrayOutputStream();
    private final MockWebServer web = new MockWebServer();

    @BeforeEach void start() throws IOException { web.start(); }

    @AfterEach void stop() { web.close(); }

    private Config config(String... more) {
        var settings = new HashMap<>(Map.of("XDG_STATE_HOME", folder.toString(), "MODELS_DEV_URL", web.url("/api.json").toString()));
        for (var i = 0; i < more.length; i += 2) settings.put(more[i], more[i + 1]);
        return new Config(settings);
    }

    private Models models(String... more) { return new Models(config(more), new PrintStream(out, true), new PrintStream(err, true)); }

    private String refreshed(String body) throws IOException {
        web.enqueue(new MockResponse.Builder().body(body).build());
        models().refresh();
        return err.toString(StandardCharsets.UTF_8);
    }

    private Catalogue catalogue() { return Catalogue.with(Models.cache(config()), line -> err.writeBytes(line.getBytes())); }

    @Test void theListIsOfTheProvidersThatCanBeUsed() {
        models("GROQ_API_KEY", "k").print("", false);
        var lines = out.toString().lines().toList();
        assertTrue(lines.getFirst().startsWith("model "), lines.getFirst());
        assertTrue(lines.size() > 3 && lines.stream().skip(1).allMatch(line -> line.startsWith("groq/")), out.toString());
        var row = lines.stream().filter(line -> line.startsWith("groq/openai/gpt-oss-120b")).findFirst().orElseThrow();
        assertEquals("groq/openai/gpt-oss-120b 131k 66k 0.15 0.6 0.075 0.15 low medium high FreeCC", row.replaceAll(" +", " "));
    }

    @Test void aFilterLooksEverywhere() {
        models().print("openai/gpt-6-astra", true);
        var found = Json.list(Json.objectIn(out.toString()), "models").stream().map(model -> Json.text(model, "provider")).toList();
        assertTrue(found.contains("openai") && found.contains("openrouter"), found.toString());
    }

    @Test void whatNobodyHasIsSaid() {
        assertTrue(assertThrows(Config.Wrong.class, () -> models().print("no-such-model", false)).getMessage().contains("--refresh"));
    }

    @Test void whatWasFetchedCountsFirst() throws IOException {
        assertTrue(refreshed(LIST).startsWith("Fetched 3 models from http"), err.toString());
        var sol = catalogue().model("openai", "gpt-6-sol");
        assertEquals(List.of(500_000L, 99_000L, true, true), List.of(sol.context(), sol.output(), sol.images(), sol.pdf()));
        assertEquals(new Price(new TreeMap<>(Map.of(0L, new Price.Rate(3, 11, 0.3, 0), 200_000L, new Price.Rate(6, 20, 0, 0)))), sol.price());
        assertEquals("none", sol.level("off"), "how a level is spelled is FreeCC's own knowledge");
        var nova = catalogue().model("openai", "gpt-7-nova");
        assertEquals(List.of(true, "none", "high", false), List.of(nova.known(), nova.level("off"), nova.level("max"), nova.images()));
        assertEquals(Price.UNKNOWN, nova.price());
        assertEquals(Price.FREE, catalogue().model("gemini", "gemini-9").price());
        assertTrue(catalogue().models("nobody_knows").isEmpty() && catalogue().isFetched("openai", "gpt-7-nova"));
        assertFalse(catalogue().isFetched("openai", "gpt-6-astra"));
        assertEquals(Catalogue.shipped().model("groq", "gpt-oss-120b"), catalogue().model("groq", "gpt-oss-120b"));
        models().print("gpt-7-nova", false);
        assertTrue(out.toString().contains("models.dev") && err.toString().contains("(0 days ago)"), out + " " + err);
    }

    @ParameterizedTest @ValueSource(strings = {"{", "[]", "{}", "\"x\"", "{\"format\":\"freecc-models-1\",\"date\":\"today\",\"providers\":{\"openai\":{}}}",
        "{\"format\":\"of another time\",\"date\":\"2026-11-29\",\"providers\":{\"openai\":{}}}"})
    void aBrokenFileIsReportedAndIgnored(String text) throws IOException {
        var file = Models.cache(config()).file();
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertEquals(Catalogue.shipped().model("openai", "gpt-6-sol"), catalogue().model("openai", "gpt-6-sol"));
        assertTrue(err.toString().contains("is ignored; run `freecc models --refresh`"), err.toString());
    }

    @ParameterizedTest @ValueSource(strings = {"<html>", "{}", "{\"openai\":{\"models\":{}}}"})
    void aBrokenAnswerLeavesTheOldList(String answer) throws IOException {
        refreshed(LIST);
        assertThrows(RuntimeException.class, () -> refreshed(answer));
        assertTrue(catalogue().isFetched("openai", "gpt-7-nova"));
    }

    @Test void aRefusalSaysWhatToDo() {
        web.enqueue(new MockResponse.Builder().code(503).build());
        assertTrue(assertThrows(Config.Wrong.class, () -> models().refresh()).getMessage().endsWith("or set MODELS_DEV_URL"));
    }
}
