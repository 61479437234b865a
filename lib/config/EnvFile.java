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

    private static final Pattern QUOTED = Pattern.compile("^(?:export\\s++)?+([\\w.-]++)\\s*+=\\s*+\".*");

    private EnvFile() {}

    static Map<String, String> read(Path file) {
        try {
            var lines = text(file).lines().toList();
            unclosed(lines).ifPresent(name -> {
                throw new Config.Wrong(file + ": the value of " + name + " begins with \" but does not end with it");
            });
            var settings = new LinkedHashMap<String, String>();
            for (var entry : new DotenvParser(reader(lines.stream().map(EnvFile::known).toList()), true, true).parse())
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

    /// The setting whose quotes do not end. The library would drop it, and with it all that follows. A value may have several
    /// lines, but not another setting in quotes.
    private static Optional<String> unclosed(List<String> lines) {
        var open = Optional.<String>empty();
        for (var line : lines) {
            var quotes = quotes(line);
            var setting = QUOTED.matcher(line.strip());
            if (open.isEmpty() && quotes == 1 && setting.matches()) open = Optional.of(setting.group(1));
            else if (open.isPresent() && (quotes > 1 || quotes == 1 && setting.matches())) return open;
            else if (quotes == 1) open = Optional.empty();
        }
        return open;
    }

    private static int quotes(String line) {
        var count = 0;
        for (var i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') i++;
            else if (line.charAt(i) == '"') count++;
        }
        return count;
    }

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
