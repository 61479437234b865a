package lib.config;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Settings, from the environment and from a file.
class ConfigTest {
    @Test void theFileIsReadAndTheEnvironmentWins(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "# a comment\nBIG_MODEL_PROVIDER=\"openai\"\nBIG_MODEL_NAME='gpt 4' # the model\nPATH=nowhere\n\nexport_is_no_name\nEMPTY=\n".replace("export_is_no_name\n", ""));
        var config = Config.load(file);
        assertEquals("openai", config.big().provider());
        assertEquals("gpt 4", config.big().name());
        assertTrue(!config.get("PATH").equals("nowhere"));
    }

    /// As a credential's JSON may stand in one line.
    @Test void quotesWithinQuotesAreKept(@TempDir Path folder) throws IOException {
        var json = "{\"type\": \"service_account\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nA+b/#C=\\n\"}";
        Files.writeString(folder.resolve(".env"), "VERTEXAI_CREDENTIALS='" + json + "'\n");
        assertEquals(json, Config.load(folder.resolve(".env")).get("VERTEXAI_CREDENTIALS"));
    }

    @Test void aMissingFileIsAnEmptyOne(@TempDir Path folder) { assertEquals("", Config.load(folder.resolve(".env")).get("BIG_MODEL_PROVIDER")); }

    @Test void theClientsOwnVariablesAreNeverRead() {
        var config = new Config(Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:8082", "ANTHROPIC_AUTH_TOKEN", "t"));
        assertEquals("", config.get("ANTHROPIC_BASE_URL") + config.get("ANTHROPIC_AUTH_TOKEN"));
    }

    @Test void aBadLevelIsToldByName() {
        var wrong = assertThrows(Config.Wrong.class, new Config(Map.of("CONSOLE_LOG_LEVEL", "LOUD"))::consoleLogLevel);
        assertEquals("unknown log level 'LOUD' in CONSOLE_LOG_LEVEL; use one of DEBUG, INFO, WARNING, ERROR, CRITICAL", wrong.getMessage());
    }

    @Test void aBadPortIsToldByName() {
        assertEquals("PORT=70000 is not a valid port; use a number from 0 to 65535", assertThrows(Config.Wrong.class, new Config(Map.of("PORT", "70000"))::port).getMessage());
        assertEquals(8082, new Config(Map.of()).port());
    }

    @Test void levelsMayBeWrittenSmall() { assertEquals("WARNING", new Config(Map.of("FILE_LOG_LEVEL", "warning")).fileLogLevel()); }

    @Test void secretsAreKnownByTheirNames() {
        var secrets = new Config(Map.of("ACME_API_KEY", "sk-12345678", "AZURE_CLIENT_SECRET", "s/cr3t-long", "PORT", "8082", "BIG_MODEL_NAME", "not-a-secret")).secrets();
        assertEquals("*** *** 8082 not-a-secret", secrets.masked("sk-12345678 s/cr3t-long 8082 not-a-secret"));
    }
}
