package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What `freecc usage` and `freecc statusline` print.
class UsageReportTest {
    private static final ZonedDateTime NOW = ZonedDateTime.parse("2026-11-29T12:00:00Z");
    @TempDir Path folder;

    private Config config() { return new Config(Map.of("XDG_STATE_HOME", folder.toString(), "HOME", folder.toString())); }

    private String text(String by, boolean asJson) throws IOException {
        var file = Files.createDirectories(folder.resolve("freecc")).resolve("ledger-2026-11.jsonl");
        Files.writeString(file, """
            {"time":"2026-11-28T09:00:00.000Z","session":"s1","role":"main","route":"openai/gpt-5.5","input":20000,"cache_read":180000,"cache_write":0,"output":8000,"searches":3,"cost_usd":0.42,"status":200,"ms":900}
            {"time":"2026-11-29T09:00:00.000Z","session":"s1","role":"background","route":"groq/tiny","input":900,"cache_read":0,"cache_write":0,"output":100,"cost_usd":null,"status":200,"ms":90}
            {"time":"2026-11-29T09:00:01.000Z","session":"s1","role":"main","route":"openai/gpt-5.5","input":0,"cache_read":0,"cache_write":0,"output":0,"cost_usd":0,"status":429,"ms":9}
            {"time":"2026-09-29T09:00:01.000Z","session":"s0","role":"main","route":"openai/old","input":9,"output":9,"status":200,"ms":9}
            """);
        return new UsageReport(config(), by, "7d").text(NOW, asJson);
    }

    @Test void aTableWithBarsTotalsAndWhatIsNotKnown() throws IOException {
        assertEquals("""
            model           requests      in  cached   out     cost  tokens
            openai/gpt-5.5         2  200.0k     90%  8.0k    $0.42  ████████████
            groq/tiny              1     900      0%   100  unknown  ▏
            total                  3  200.9k     90%  8.1k  ≥ $0.42

            1 request failed.
            The price of 1 request is not known.
            The cost leaves out any fees for 3 web searches.
            """, text("model", false));
    }

    @Test void byRoleAndDay() throws IOException {
        assertTrue(text("role", false).contains("background"));
        assertTrue(text("day", false).indexOf("2026-11-28") < text("day", false).indexOf("2026-11-29"));
        assertThrows(Config.Wrong.class, () -> text("colour", false));
    }

    @Test void jsonIsForPrograms() throws IOException {
        var sums = Json.objectIn(text("model", true));
        assertEquals("0.42", Json.spelled(sums, "total", "cost_usd"));
        assertEquals("1", Json.spelled(sums, "total", "unpriced"));
        assertEquals("3", Json.spelled(sums, "total", "searches"));
    }

    @Test void nothingIsSaidInAsManyWords() { assertEquals("No requests since 2026-11-22.\n", new UsageReport(config(), "model", "7d").text(NOW, false)); }

    @Test void theStatusLineComesFromTheLedgerIfNobodyAnswers() throws IOException {
        var route = "{\"time\":\"" + Instant.now() + "\",\"session\":\"s1\",\"role\":\"main\",\"route\":\"groq/m\",\"input\":9,\"cost_usd\":0.5,\"status\":200}\n";
        Files.writeString(Files.createDirectories(folder.resolve("freecc")).resolve("ledger-" + YearMonth.now(ZoneOffset.UTC) + ".jsonl"), route);
        var given = new ByteArrayInputStream("{\"session_id\":\"s1\",\"context_window\":{\"used_percentage\":3}}".getBytes(StandardCharsets.UTF_8));
        assertEquals("groq/m · 3% · $0.50", new StatusCommand(config(), "http://127.0.0.1:1", "t").line(given));
    }

    @Test void codeSetsTheLineUnlessTheUserHasOne() throws IOException {
        var setting = new StatusSetting(config(), folder);
        var file = StatusSetting.curlFile("http://127.0.0.1:1", "secret-token");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("command", Json.text(setting.of(file, List.of()).orElseThrow(), "type"));
        assertTrue(!Json.write(setting.of(file, List.of()).orElseThrow()).contains("secret-token"));
        assertTrue(setting.of(file, List.of("--settings", "{\"statusLine\":{}}")).isEmpty());
        Files.writeString(Files.createDirectories(folder.resolve(".claude")).resolve("settings.json"), "{\"statusLine\":{\"type\":\"command\",\"command\":\"mine\"}}");
        assertTrue(setting.of(file, List.of()).isEmpty());
        Files.delete(file);
    }
}
