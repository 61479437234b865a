package lib.cli;

import module java.base;

import lib.wire.*;

/// Rows in columns that are as wide as their longest cell. Where that is wider than the terminal, the widest columns are cut;
/// into a file or a pipe nothing is.
record Table(List<String> titles, List<List<String>> rows) {
    private static final int UNLIMITED = Integer.MAX_VALUE, LEAST = 8;
    private static final String GAP = "  ", CUT = "…";
    private static final Pattern NUMBER = Pattern.compile("(≥ )?[-$\\d.,]+[kM%]?|unknown|");

    Table { rows = rows.stream().map(row -> row.stream().map(Printable::line).toList()).toList(); }

    /// The width of the terminal that the output goes to.
    static int width(UnaryOperator<String> setting) {
        if (System.console() == null || !System.console().isTerminal()) return UNLIMITED;
        if (setting.apply("COLUMNS").matches("[1-9]\\d{0,3}")) return Integer.parseInt(setting.apply("COLUMNS"));
        try {
            var stty = new ProcessBuilder("stty", "size").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
            var columns = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().replaceFirst("^\\d+ ", "");
            return columns.matches("[1-9]\\d{0,3}") ? Integer.parseInt(columns) : UNLIMITED;
        } catch (IOException e) {
            return UNLIMITED;   // Windows; the terminal breaks the lines
        }
    }

    List<String> lines() { return lines(UNLIMITED); }

    List<String> lines(int width) {
        var widths = new int[titles.size()];
        var all = Stream.concat(titles.stream().allMatch(String::isEmpty) ? Stream.empty() : Stream.of(titles), rows.stream()).toList();
        for (var row : all) for (var i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], length(row.get(i)));
        for (var over = over(widths, width); over > 0; over = over(widths, width)) {
            var widest = IntStream.range(0, widths.length).reduce((one, other) -> widths[other] > widths[one] ? other : one).orElseThrow();
            if (widths[widest] <= LEAST) break;
            widths[widest]--;
        }
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static int over(int[] widths, int width) { return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) - width; }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length).mapToObj(i -> padded(cut(row.get(i), widths[i]), widths[i], isNumeric(i)))
            .collect(Collectors.joining(GAP)).stripTrailing();
    }

    private boolean isNumeric(int column) { return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches()); }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + CUT;
    }

    private static String padded(String text, int width, boolean right) {
        var space = " ".repeat(width - length(text));
        return right ? space + text : text + space;
    }

    private static int length(String text) { return text.codePointCount(0, text.length()); }
}
