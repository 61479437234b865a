package lib.cli;

import module java.base;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What `freecc check` prints: the figures of time are left out here.
class CheckupTest {
    private static final String WORDS = "data: {\"choices\":[{\"delta\":{\"content\":\"Hello.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}\n\ndata: [DONE]\n\n";
    private static final String CALL = "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"report\",\"arguments\":\"{\\\"word\\\":\\\"ready\\\"}\"}}]},"
        + "\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}\n\ndata: [DONE]\n\n";
    @TempDir Path folder;
    private final MockWebServer groq = new MockWebServer();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeEach void listen() throws IOException { groq.start(); }

    @AfterEach void close() { groq.close(); }

    private boolean check(String only, String... settings) throws IOException {
        var values = new HashMap<>(Map.of("HOME", folder.toString(), "BIG_MODEL_PROVIDER", "groq", "BIG_MODEL_NAME", "openai/gpt-oss-120b", "GROQ_API_KEY", "gsk-very-secret",
            "GROQ_API_BASE", "http://127.0.0.1:" + groq.getPort() + "/openai/v1", "LEDGER", "false"));
        for (var setting : settings) values.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        return new Checkup(new Config(values), new PrintStream(shown, true, StandardCharsets.UTF_8)).run(only.isEmpty() ? List.of() : List.of(only), false);
    }

    private void stream(String... bodies) { for (var body : bodies) groq.enqueue(new MockResponse.Builder().setHeader("content-type", "text/event-stream").body(body).build()); }

    private String seen() {
        var text = shown.toString(StandardCharsets.UTF_8).strip().replace(":" + groq.getPort(), "").replaceAll("\\d+\\.\\d s", "N s");
        assertFalse(text.contains("secret"), text);
        return text;
    }

    /// A provider's words could move the cursor, retitle the terminal or go on for pages.
    @Test void whatAProviderSaysIsOneShortLine() throws IOException {
        var words = "\\u001b[2J\\u001b]0;title\\u0007\\u202ered\\nline " + "x".repeat(3_000);
        groq.enqueue(new MockResponse.Builder().code(400).setHeader("content-type", "application/json").body("{\"error\":{\"message\":\"" + words + "\"}}").build());
        assertFalse(check("big"));
        var said = seen();
        assertTrue(said.chars().noneMatch(one -> one < ' ' && one != '\n' || one == '\u202e'), said);
        assertTrue(said.lines().anyMatch(line -> line.startsWith("  words ... ") && line.contains(" [2J ]0;title red line xxx") && line.endsWith("x…")), said);
        assertTrue(said.lines().allMatch(line -> line.length() < 520), said);
    }

    @Test void everyRoleOnceAndWhatItTook() throws IOException {
        stream(WORDS, CALL, WORDS, CALL);
        assertTrue(check("", "SUBAGENT_MODEL=groq/openai/gpt-oss-20b", "BACKGROUND_MODEL=haiku"));
        assertEquals("""
            big: groq/openai/gpt-oss-120b
              http://127.0.0.1/openai/v1/chat/completions
              key from GROQ_API_KEY; 131k window, 66k answer; $0.15 in, $0.60 out per million
              words ... ok, first word after N s, all 3 tokens after N s
              a tool call ... ok, first word after N s, all 7 tokens after N s

            small: the same as big

            subagent: groq/openai/gpt-oss-20b
              http://127.0.0.1/openai/v1/chat/completions
              key from GROQ_API_KEY; 131k window, 66k answer; $0.075 in, $0.30 out per million
              words ... ok, first word after N s, all 3 tokens after N s
              a tool call ... ok, first word after N s, all 7 tokens after N s

            background: the same as big

            All is well.""", seen());
    }

    @Test void aKeyThatIsRejected() throws IOException {
        groq.enqueue(new MockResponse.Builder().code(401).setHeader("content-type", "application/json").body("{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"invalid_request_error\"}}").build());
        assertFalse(check("big"));
        assertTrue(seen().contains("words ... groq/openai/gpt-oss-120b: Invalid API Key; check GROQ_API_KEY\n  next: correct GROQ_API_KEY\n\nNot usable: big"), seen());
    }

