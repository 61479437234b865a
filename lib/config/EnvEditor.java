package lib.config;

import module java.base;

/// Changes settings in a `.env` file: in their places, and new ones at the end. Comments, order and all other lines stay.
public final class EnvEditor {
    private static final Pattern SETTING = Pattern.compile("^\\s*(?:export\\s+)?([A-Za-z_][\\w.-]*)\\s*=.*"),
        PLAIN = Pattern.compile("[\\w.:/@+,-]*");

    private EnvEditor() {}

    /// Writes the file, readable by its owner only. It is replaced as a whole, so that nobody reads half of it.
    public static void set(Path file, SequencedMap<String, String> settings) throws IOException {
        var real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();   // a link stays one
        var text = changed(Files.exists(real) ? EnvFile.text(real) : "", settings);
        OwnerOnly.folder(real.getParent());
        var fresh = Files.createTempFile(real.getParent(), ".env", ".new", OwnerOnly.file());
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, real, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        OwnerOnly.tighten(real);
    }

    private static String changed(String text, SequencedMap<String, String> settings) {
        var left = new LinkedHashMap<>(settings);
        var lines = new ArrayList<String>();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var setting = SETTING.matcher(line);
            var name = setting.matches() ? setting.group(1) : "";
            if (!settings.containsKey(name)) lines.add(line);
            else if (left.containsKey(name)) written(name, left.remove(name)).ifPresent(lines::add);   // a second one would win
        }
        left.forEach((name, value) -> written(name, value).ifPresent(lines::add));
        return String.join("\n", lines) + "\n";
    }

    /// An empty value takes the line away.
    private static Optional<String> written(String name, String value) {
        if (value.isEmpty()) return Optional.empty();
        var quote = PLAIN.matcher(value).matches() ? "" : value.contains("'") ? "\"" : "'";
        return Optional.of(name + "=" + quote + value + quote);
    }
}
