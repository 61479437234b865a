package claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where a person sits: an empty HOME, a working folder, and an environment with nothing in it that was not put there.
public final class Desk {
    public final Path home, folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    Desk(Path room) throws IOException, InterruptedException { this(room, Client.folder() + ":" + System.getenv("PATH")); }

    /// With these programs.
    public Desk(Path room, String path) throws IOException {
        home = Files.createDirectories(room.resolve("home"));
        folder = Files.createDirectories(room.resolve("project"));
        environment.put("PATH", path);
        environment.put("HOME", home.toString());
        environment.put("TERM", "xterm");
        environment.put("TMPDIR", Files.createDirectories(room.resolve("tmp")).toString());
        environment.put("IS_SANDBOX", "1");   // else Claude Code refuses bypassPermissions to root
        environment.put("CLAUDE_CODE_MAX_RETRIES", "0");   // what needs a retry has failed
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("XDG_CACHE_HOME", cache().getParent().toString());   // where ./jbang keeps JBang
    }

    public Desk with(String... namesAndValues) {
        for (int i = 0; i < namesAndValues.length; i += 2) environment.put(namesAndValues[i], namesAndValues[i + 1]);
        return this;
    }

    public Path write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    public Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Runs `claude -p` with these arguments, directly or by whatever comes before it.
    Run claude(List<String> command, String prompt, String... arguments) throws IOException, InterruptedException {
        var line = new ArrayList<>(command);
        line.addAll(List.of("-p", prompt, "--output-format", "stream-json", "--verbose", "--permission-mode", "bypassPermissions"));
        line.addAll(List.of(arguments));
        return Run.of(start(line.toArray(String[]::new)));
    }

    /// The cache that ./jbang uses.
    static Path cache() {
        var cache = System.getenv("XDG_CACHE_HOME");
        return (cache == null || cache.isEmpty() ? Path.of(System.getenv("HOME"), ".cache") : Path.of(cache)).resolve("freecc");
    }

    public static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
