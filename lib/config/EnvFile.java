package lib.config;

import module java.base;

/// A `.env` file as people write it: in whatever encoding their editor chose, with `export`, quotes and comments.
final class EnvFile {
    private static final String TEXT = "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+";
    private static final String VALUE = "(?:'([^']*)'|\"(" + TEXT + ")\"|([^\\n]*?))", COMMENT = "#[^\\n]*";
    private static final Pattern LINE = Pattern.compile("(?s)[ \\t]*(?:(?:export[ \\t]+)?([A-Za-z_][\\w.-]*)[ \\t]*=[ \\t]*" + VALUE
        + "[ \\t]*(?:(?<=[ \\t='\"])" + COMMENT + ")?|" + COMMENT + ")?(?:\\n|\\z)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\\"nrt$])");
    private static final Map<String, String> ESCAPED = Map.of("n", "\n", "r", "\r", "t", "\t");

    private EnvFile() {}

    static Map<String, String> read(Path file) {
        try {
            return settings(decoded(Files.readAllBytes(file)), file);
        } catch (IOException e) {
            throw new Config.Wrong("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static Map<String, String> settings(String given, Path file) {
        var text = given.replace("\r\n", "\n").replace('\r', '\n').stripTrailing();
        var settings = new LinkedHashMap<String, String>();
        var line = LINE.matcher(text);
        for (var at = 0; at < text.length(); at = line.end()) {
            if (!line.region(at, text.length()).lookingAt()) throw new Config.Wrong(file + ", line "
                + (text.substring(0, at).lines().count() + 1) + ": not a setting; write NAME=value, or begin a comment with #");
            if (line.group(1) != null) settings.put(line.group(1), value(line));
        }
        return settings;
    }

    /// Escapes count only between double quotes, as in a shell.
    private static String value(Matcher line) {
        if (line.group(2) != null) return line.group(2);
        if (line.group(3) == null) return Objects.requireNonNullElse(line.group(4), "").strip();
        return ESCAPE.matcher(line.group(3))
            .replaceAll(found -> Matcher.quoteReplacement(ESCAPED.getOrDefault(found.group(1), found.group(1))));
    }

    /// Windows writes UTF-16 with `>` in PowerShell, and a byte order mark in Notepad. Without a mark, the zero byte of the
    /// first letter tells.
    private static String decoded(byte[] bytes) {
        var first = bytes.length > 1 ? (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF : 0xFFFF;
        var charset = first == 0xFFFE || (first & 0xFF) == 0 ? StandardCharsets.UTF_16LE
            : first == 0xFEFF || first >> 8 == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        return new String(bytes, charset).replaceFirst("^\uFEFF", "");
    }
}