    /// Each key answers for itself, and none is shown.
    @Test void eachOfSeveralKeysAndEachFallback() throws IOException {
        groq.setDispatcher(new Dispatcher() {
            @Override public MockResponse dispatch(RecordedRequest request) {
                var answer = new MockResponse.Builder();
                if (request.getHeaders().get("Authorization").equals("Bearer gsk-secret,2"))
                    return answer.code(401).body("{\"error\":{\"message\":\"gsk-secret,2 was revoked\"}}").build();
                return answer.setHeader("content-type", "text/event-stream")
                    .body(request.getBody().utf8().contains("\"tools\"") ? CALL : WORDS).build();
            }
        });
        assertFalse(check("", "GROQ_API_KEY=gsk-secret-1,\"gsk-secret,2\"", "BIG_MODEL_FALLBACKS=acme/other", "ACME_API_KEY=acme-secret",
            "ACME_API_BASE=http://127.0.0.1:" + groq.getPort() + "/v1"));
        assertEquals("""
            big: groq/openai/gpt-oss-120b
              http://127.0.0.1/openai/v1/chat/completions
              2 keys from GROQ_API_KEY; 131k window, 66k answer; $0.15 in, $0.60 out per million
              if it fails: acme/other
              words with key 1 of 2 of GROQ_API_KEY ... ok, first word after N s, all 3 tokens after N s
              words with key 2 of 2 of GROQ_API_KEY ... groq/openai/gpt-oss-120b: *** was revoked; check GROQ_API_KEY
              a tool call ... ok, first word after N s, all 7 tokens after N s
              next: correct key 2 of 2 of GROQ_API_KEY

            small: the same as big

            acme/other: acme/other
              http://127.0.0.1/v1/chat/completions
              key from ACME_API_KEY; 128k window, 8k answer
              words ... ok, first word after N s, all 3 tokens after N s
              a tool call ... ok, first word after N s, all 7 tokens after N s

            Not usable: big""", seen());
    }

    /// A rate limit is of one key and one model.
    @Test void aKeyThatHasReachedTheLimitOfAModel() throws IOException {
        groq.setDispatcher(new Dispatcher() {
            @Override public MockResponse dispatch(RecordedRequest request) {
                var body = request.getBody().utf8();
                if (request.getHeaders().get("Authorization").endsWith("secret-2") && body.contains("gpt-oss-120b"))
                    return new MockResponse.Builder().code(429).setHeader("retry-after", "20").body("{\"error\":{\"message\":\"Rate limit reached\"}}").build();
                return new MockResponse.Builder().setHeader("content-type", "text/event-stream").body(body.contains("\"tools\"") ? CALL : WORDS).build();
            }
        });
        assertFalse(check("", "GROQ_API_KEY=gsk-secret-1,gsk-secret-2", "SMALL_MODEL_PROVIDER=groq", "SMALL_MODEL_NAME=openai/gpt-oss-20b"));
        var said = seen();
        assertTrue(said.contains("words with key 2 of 2 of GROQ_API_KEY ... groq/openai/gpt-oss-120b: Rate limit reached; possible again in 20 s\n"), said);
        assertTrue(said.contains("next: meanwhile FreeCC asks the other keys for openai/gpt-oss-120b, or look at the limits of your plan at groq\n"), said);
        assertTrue(said.endsWith("Not usable: big"), said);
    }

    @Test void aServerThatIsNotThere() throws IOException {
        groq.close();
        assertFalse(check("big"));
        assertTrue(seen().contains("cannot connect to 127.0.0.1") && seen().contains("next: check that http://127.0.0.1/openai/v1 is right and reachable"), seen());
    }

    @Test void aModelThatCallsNoTool() throws IOException {
        stream(WORDS, WORDS);
        assertFalse(check("groq/other"));
        assertTrue(seen().endsWith("a tool call ... the model answered in words instead of calling the tool\n"
            + "  next: choose a model that can call tools; Claude Code does all its work with them\n\nNot usable: groq/other"), seen());
    }

    @Test void aSettingThatLeadsNowhere() throws IOException {
        assertFalse(check("opus", "OPUS_MODEL_PROVIDER=cohere"));
        assertEquals("opus: not usable\n  no key for cohere: set COHERE_API_KEY or CO_API_KEY or COHERE_CHAT_API_KEY\n\nNot usable: opus", seen());
    }
}
