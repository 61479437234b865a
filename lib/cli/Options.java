package lib.cli;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.routing.*;

/// The options of the command line, and the settings that they lead to. `given` is the whole command line.
record Options(Optional<Path> envFile, Optional<String> host, Optional<String> port, boolean reloads, boolean server, List<String> given) {
    static final String ENV_FILE = "--env-file", HOST = "--host", PORT = "--port", NO_RELOAD = "--no-reload", SERVER = "--server";

    static Options none(List<String> given) {
        return new Options(Optional.empty(), Optional.empty(), Optional.empty(), true, false, given);
    }

    /// The settings of whoever runs the command, as `code` takes them.
    Config settings() {
        var config = Config.load(file());
        new Trust(config).apply();
        return config;
    }

    /// The file with the settings that `code` reads.
    Path file() { return named(ownSettings()); }

    /// The file that `init` writes: the one that is named, which need not exist.
    Path written() { return envFile.orElseGet(Options::ownSettings); }

    /// Where `serve` reads: the current folder's `.env` counts first, but may come with a stranger's repository.
    Reload.Source served() throws IOException {
        var here = Path.of(".env");
        var file = named(Files.isRegularFile(here) ? here : ownSettings());
        var isForeign = file.equals(here) && envFile.isEmpty() && !isOwnFolder();
        return new Reload.Source(file, settings -> {
            if (isForeign) new FolderSettings(file, Config.fileSettings(file), Config.environment()).check();
            return settings.over(file);
        });
    }

    /// What is read again when it changes, if that is wanted.
    Optional<Reload.Source> reloaded(Reload.Source source) { return reloads ? Optional.of(source) : Optional.empty(); }

    /// What the user types to start Claude Code with these settings.
    String codeCommand() { return envFile.map(file -> "freecc code " + ENV_FILE + " " + file).orElse("freecc code"); }

    private Path named(Path usual) {
        if (envFile.isEmpty() || Files.isRegularFile(envFile.get())) return envFile.orElse(usual);
        throw new Config.Wrong(ENV_FILE + " " + envFile.get() + ": file not found");
    }

    /// Whether FreeCC itself is in the current folder. ./jbang says where it is; a JBang of one's own does not.
    private static boolean isOwnFolder() throws IOException {
        var folder = Config.environment().get("FREECC_DIR");
        var here = Path.of("").toAbsolutePath();
        if (!folder.isEmpty()) return Files.isDirectory(Path.of(folder)) && Files.isSameFile(Path.of(folder), here);
        return Files.isRegularFile(here.resolve("FreeCC.java")) && Files.isRegularFile(here.resolve("lib/cli/Main.java"));
    }

    /// Never the current folder's `.env`, which may come with a stranger's repository: it could send a key elsewhere.
    private static Path ownSettings() {
        var environment = Config.environment();
        return Stream.of(environment.get("FREECC_DIR"), "").filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, ".env"))
            .filter(Files::isRegularFile).findFirst().orElse(environment.configFolder().resolve(".env"));
    }
}
