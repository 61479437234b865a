package lib.ledger;

import module java.base;

import lib.config.*;
import lib.json.*;

/// What every request took and cost: a JSON line each, in a file for each month of UTC. Several processes append to it at once.
/// A line that a crash has torn loses nothing else, and a ledger that cannot be written never hurts a request.
public final class Ledger {
    private static final Pattern FILE = Pattern.compile("ledger-(\\d{4}-\\d{2})\\.jsonl");
    private static final String START = "{\"time\":\"";

    private final Path folder;
    private final boolean on;
    private final Supplier<String> priceDate;
    private final Consumer<String> warning;
    private Optional<AppendedFile> file = Optional.empty();   // of the month of the last line
    private boolean fails;

    /// `priceDate` says of when the prices are, `warning` is told once that the ledger cannot be written.
    public Ledger(Config config, Supplier<String> priceDate, Consumer<String> warning) {
        this.folder = config.stateFolder();
        this.on = config.keepsLedger();
        this.priceDate = priceDate;
        this.warning = warning;
    }

    /// One that is only read.
    public Ledger(Config config) { this(config, () -> "", _ -> { }); }

    public boolean isOn() { return on; }

    /// The outcome as a line, whether it is kept or not.
    public JsonObject line(Outcome outcome) { return Line.of(outcome, priceDate); }

    /// Called when the client already has its answer.
    public synchronized void accept(Outcome outcome) {
        if (!on) return;
        var path = folder.resolve("ledger-" + YearMonth.from(outcome.time().atZone(ZoneOffset.UTC)) + ".jsonl");
        try {
            file(path).append(Json.write(line(outcome)) + "\n");
            fails = false;
        } catch (IOException e) {
            if (!fails) warning.accept("cannot write the ledger " + path + " (" + e.getMessage()
                + "); costs are not recorded until it can be written. LEDGER=false switches it off");
            fails = true;
        }
    }

    private AppendedFile file(Path path) throws IOException {
        if (file.isPresent() && file.get().path().equals(path)) return file.get();
        if (file.isPresent()) file.get().close();
        file = Optional.of(new AppendedFile(path));
        return file.get();
    }

    /// Reads the lines of requests since then, oldest first; what is not a line is skipped.
    public void since(Instant then, Consumer<JsonObject> reader) { since(then, "", reader); }

    /// The same of the lines with this text in them.
    void since(Instant then, String containing, Consumer<JsonObject> reader) {
        var month = YearMonth.from(then.atZone(ZoneOffset.UTC)).toString();
        try (var files = Files.exists(folder) ? Files.list(folder) : Stream.<Path>empty()) {
            var kept = files.filter(file -> month(file).compareTo(month) >= 0).sorted().toList();
            var from = then.truncatedTo(ChronoUnit.MILLIS).toString();
            for (var file : kept) read(file, text -> text.compareTo(from) >= 0 && text.contains(containing), reader);
        } catch (IOException e) {
            throw new Config.Wrong("cannot read the ledger in " + folder + " (" + e.getMessage() + "); check the folder's owner");
        }
    }

    /// The month that a file is for; empty, which is before every month, if it is not the ledger's.
    private static String month(Path file) {
        var name = FILE.matcher(file.getFileName().toString());
        return name.matches() ? name.group(1) : "";
    }

    /// ISO times compare as texts, so that old lines need not be parsed.
    private static void read(Path file, Predicate<String> isWanted, Consumer<JsonObject> reader) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                if (!text.startsWith(START) || !isWanted.test(text.substring(START.length()))) continue;
                var line = Json.objectIn(text);
                if (!line.isEmpty()) reader.accept(line);
            }
        }
    }
}
