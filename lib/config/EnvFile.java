package lib.config;

import module java.base;
import io.github.cdimascio.dotenv.DotenvException;
import io.github.cdimascio.dotenv.internal.DotenvParser;
import io.github.cdimascio.dotenv.internal.DotenvReader;

/// A `.env` file as people write it. dotenv-java reads it; before, the file is put into the one encoding and the few forms
/// that the library knows.
final class EnvFile {
    private static final Pattern EXPORT = Pattern.compile("^\\s*export\\s+(?=[A-Za-z_])"), SINGLE_QUOTES = Pattern.compile("(?s)^'(.*)'$");
    /// A value without quotes. The library would take a `#` within it, as in a key, for the beginning of a comment.
    private static final Pattern BARE = Pattern.compile("^(\\s*[\\w.-]+\\s*=)[ \\t]*(?!['#])([^\\s\"]++(?:[ \\t]++(?!#)[^\\s\"]++)*+)[ "
        + "\\t]*+(?:#.*)?$");

    private EnvFile() {}

    static Map<String, String> read(Path file) {
        try {
            var lines = text(file).lines().map(EnvFile::known).toList();
            var settings = new LinkedHashMap<String, String>();
            for (var entry : new DotenvParser(reader(lines), true, true).parse())
                settings.put(entry.getKey(), SINGLE_QUOTES.matcher(entry.getValue()).replaceFirst("$1"));
            return settings;
        } catch (DotenvException e) {   // its words quote the line, which may hold a key
            throw new Config.Wrong(file + ": a line is not a setting; write NAME=value, or begin a comment with #");
        } catch (IOException e) {
            throw new Config.Wrong("cannot read " + file + ": " + e.getMessage());
        }
    }

    /// The file's text, with the line ends of Unix.
    static String text(Path file) throws IOException { return decoded(Files.readAllBytes(file)).replace("\r\n", "\n").replace('\r', '\n'); }

    private static DotenvReader reader(List<String> lines) {
        return new DotenvReader("", "") {
            @Override public List<String> read() { return lines; }
        };
    }

    private static String known(String line) { return BARE.matcher(EXPORT.matcher(line).replaceFirst("")).replaceFirst("$1\"$2\""); }

    /// Windows writes UTF-16 with `>` in PowerShell, and a byte order mark in Notepad. Without a mark, the zero byte of the
    /// first letter tells.
    private static String decoded(byte[] bytes) {
        var first = bytes.length > 1 ? (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF : 0xFFFF;
        var charset = first == 0xFFFE || (first & 0xFF) == 0 ? StandardCharsets.UTF_16LE
            : first == 0xFEFF || first >> 8 == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        return new String(bytes, charset).replaceFirst("^\uFEFF", "");
    }
}
