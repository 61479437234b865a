package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.reply.*;
import lib.route.*;
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
        var outcome = new Outcome("req_1", "req_1", Instant.EPOCH, new Outcome.Asked("sonnet", Role.MAIN, "", "", 1, 2, true, ""),
            new Outcome.Served("groq", "m", 2, List.of("refusal"), List.of(), "", usage, OptionalDouble.of(0.0123)),
            new Outcome.Result(200, "", "", Optional.empty(), Duration.ofMillis(1_900)));
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
        var noted = new RequestLog("req_1", false, lib.page.Bodies.none(), _ -> { });
        noted.failed(new ApiError(500, "look\n2026-01-01 INFO here\u001B[2J"));
        var line = RequestLine.of(noted.outcome("req_1"));
        assertTrue(line.endsWith("look 2026-01-01 INFO here [2J"), line);
    }

    @Test void aKeyIsASecretAlsoWithoutTheBlanksAroundIt() {
        assertEquals("the key ***", new Log(Path.of("nowhere"), Optional.empty(), new Config(Map.of("ACME_API_KEY", " sk-very-secret "))).redacted("the key sk-very-secret"));
    }

    private static String mode(Path path) throws IOException { return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)); }

    @Test void onlyItsOwnerReadsIt(@TempDir Path folder) throws IOException {
        var own = Files.createDirectories(folder.resolve("freecc"));
        var files = Stream.of("claude-proxy.log", "claude-proxy.log.1", "claude-proxy.log.2").map(own::resolve).toList();
        for (var file : files.subList(0, 2)) Files.setPosixFilePermissions(Files.writeString(file, "x".repeat(10 * 1024 * 1024)), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        log(files.getFirst(), Map.of("XDG_STATE_HOME", folder.toString())).debug("more");
        assertEquals("rwx------", mode(own));
        for (var file : files) assertEquals("rw-------", mode(file), file.toString());
    }

    /// A folder that is someone's project stays as it is.
    @Test void theFolderOfAProjectKeepsItsMode(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        log(folder.resolve("claude-proxy.log"), Map.of()).debug("small talk");
        assertEquals("rwxr-xr-x rw-------", mode(folder) + " " + mode(folder.resolve("claude-proxy.log")));
    }

    /// A folder in its place is as good as a full disk, and easier to make room in.
    @Test void itGoesOnWhenThereIsRoomAgain(@TempDir Path folder) throws IOException {
        var file = Files.createDirectory(folder.resolve("claude-proxy.log"));
        var log = log(file, Map.of("CONSOLE_LOG_LEVEL", "CRITICAL"));
        log.debug("one");
        log.debug("two");
        assertEquals(1, shown.toString().lines().filter(line -> line.contains("Cannot write the log file")).count(), shown.toString());
        Files.delete(file);
        log.debug("three");
        log.debug("four");
        var lines = Files.readString(file).lines().filter(line -> !line.isEmpty()).toList();
        assertEquals("2 entries are missing here, because the file could not be written", lines.getFirst());
        assertTrue(lines.get(1).endsWith("three") && lines.get(2).endsWith("four") && lines.size() == 3, lines.toString());
    }

    /// As logrotate does, and people.
    @Test void whoMovesOrDeletesTheFileGetsANewOne(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var log = log(file, Map.of("CONSOLE_LOG_LEVEL", "CRITICAL"));
        log.debug("one");
        log.debug("two");
        Files.move(file, folder.resolve("old.log"));
        log.debug("three");
        assertTrue(Files.readString(file).endsWith("three\n") && Files.readString(folder.resolve("old.log")).endsWith("two\n"));
        Files.delete(file);
        log.debug("four");
        assertTrue(Files.readString(file).endsWith("four\n"));
        Files.writeString(folder.resolve("new.log"), "of somebody else");
        Files.move(folder.resolve("new.log"), file, StandardCopyOption.REPLACE_EXISTING);
        log.debug("five");
        var lines = Files.readAllLines(file);
        assertTrue(lines.size() == 2 && lines.getFirst().equals("of somebody else") && lines.getLast().endsWith("five"), lines.toString());
        Files.writeString(file, "");   // as logrotate's copytruncate does
        log.debug("six");
        assertEquals(1, Files.readAllLines(file).size());
    }

    @Test void noTextForgesAnEntry(@TempDir Path folder) throws IOException {
        var file = folder.resolve("claude-proxy.log");
        var log = log(file, Map.of("CONSOLE_LOG_LEVEL", "DEBUG"));
        for (var end : List.of("\n", "\r", "\r\n", "\u0085", "\u2028", "\u000B")) {
            var model = "m" + end + "2026-01-01 00:00:00.000 INFO forged\u001B[2J\u009B2J";
            log.debug("the model " + model);
            var noted = new RequestLog("req_1", false, lib.page.Bodies.none(), _ -> { });
            noted.received(new lib.route.Request(Json.object("model", model), new byte[0], Map.of()));
            log.inFile(noted.outcome("req_1"));
            log.onConsole(noted.outcome("req_1"));
        }
        for (var line : (Files.readString(file) + shown).split("[\n\r\u0085\u2028\u000B]")) {
            assertFalse(line.startsWith("2026-01-01"), line);
            assertFalse(line.contains("\u001B") || line.contains("\u009B"), line);
        }
    }
}
