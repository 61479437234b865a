package lib.cli;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;

/// What `freecc usage` prints: the ledger's sums as a table, or as JSON for programs.
record UsageReport(Config config, String by, String since) {
    private static final int BAR = 12;
    private static final List<String> EIGHTHS = List.of("", "▏", "▎", "▍", "▌", "▋", "▊", "▉");

    /// As of `now`, whose zone decides where a day begins.
    String text(ZonedDateTime now, boolean asJson) {
        var then = Usage.since(since, now.toInstant(), now.getZone());
        var usage = new Usage(by, now.getZone());
        new Ledger(config).since(then, usage::add);
        if (asJson) return Json.write(usage.json(then)) + "\n";
        if (usage.total().requests() == 0) return nothing(then.atZone(now.getZone()).toLocalDate());
        return table(usage) + notes(usage.total());
    }

    private String nothing(LocalDate day) {
        return "No requests since " + day + (config.keepsLedger() ? "." : "; LEDGER is off, so that none are recorded.") + "\n";
    }

    private String table(Usage usage) {
        var rows = new ArrayList<List<String>>();
        var most = usage.groups().stream().mapToLong(group -> group.getValue().tokens()).max().orElse(1);
        for (var group : usage.groups())
            rows.add(row(group.getKey(), group.getValue(), bar((double) group.getValue().tokens() / Math.max(1, most))));
        if (usage.groups().size() > 1) rows.add(row("total", usage.total(), ""));
        var table = new Table(List.of(by, "requests", "in", "cached", "out", "cost", "tokens"), rows);
        return String.join("\n", table.lines(Table.width(config::get))) + "\n";
    }

    /// A part of the whole.
    private static String bar(double part) {
        var eighths = (int) Math.ceil(Math.clamp(part, 0, 1) * BAR * 8);
        return "█".repeat(eighths / 8) + EIGHTHS.get(eighths % 8);
    }

    private static List<String> row(String name, Sum sum, String bar) {
        return List.of(name, String.valueOf(sum.requests()), Amounts.tokens(sum.prompt()),
            Math.round(100 * sum.hitRatio()) + "%", Amounts.tokens(sum.output()), Amounts.cost(sum), bar);
    }

    private static String notes(Sum total) {
        var notes = new StringBuilder();
        if (total.errors() > 0) notes.append(counted(total.errors(), "request")).append(" failed.\n");
        if (total.unpriced() > 0)
            notes.append("The price of ").append(counted(total.unpriced(), "request")).append(" is not known.\n");
        if (total.searches() > 0)
            notes.append("The cost leaves out any fees for ").append(total.searches()).append(" web search")
                .append(total.searches() == 1 ? ".\n" : "es.\n");
        return notes.isEmpty() ? "" : "\n" + notes;
    }

    private static String counted(long count, String what) { return count + " " + what + (count == 1 ? "" : "s"); }
}
