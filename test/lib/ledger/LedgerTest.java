package lib.ledger;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.reply.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The ledger's file: what a line says, and what crashes, full disks and other processes do to it.
class LedgerTest {
    @TempDir Path folder;
    private final List<String> warnings = new ArrayList<>();

    private Ledger ledger(String... settings) {
        var values = new HashMap<>(Map.of("XDG_STATE_HOME", folder.toString()));
        for (var i = 0; i < settings.length; i += 2) values.put(settings[i], settings[i + 1]);
        return new Ledger(new Config(values), () -> "2026-11-10", warnings::add);
    }

    private Path file() { return folder.resolve("freecc/ledger-2026-11.jsonl"); }

    private static Outcome outcome(String model) {
        return Outcomes.of(model, new Event.Usage(200, 900, 100, 50).with(new Event.Usage.Details(0, 30, 2)), OptionalDouble.of(0.00123));
    }

    private List<JsonObject> read(Instant since) {
        var lines = new ArrayList<JsonObject>();
        ledger().since(since, lines::add);
        return lines;
    }

    @Test void aLineSaysEverythingButTheContent() throws IOException {
        ledger().accept(outcome("m"));
        assertEquals("""
            {"time":"2026-11-05T12:00:00.123Z","id":"req_1","session":"s1","agent":null,"role":"main","asked":"m","route":"groq/m",\
            "input":200,"cache_read":900,"cache_write":100,"output":50,"reasoning":30,"searches":2,"cost_usd":0.00123,\
            "price_date":"2026-11-10","first_token_ms":120,"ms":1900,"status":200,"error":null,"attempts":1,"fallback_from":null,\
            "key_name":null}
            """, Files.readString(file()));
    }

    @Test void anUnknownPriceIsNullAndAFailureHasItsClassButNotItsWords() throws IOException {
        ledger().accept(Outcomes.of("m", new Event.Usage(1, 0, 0, 1), OptionalDouble.empty()));
        ledger().accept(Outcomes.failed(429, "rate_limit_error", "the words of the provider"));
        var text = Files.readString(file());
        assertTrue(text.contains("\"cost_usd\":null,\"price_date\":null"), text);
        assertTrue(text.contains("\"status\":429,\"error\":\"rate_limit_error\",\"attempts\":3"), text);
        assertFalse(text.contains("words"), text);
    }

    @Test void onlyItsOwnerReadsIt() throws IOException {
        ledger().accept(outcome("m"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test void aHostileNameStaysOneShortLine() throws IOException {
        var name = "\u0001\n\"".repeat(100_000);
        ledger().accept(Outcomes.of(name, Outcome.Served.NO_USAGE, OptionalDouble.empty(), new Outcome.Asked(name, Role.MAIN, name, name, 0, 0, true, "")));
        assertTrue(Files.size(file()) < 4096, "4 kB are written in one piece; it has " + Files.size(file()));
        assertEquals(1, Files.readAllLines(file()).size());
        assertEquals(1, read(Instant.EPOCH).size());
    }

    @Test void aTornLineLosesNothingElse() throws IOException {
        ledger().accept(outcome("before"));
        Files.writeString(file(), "{\"time\":\"2026-11-05T12:00:00.5Z\",\"session\":\"caf\u00e9", StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);   // not even UTF-8
        ledger().accept(outcome("after"));
        assertEquals("[before, after]", read(Instant.EPOCH).stream().map(line -> Json.text(line, "asked")).toList().toString());
    }

    @Test void theNextMonthHasItsOwnFileAndOldLinesAreSkipped() {
        var ledger = ledger();
        ledger.accept(outcome("november"));
        var then = Instant.parse("2026-12-01T00:00:00Z");
        ledger.accept(new Outcome("req", "req", then, outcome("december").asked(), Outcome.Served.NOWHERE, outcome("m").result()));
        assertEquals(List.of("ledger-2026-11.jsonl", "ledger-2026-12.jsonl"), names());
        assertEquals(1, read(then).size());
        assertEquals(1, read(Outcomes.NOON.plusSeconds(1)).size());
        assertEquals(2, read(Outcomes.NOON).size());
    }

    private List<String> names() {
        try (var files = Files.list(folder.resolve("freecc"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test void aFullDiskIsReportedOnceAndTheLedgerGoesOnAfterwards() throws IOException {
        var full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        Files.createDirectories(folder.resolve("freecc"));
        Files.createSymbolicLink(file(), full);
        var ledger = ledger();
        ledger.accept(outcome("lost"));
        ledger.accept(outcome("lost"));
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().contains("LEDGER=false"), warnings.getFirst());
        Files.delete(file());
        ledger.accept(outcome("kept"));
        assertEquals(1, read(Instant.EPOCH).size());
    }

    @Test void aFolderThatCannotBeMadeIsReportedOnce() throws IOException {
        Files.writeString(folder.resolve("freecc"), "a file where the folder should be");
        var ledger = ledger();
        ledger.accept(outcome("lost"));
        ledger.accept(outcome("lost"));
        assertEquals(1, warnings.size());
    }

    @Test void whoDoesNotWantItHasNone() {
        ledger("LEDGER", "false").accept(outcome("m"));
        assertFalse(Files.exists(folder.resolve("freecc")));
    }

    @Test void anInterruptedThreadStillWrites() {
        Thread.currentThread().interrupt();
        ledger().accept(outcome("m"));
        assertTrue(Thread.interrupted(), "the interrupt is not swallowed");
        assertEquals(1, read(Instant.EPOCH).size());
    }

    /// Each is a process that writes as fast as it can.
    static void main(String[] folderAndName) {
        var ledger = new Ledger(new Config(Map.of("XDG_STATE_HOME", folderAndName[0])), () -> "2026-11-10", System.err::println);
        for (var i = 0; i < 500; i++) ledger.accept(outcome(folderAndName[1]));
    }

    @Test void twoProcessesAtOnceLoseNothing() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var writers = new ArrayList<Process>();
        for (var name : List.of("one", "two")) writers.add(new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
            "lib.ledger.LedgerTest", folder.toString(), name).inheritIO().start());
        for (var writer : writers) assertEquals(0, writer.waitFor());
        var byName = read(Instant.EPOCH).stream().collect(Collectors.groupingBy(line -> Json.text(line, "asked"), TreeMap::new, Collectors.counting()));
        assertEquals("{one=500, two=500}", byName.toString());
    }
}
