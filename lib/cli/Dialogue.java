package lib.cli;

import module java.base;

import lib.config.*;

/// Questions and answers, line by line, which works in every terminal, over ssh, with a screen reader and from a script. The
/// JDK's Console hides keys; a library for screens would add nothing that a stranger needs in his first minute.
final class Dialogue {
    private final Supplier<Optional<String>> lines, secrets;
    final PrintStream out;

    private Dialogue(Supplier<Optional<String>> lines, Supplier<Optional<String>> secrets, PrintStream out) {
        this.lines = lines;
        this.secrets = secrets;
        this.out = out;
    }

    /// With whoever sits at the terminal, else with what is piped in.
    static Dialogue atTerminal() {
        var console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return console.map(here -> new Dialogue(() -> Optional.ofNullable(here.readLine()),
                () -> Optional.ofNullable(here.readPassword()).map(String::new), System.out))
            .orElseGet(() -> scripted(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out));
    }

    static Dialogue scripted(BufferedReader in, PrintStream out) {
        Supplier<Optional<String>> read = () -> {
            try {
                return Optional.ofNullable(in.readLine());
            } catch (IOException e) {
                return Optional.empty();
            }
        };
        return new Dialogue(read, read, out);
    }

    String ask(String question) { return answer(question, lines); }

    /// The answer is not shown.
    String askSecretly(String question) { return answer(question, secrets); }

    private String answer(String question, Supplier<Optional<String>> read) {
        out.print(question + " ");
        out.flush();
        return read.get().orElseThrow(() -> new Config.Wrong("the input has ended; nothing was written")).strip();
    }

    /// One of the choices: by its number, by the name of one, or by a part that only one has. A part that several have
    /// narrows the list; Enter takes `usual`. What is no choice at all is taken as it is if `free`.
    String choose(String question, Choices choices, String usual, boolean free) {
        var left = choices;
        while (true) {
            left.shown(out);
            var said = ask(question + (usual.isEmpty() ? ":" : " [" + usual + "]:"));
            if (said.isEmpty() && !usual.isEmpty()) return usual;
            if (said.isEmpty()) {
                left = choices.all();
                continue;
            }
            var number = said.matches("\\d{1,4}") ? Integer.parseInt(said) : 0;
            if (number > 0 && number <= left.names().size()) return left.names().get(number - 1);
            if (choices.names().contains(said)) return said;
            var narrower = choices.with(said);
            if (narrower.names().size() == 1) return narrower.names().getFirst();
            if (!narrower.names().isEmpty()) left = narrower;
            else if (free && ask("'" + said + "' is not in the list. Use it all the same? [y/N]").matches("(?i)y(es)?")) return said;
            else out.println("Nothing has '" + said + "' in its name.");
        }
    }

    /// What can be chosen: a row of a table for each name.
    record Choices(SequencedMap<String, List<String>> rows, int most) {
        private static final int USUAL = 15;

        Choices(SequencedMap<String, List<String>> rows) { this(rows, USUAL); }

        List<String> names() { return List.copyOf(rows.keySet()); }

        Choices all() { return new Choices(rows, Integer.MAX_VALUE); }

        Choices with(String part) {
            var narrower = new LinkedHashMap<>(rows);
            var wanted = part.toLowerCase(Locale.ROOT);
            narrower.entrySet().removeIf(row -> !(row.getKey() + " " + String.join(" ", row.getValue())).toLowerCase(Locale.ROOT).contains(wanted));
            return new Choices(narrower);
        }

        void shown(PrintStream out) {
            var lines = new ArrayList<List<String>>();
            for (var row : rows.values()) lines.add(Stream.concat(Stream.of(lines.size() + 1 + ""), row.stream()).toList());
            if (lines.isEmpty()) return;
            var columns = Collections.nCopies(lines.getFirst().size(), "");
            new Table(columns, lines.subList(0, Math.min(most, lines.size()))).lines().forEach(line -> out.println("  " + line));
            if (lines.size() > most) out.println("  ... and " + (lines.size() - most) + " more: type a part of the name");
        }
    }
}
