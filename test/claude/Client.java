package claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The real Claude Code, fetched from npm once into a cache outside the repository.
final class Client {
    static final String VERSION = "2.1.332";

    private Client() {}

    /// The folder that holds the `claude` program. The platform's package is that one binary: no node, no postinstall.
    static Path folder() throws IOException, InterruptedException {
        var folder = Desk.cache().resolve("claude-code-" + VERSION);
        if (Files.isExecutable(folder.resolve("claude"))) return folder;
        System.out.println("fetching Claude Code " + VERSION + " from npm, once");
        Files.createDirectories(folder);
        var work = Files.createTempDirectory(folder, "fetch");
        try {
            run(work, "npm", "pack", "--silent", "@anthropic-ai/claude-code-" + platform() + "@" + VERSION);
            run(work, "sh", "-c", "tar xzf *.tgz package/claude && rm *.tgz");
            Files.move(work.resolve("package/claude"), folder.resolve("claude"), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Desk.delete(work);
        }
        return folder;
    }

    private static String platform() {
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        return system + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var code = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
        if (code != 0) throw new IOException(String.join(" ", command) + " left with " + code);
    }
}
