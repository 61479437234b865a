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
        assertEquals(List.of("model   window  price", "sonnet, opus, fable  groq/m    128k  price unknown  BIG_MODEL_PROVIDER", "haiku                groq/m    128k  price unknown", "BIG_MODEL_API_BASE -> https://gw.example/openai/v1",
                "OPENAI_BASE_URL -> https://llm.example/v1", OPEN),
            banner("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "GROQ_API_KEY=k", "BIG_MODEL_API_BASE=https://gw.example/openai/v1",
                "OPENAI_BASE_URL=https://me:secret@llm.example/v1", "DEEPSEEK_API_BASE=https://api.deepseek.com", "OLLAMA_HOST=127.0.0.1:11434"));
    }

    @Test void aServerOfTheUsersOwn() {
        assertEquals(List.of("model   window  price", "sonnet, opus, fable  acme/m    128k  price unknown  BIG_MODEL_PROVIDER", "haiku                acme/m    128k  price unknown", "ACME_API_BASE -> https://llm.acme.example/v1"),
            banner("BIG_MODEL_PROVIDER=acme", "BIG_MODEL_NAME=m", "ACME_API_BASE=https://llm.acme.example/v1", "FREECC_API_KEY=sesame-open"));
    }

    @Test void whatIsMisspelledAndWhatIsTooSmall() {
        assertEquals(List.of("model              window  price", "sonnet, opus, fable  openai/gpt-4           8k  $30.00 in, $60.00 out per million  BIG_MODEL_PROVIDER",
                "haiku                openai/gpt-6-luna    272k  $0.10 in, $0.50 out per million", OPEN,
                "! OPENAI_APIKEY is not a setting of FreeCC; did you mean OPENAI_API_KEY?",
                "! the context window of openai/gpt-4 has 8,192 tokens, but Claude Code needs about 32,000: choose another model"),
            banner("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=gpt-4", "OPENAI_API_KEY=k", "OPENAI_APIKEY=k"));
    }

    @Test void aFileOfAuthoritiesThatCannotBeReadIsAComplaint() {
        assertEquals(List.of("model                    window  price", "sonnet, opus, fable  groq/m                     128k  price unknown                     BIG_MODEL_PROVIDER",
                "haiku                groq/openai/gpt-oss-20b    131k  $0.075 in, $0.30 out per million", OPEN,
                "! cannot read SSL_CERT_FILE=/no/such.pem; its authorities are not trusted"),
            banner("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "GROQ_API_KEY=k", "SSL_CERT_FILE=/no/such.pem"));
    }

    @Test void everyFamilyAndRoleWithAModelOfItsOwn() {
        assertEquals(List.of("model                    window  price",
                "sonnet, fable  groq/m                     128k  price unknown                     BIG_MODEL_PROVIDER",
                "haiku          groq/m                     128k  price unknown",
                "opus           openai/gpt-4.1               1M  $2.00 in, $8.00 out per million",
                "subagent       groq/openai/gpt-oss-20b    131k  $0.075 in, $0.30 out per million",
                "search         not usable, see below", "GROQ_API_BASE -> https://gw.example/v1", OPEN, "! no key for cohere: set COHERE_API_KEY or CO_API_KEY or COHERE_CHAT_API_KEY"),
            banner("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=m", "GROQ_API_KEY=k", "GROQ_API_BASE=https://gw.example/v1", "OPUS_MODEL_NAME=gpt-4.1", "OPUS_MODEL_PROVIDER=openai", "OPENAI_API_KEY=o",
                "SUBAGENT_MODEL=groq/openai/gpt-oss-20b", "SEARCH_MODEL=cohere/x"));
    }
}
