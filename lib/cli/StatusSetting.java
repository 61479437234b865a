package lib.cli;

import module java.base;

import lib.config.*;
import lib.json.*;

/// What `code` has Claude Code call for its status line, unless the user has a line of their own. It is called after each message,
/// so it is `curl`, which takes 10 ms; Windows 10, macOS and nearly every Linux have it. Elsewhere it is FreeCC itself, with a JVM.
record StatusSetting(Config config, Path folder) {
    /// A file that tells curl what to ask. The key is in it and not in the command, because everyone can read a command line.
    static Path curlFile(String url, String token) throws IOException {
        var file = Files.createTempFile("freecc", ".curl");   // only its owner can read it
        return Files.writeString(file, """
            url = "%s/statusline"
            header = "authorization: Bearer %s"
            header = "content-type: application/json"
            data-binary = "@-"
            noproxy = "*"
            max-time = 2
            silent
            """.formatted(url, token));
    }

    /// The setting, or empty if the user has one, in a file or in `arguments`.
    Optional<JsonObject> of(Path curlFile, List<String> arguments) {
        if (isSet(arguments)) return Optional.empty();
        return Optional.of(Json.object("type", "command", "command", hasCurl() ? "curl -K " + quoted(curlFile.toString()) : ownProgram()));
    }

    private boolean isSet(List<String> arguments) {
        var home = Path.of(config.get("CLAUDE_CONFIG_DIR", config.home() + "/.claude"));
        var files = List.of(home.resolve("settings.json"), folder.resolve(".claude/settings.json"),
            folder.resolve(".claude/settings.local.json"));
        return files.stream().anyMatch(file -> sets(read(file)))
            || IntStream.range(0, arguments.size()).anyMatch(i -> sets(given(arguments, i)));
    }

    private static boolean sets(String settings) { return Json.has(Json.objectIn(settings), "statusLine"); }

    /// What `--settings` gives: a file's content, or JSON itself.
    private static String given(List<String> arguments, int i) {
        var argument = arguments.get(i);
        if (argument.startsWith("--settings=")) return content(argument.substring("--settings=".length()));
        return argument.equals("--settings") && i + 1 < arguments.size() ? content(arguments.get(i + 1)) : "";
    }

    private static String content(String settings) { return settings.strip().startsWith("{") ? settings : read(Path.of(settings)); }

    private static String read(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";   // Claude Code will say so
        }
    }

    private boolean hasCurl() { return config.platform().find("curl").isPresent(); }

    private static String ownProgram() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return quoted(java) + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp " + quoted(System.getProperty("java.class.path"))
            + " FreeCC statusline";
    }

    /// For the shell that Claude Code uses, on Windows too: there it is a bash, which takes slashes.
    private static String quoted(String path) { return "\"" + path.replace('\\', '/') + "\""; }
}
