package lib.server;

import lib.wire.ApiError;
import lib.provider.Config;
import lib.provider.Logins;
import lib.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The log: levels, secrets, rotation.
class LogTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private Log log(Path file, Map<String, String> settings) { return new Log(file, new PrintStream(shown), new Config(settings)); }

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
        var log = log(file, Map.of());
        new Logins(new Config(Map.of("XDG_STATE_HOME", folder.toString()))).save("acme", Json.object("access_token", "at-very-secret"));
        log.debug("the token is at-very-secret.");
        assertTrue(Files.readString(file).contains("the token is ***."));
    }

    @Test void colourIsForTheConsoleAlone(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        log(file, Map.of()).request(Log.Level.INFO, "\u001B[32m200\u001B[0m ok");
        assertTrue(shown.toString().contains("\u001B[32m"));
        assertTrue(Files.readString(file).strip().endsWith("INFO 200 ok"));
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
        var entry = new Entry(false, false);
        entry.failed(new ApiError(500, "look\n2026-01-01 INFO here\u001B[2J"));
        assertTrue(entry.line().endsWith("look 2026-01-01 INFO here [2J"), entry.line());
    }

    @Test void aKeyIsASecretAlsoWithoutTheBlanksAroundIt() {
        assertEquals("the key ***", new Log(Path.of("nowhere"), null, new Config(Map.of("ACME_API_KEY", " sk-very-secret "))).redacted("the key sk-very-secret"));
    }
}
