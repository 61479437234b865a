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

    private static String read(Path folder, byte[] bytes) throws IOException {
        var config = Config.load(Files.write(folder.resolve(".env"), bytes));
        return config.big().provider() + "|" + config.big().name() + "|" + config.get("ACME_API_KEY");
    }

    @Test void aFileIsReadInWhateverEncodingAnEditorGivesIt(@TempDir Path folder) throws IOException {
        var text = "BIG_MODEL_PROVIDER=acme\r\nBIG_MODEL_NAME=gr\u00fc\u00df  # \u4f60\u597d\r\nACME_API_KEY=\"k\"\r\n";
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE))
            for (var written : List.of(text, "\uFEFF" + text, text.replace("\r\n", "\n"), text.replace("\r\n", "\r"), "\uFEFF# x\r\n" + text))
                assertEquals("acme|gr\u00fc\u00df|k", read(folder, written.getBytes(charset)), charset + " " + written);
    }

    @Test void aFileIsReadInTheFormsThatShellsAndToolsKnow(@TempDir Path folder) throws IOException {
        var text = """
            # a comment

              export BIG_MODEL_PROVIDER = acme
            export\tBIG_MODEL_NAME='a # b' # c
            ACME_API_KEY=k#1 # a comment
            LOG_REQUEST_BODY= # nothing
            A_PEM="-----BEGIN-----
            x
            -----END-----"
            A_PATH='C:\\new'
            AN_APOSTROPHE=it's
            AN_EQUATION=a=b=""";
        assertEquals("acme|a # b|k#1", read(folder, text.getBytes(StandardCharsets.UTF_8)));
        var config = Config.load(folder.resolve(".env"));
        assertEquals(List.of("", "-----BEGIN-----\nx\n-----END-----", "C:\\new", "it's", "a=b="),
            Stream.of("LOG_REQUEST_BODY", "A_PEM", "A_PATH", "AN_APOSTROPHE", "AN_EQUATION").map(config::get).toList());
        assertEquals("", read(folder, new byte[0]).replace("|", ""));
    }

    @Test void aLineThatIsNoSettingIsNamedWithoutItsText(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "A=1\n\nsk-secret\n");
        var wrong = assertThrows(Config.Wrong.class, () -> Config.load(file));
        assertEquals(file + ": a line is not a setting; write NAME=value, or begin a comment with #", wrong.getMessage());
    }

    /// Else the setting and all that follow it would be missing without a word.
    @Test void aQuoteThatIsNotClosedIsReported(@TempDir Path folder) throws IOException {
        for (var text : List.of("A=1\nexport B = \"sk-secret\nC=2\n", "A=1\nB=\"sk-secret", "A=\"x\ny\" # a\nB=\"x\n\n# end\n", "B=\"sk-secret\nA=\"2\"\n",
                "A='a\"b'\nB=\"sk-\\\"secret\nC=\"x\n")) {
            var file = Files.writeString(folder.resolve(".env"), text);
            var wrong = assertThrows(Config.Wrong.class, () -> Config.load(file), text);
            assertEquals(file + ": the value of B begins with \" but does not end with it", wrong.getMessage());
        }
    }

    @Test void aLargeSecretIsRead(@TempDir Path folder) throws IOException {
        var large = "{\\\"a\\\":1}".repeat(50_000);
        var file = Files.writeString(folder.resolve(".env"), "A=\"" + large + "\"\nB='" + large + "'\nC=" + large);
        assertEquals(large.length(), Config.load(file).get("B").length());
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
