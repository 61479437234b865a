package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.reply.*;
import lib.subscription.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The log: levels, secrets, rotation.
class LogTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Log log(Path file, Map<String, String> settings) { return log(file, new Config(settings)); }

    private Log log(Path file, Config config) { return new Log(file, Optional.of(new PrintStream(shown)), config); }

    @Test void theConsoleHasItsLevelAndTheFileItsOwn(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var log = log(file, Map.of("CONSOLE_LOG_LEVEL", "WARNING"));
        log.debug("small talk");
        log.warning("look out");
        assertEquals("look out", shown.toString().strip());
        assertTrue(Files.readString(file).contains("DEBUG small talk") && Files.readString(file).contains("WARNING look out"));
    }

    @Test void noSecretPasses(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        log(file, Map.of("ACME_API_KEY", "sk-very-secret", "CONSOLE_LOG_LEVEL", "DEBUG")).debug("the key is sk-very-secret.");
        assertFalse((shown + Files.readString(file)).contains("very-secret"));
        assertTrue(Files.readString(file).contains("the key is ***."));
    }

    @Test void noTokenOfALoginPasses(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var config = new Config(Map.of("XDG_STATE_HOME", folder.toString()));
        var log = log(file, config);
        new Logins(config).save("acme", Json.object("access_token", "at-very-secret"));
        log.debug("the token is at-very-secret.");
        assertTrue(Files.readString(file).contains("the token is ***."));
    }

    @Test void anOutcomeIsOneLineForPeopleAndHasItsIdInTheFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var log = log(file, Map.of());
        var usage = new Event.Usage(3_200, 9_100, 0, 412);
        var outcome = new Outcome("req_1", "sonnet", 1, 2, "groq", "m", 2, 200, "", Duration.ofMillis(1_900), usage, OptionalDouble.of(0.0123));
        log.onConsole(outcome);
        log.inFile(outcome);
        var line = "200 sonnet -> groq/m · 1 tool · 2 messages · 1.9 s · 2 attempts · 12.3k in (9.1k cached) · 412 out · $0.0123";
        assertEquals(line, shown.toString().strip());
        assertTrue(Files.readString(file).strip().endsWith("INFO " + line + " · req_1"), Files.readString(file));
        assertEquals("\u001B[32m200\u001B[0m" + line.substring(3), RequestLine.coloured(outcome));
    }

    @Test void aFullFileMakesRoomAndFiveOldOnesAreKept(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var log = log(file, Map.of());
        var large = "x".repeat(6 * 1024 * 1024);
        for (var i = 0; i < 8; i++) log.debug(i + large);
        try (var kept = Files.list(folder)) {
            assertEquals("[claude-proxy.log, claude-proxy.log.1, claude-proxy.log.2, claude-proxy.log.3, claude-proxy.log.4, claude-proxy.log.5]",
                kept.map(path -> path.getFileName().toString()).sorted().toList().toString());
        }
        assertTrue(Files.readString(file).contains("DEBUG 7x") && Files.readString(folder.resolve("claude-proxy.log.5")).contains("DEBUG 2x"));
    }

    @Test void aProvidersWordsMoveNoCursor() {
        var noted = new RequestLog(false);
        noted.failed(new ApiError(500, "look\n2026-01-01 INFO here\u001B[2J"));
        var line = RequestLine.of(noted.outcome("req_1"));
        assertTrue(line.endsWith("look 2026-01-01 INFO here [2J"), line);
    }

    @Test void aKeyIsASecretAlsoWithoutTheBlanksAroundIt() {
        assertEquals("the key ***", new Log(Path.of("nowhere"), Optional.empty(), new Config(Map.of("ACME_API_KEY", " sk-very-secret "))).redacted("the key sk-very-secret"));
    }
}
