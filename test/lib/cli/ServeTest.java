package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What the banner shows before the first request.
class ServeTest {
    private static List<String> banner(String... settings) {
        var values = new HashMap<String, String>();
        for (var setting : settings) values.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        var said = new ByteArrayOutputStream();
        new Serve(new Config(values)).banner(new PrintStream(said, true, StandardCharsets.UTF_8), "127.0.0.1", 8082);
        return said.toString(StandardCharsets.UTF_8).lines().skip(1).takeWhile(line -> !line.isEmpty()).map(String::strip).toList();
    }

    private static final String OPEN = "Without FREECC_API_KEY, every user of this machine can use your keys through FreeCC.";

    @Test void everyAddressThatIsNotTheProvidersOwn() {
        assertEquals(List.of("sonnet, opus, fable -> groq/m   (BIG_MODEL_PROVIDER)", "haiku               -> groq/m", "BIG_MODEL_API_BASE -> https://gw.example/openai/v1",
                "OPENAI_BASE_URL -> https://llm.example/v1", OPEN),
            banner("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "GROQ_API_KEY=k", "BIG_MODEL_API_BASE=https://gw.example/openai/v1",
                "OPENAI_BASE_URL=https://me:secret@llm.example/v1", "DEEPSEEK_API_BASE=https://api.deepseek.com", "OLLAMA_HOST=127.0.0.1:11434"));
    }

    @Test void aServerOfTheUsersOwn() {
        assertEquals(List.of("sonnet, opus, fable -> acme/m   (BIG_MODEL_PROVIDER)", "haiku               -> acme/m", "ACME_API_BASE -> https://llm.acme.example/v1"),
            banner("BIG_MODEL_PROVIDER=acme", "BIG_MODEL_NAME=m", "ACME_API_BASE=https://llm.acme.example/v1", "FREECC_API_KEY=sesame-open"));
    }

    @Test void whatIsMisspelledAndWhatIsTooSmall() {
        assertEquals(List.of("sonnet, opus, fable -> openai/gpt-4   (BIG_MODEL_PROVIDER)", "haiku               -> openai/gpt-6-luna", OPEN,
                "! OPENAI_APIKEY is not a setting of FreeCC; did you mean OPENAI_API_KEY?",
                "! the context window of openai/gpt-4 has 8,192 tokens, but Claude Code needs about 32,000: choose another model"),
            banner("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=gpt-4", "OPENAI_API_KEY=k", "OPENAI_APIKEY=k"));
    }

    @Test void aFileOfAuthoritiesThatCannotBeReadIsAComplaint() {
        assertEquals(List.of("sonnet, opus, fable -> groq/m   (BIG_MODEL_PROVIDER)", "haiku               -> groq/openai/gpt-oss-20b", OPEN,
                "! cannot read SSL_CERT_FILE=/no/such.pem; its authorities are not trusted"),
            banner("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "GROQ_API_KEY=k", "SSL_CERT_FILE=/no/such.pem"));
    }
}
