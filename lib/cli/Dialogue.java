package lib.cli;

import module java.base;

import lib.config.*;

/// Questions and answers, line by line, which works in every terminal, over ssh, with a screen reader and from a script. The
/// JDK's Console hides keys; a library for screens would add nothing that a stranger needs in his first minute.
final class Dialogue {
    private final UnaryOperator<String> lines, secrets;
    final PrintStream out;

    /// `lines` and `secrets` ask a question and return the answer, or null at the end of the input.
    private Dialogue(UnaryOperator<String> lines, UnaryOperator<String> secrets, PrintStream out) {
        this.lines = lines;
        this.secrets = secrets;
        this.out = out;
    }

    /// With whoever sits at the terminal, else with what is piped in. The console asks for the secret itself, because it stops
    /// showing what is typed before it does.
    static Dialogue atTerminal() {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return console.map(here -> new Dialogue(question -> here.readLine("%s", question), question -> secret(here, question), System.out))
            .orElseGet(() -> scripted(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out));
    }

    private static String secret(Console console, String question) {
        var typed = console.readPassword("%s", question);
        return typed == null ? null : new String(typed);
    }

    static Dialogue scripted(BufferedReader in, PrintStream out) {
        UnaryOperator<String> read = question -> {
            out.print(question);
            out.flush();
            try {
                return in.readLine();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return new Dialogue(read, read, out);
    }

    String ask(String question) { return answer(question, lines); }

    /// The answer is not shown.
    String askSecretly(String question) { return answer(question, secrets); }

    private String answer(String question, UnaryOperator<String> read) {
        var said = read.apply(question + " ");
        if (said != null) return said.strip();
        out.println();
        throw new Config.Wrong("the input has ended; nothing was written");
    }

    /// One of the choices: the number of one on the screen, its name, or a part that only one has. A part that several have
    /// narrows the list, and ? shows all of it; Enter takes `usual`. `other` says what an answer means that no choice has.
    String choose(String question, Choices choices, String usual, Function<String, Optional<String>> other) {
        var left = choices;
        while (true) {
            left.shown(out);
            var said = ask(question + (usual.isEmpty() ? ":" : " [" + usual + "]:"));
            if (said.isEmpty() && !usual.isEmpty()) return usual;
            var number = said.matches("\\d{1,4}") ? Integer.parseInt(said) : 0;
            if (number > 0 && number <= left.visible()) return left.names().get(number - 1);
            var exact = choices.named(said);
            if (exact.isPresent()) return exact.get();
            if (said.isEmpty() || said.equals("?")) {
                left = choices.all();
                continue;
            }
            left = choices.with(said);
            if (left.names().size() == 1) return left.names().getFirst();
            var meant = left.names().isEmpty() ? other.apply(said) : Optional.<String>empty();
            if (meant.isPresent()) return meant.get();
            if (left.names().isEmpty()) out.println("Nothing has '" + said + "' in its name.");
        }
    }

    boolean confirm(String question) { return ask(question + " [y/N]").matches("(?i)y(es)?"); }

    /// What can be chosen: a row of a table for each name.
    record Choices(SequencedMap<String, List<String>> rows, int most) {
        private static final int USUAL = 20;

        Choices(SequencedMap<String, List<String>> rows) { this(rows, USUAL); }

        List<String> names() { return List.copyOf(rows.keySet()); }

        Choices all() { return new Choices(rows, Integer.MAX_VALUE); }

        /// The same, with nothing on the screen until a part of a name or ? is typed.
        Choices hidden() { return new Choices(rows, 0); }

        /// How many are on the screen; what is not cannot be chosen by its number.
        int visible() { return Math.min(most, rows.size()); }

        /// The one with exactly this in one of its cells.
        Optional<String> named(String said) {
            return rows.entrySet().stream().filter(row -> row.getKey().equalsIgnoreCase(said)
                || row.getValue().stream().anyMatch(said::equalsIgnoreCase) && !said.isEmpty()).map(Map.Entry::getKey).findFirst();
        }

        Choices with(String part) {
            var narrower = new LinkedHashMap<>(rows);
            var wanted = part.toLowerCase(Locale.ROOT);
            narrower.entrySet().removeIf(row -> Stream.concat(Stream.of(row.getKey()), row.getValue().stream())
                .noneMatch(cell -> cell.toLowerCase(Locale.ROOT).contains(wanted)));
            return new Choices(narrower);
        }

        void shown(PrintStream out) {
            var lines = new ArrayList<List<String>>();
            for (var row : rows.values()) lines.add(Stream.concat(Stream.of(lines.size() + 1 + ""), row.stream()).toList());
            if (visible() == 0) return;
            var columns = Collections.nCopies(lines.getFirst().size(), "");
            new Table(columns, lines.subList(0, visible())).lines().forEach(line -> out.println("  " + line));
            var more = lines.size() - visible();
            if (more > 0) out.println("  ... and " + more + " more; type a part of a name to search, or ? for all");
        }
    }
}
