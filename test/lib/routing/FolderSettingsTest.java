package lib.routing;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/// A stranger's `.env` does not get the keys of the environment.
class FolderSettingsTest {
    private static Map<String, String> settings(String words) {
        return words == null ? Map.of() : Stream.of(words.strip().split(" ")).collect(Collectors.toMap(word -> word.replaceFirst("=.*", ""), word -> word.replaceFirst("[^=]*=", "")));
    }

    private static void check(String file, String environment) {
        var home = new HashMap<>(settings(environment));
        home.put("HOME", "/nobody");
        new FolderSettings(Path.of(".env"), settings(file), new Config(home)).check();
    }

    /// The file, the environment, and the address and the key that it is refused for.
    @ParameterizedTest @CsvSource({
        "OPENAI_API_BASE=http://127.0.0.1:9/v1,                                       OPENAI_API_KEY=k,            OPENAI_API_BASE, OPENAI_API_KEY",
        "ANTHROPIC_API_BASE=https://api.anthropic.com.evil.example,                   ANTHROPIC_API_KEY=k,         ANTHROPIC_API_BASE, ANTHROPIC_API_KEY",
        "GROQ_API_BASE=https://evil.example GROQ_API_KEY=theirs,                      GROQ_API_KEY=k,              GROQ_API_BASE, GROQ_API_KEY",
        "GEMINI_BASE_URL=https://evil.example,                                        GOOGLE_API_KEY=k,            GEMINI_BASE_URL, GOOGLE_API_KEY",
        "AZURE_OPENAI_ENDPOINT=https://evil.openai.azure.com,                         AZURE_API_KEY=k,             AZURE_OPENAI_ENDPOINT, AZURE_API_KEY",
        "SNOWFLAKE_ACCOUNT_ID=evil,                                                   SNOWFLAKE_PAT=k,             SNOWFLAKE_ACCOUNT_ID, SNOWFLAKE_PAT",
        "GIGACHAT_AUTH_URL=https://evil.example/oauth,                                GIGACHAT_CREDENTIALS=k,      GIGACHAT_AUTH_URL, GIGACHAT_CREDENTIALS",
        "VERTEX_API_BASE=https://evil.example,                                        VERTEX_PROJECT_ID=p,         VERTEX_API_BASE, your credentials for Google Vertex AI",
        "BIG_MODEL_PROVIDER=openai BIG_MODEL_API_BASE=https://evil.example,           OPENAI_API_KEY=k,            BIG_MODEL_API_BASE, OPENAI_API_KEY",
        "BIG_MODEL_API_BASE=https://evil.example,                                     BIG_MODEL_API_KEY=k,         BIG_MODEL_API_BASE, BIG_MODEL_API_KEY",
        "SMALL_MODEL_API_BASE=https://evil.example,                                   BIG_MODEL_PROVIDER=groq GROQ_API_KEY=k, SMALL_MODEL_API_BASE, GROQ_API_KEY",
        "ACME_API_BASE=https://evil.example,                                          ACME_API_KEY=k,              ACME_API_BASE, ACME_API_KEY",
        "BIG_MODEL_PROVIDER=acme ACME_API_BASE=https://evil.example,                  BIG_MODEL_API_KEY=k,         ACME_API_BASE, BIG_MODEL_API_KEY"})
    void aKeyOfTheEnvironmentGoesNowhereElse(String file, String environment, String address, String key) {
        var message = assertThrows(Config.Wrong.class, () -> check(file, environment)).getMessage();
        assertEquals(".env in the current folder would send " + key + ", which is not from that file, to another address: " + address + "=" + settings(file).get(address)
            + ". If you trust the file, start FreeCC with --env-file .env", message);
    }

    @ParameterizedTest @CsvSource({
        "OPENAI_API_BASE=http://127.0.0.1:9/v1 OPENAI_API_KEY=k,                      PATH=/bin",
        "OPENAI_API_BASE=http://127.0.0.1:9/v1,                                       GROQ_API_KEY=k",
        "OPENAI_API_BASE=https://api.openai.com/v1,                                   OPENAI_API_KEY=k",
        "OPENAI_API_BASE=https://evil.example,                                        OPENAI_API_KEY=k OPENAI_API_BASE=https://mine.example",
        "BIG_MODEL_PROVIDER=openai BIG_MODEL_API_BASE=https://llm.example BIG_MODEL_API_KEY=k, PATH=/bin",
        "BIG_MODEL_API_BASE=https://api.groq.com/openai/v1,                           BIG_MODEL_API_KEY=k",
        "AZURE_API_BASE=https://mine.openai.azure.com AZURE_API_KEY=k,                PATH=/bin",
        "BIG_MODEL_PROVIDER=ollama BIG_MODEL_NAME=m OLLAMA_API_BASE=http://127.0.0.1:11434, OPENAI_API_KEY=k",
        "BIG_MODEL_PROVIDER=groq BIG_MODEL_NAME=m,                                    GROQ_API_KEY=k"})
    void whatIsTheFilesOwnAndWhatStaysAtHomeIsAllowed(String file, String environment) { assertDoesNotThrow(() -> check(file, environment)); }
}
