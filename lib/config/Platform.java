package lib.config;

import module java.base;

/// What differs between Windows, macOS and Linux: where settings and state are kept, which file a command is, whether a terminal
/// shows colours. `system` is Java's `os.name`, `setting` a variable's value or an empty text.
public record Platform(String system, UnaryOperator<String> setting) {
    private static final String USUAL_EXTENSIONS = ".COM;.EXE;.BAT;.CMD";
    private static final List<String> MODERN = List.of("WT_SESSION", "CONEMUANSI", "ANSICON", "TERM");

    /// The environment of this process. On Windows a variable's name may be written in any case, as in `Path`; here it has capitals.
    static Map<String, String> environment(String system, Map<String, String> variables) {
        if (!isWindows(system)) return Map.copyOf(variables);
        var capitals = new HashMap<String, String>();
        variables.forEach((name, value) -> capitals.put(name.toUpperCase(Locale.ROOT), value));
        return capitals;
    }

    private static boolean isWindows(String system) { return system.startsWith("Windows"); }

    private boolean isWindows() { return isWindows(system); }

    /// Git Bash sets HOME to a path that only it understands.
    String home(String javaHome) { return isWindows() ? first("USERPROFILE", javaHome) : first("HOME", javaHome); }

    /// Where FreeCC's settings are. macOS has a folder of its own for programs with windows; those of the terminal use ~/.config.
    String configFolder(String home) { return folder("XDG_CONFIG_HOME", "APPDATA", home, isWindows() ? "AppData/Roaming" : ".config"); }

    /// Where FreeCC's logins, ledger and log are.
    String stateFolder(String home) {
        return folder("XDG_STATE_HOME", "LOCALAPPDATA", home, isWindows() ? "AppData/Local" : ".local/state");
    }

    /// A relative path is not one: https://specifications.freedesktop.org/basedir-spec/latest/#variables, 2026-11-29.
    private String folder(String portable, String windows, String home, String usual) {
        var variables = isWindows() ? List.of(portable, windows) : List.of(portable);
        return variables.stream().map(setting).filter(this::isAbsolute).findFirst().orElse(home + "/" + usual) + "/freecc";
    }

    private boolean isAbsolute(String path) {
        return path.startsWith("/") || isWindows() && path.matches("(?s)([A-Za-z]:[/\\\\]|\\\\\\\\).*");
    }

    /// The first file on the PATH that the command can be.
    public Optional<Path> find(String command) {
        return candidates(command).stream().map(Path::of).filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }

    /// Where a shell looks for the command, in this order. On Windows, npm puts a shell script `claude` beside `claude.cmd`, and
    /// Windows cannot run it.
    List<String> candidates(String command) {
        var extensions = isWindows() ? List.of(first("PATHEXT", USUAL_EXTENSIONS).toLowerCase(Locale.ROOT).split(";")) : List.of("");
        var folders = Stream.of(setting.apply("PATH").split(isWindows() ? ";" : ":"));
        return folders.map(folder -> isWindows() ? folder.replace("\"", "") : folder)
            .filter(folder -> !folder.isBlank() && folder.indexOf('\0') < 0)
            .flatMap(folder -> extensions.stream().map(extension -> folder + "/" + command + extension)).toList();
    }

    /// Whether a terminal shows colours; https://no-color.org. The old console of Windows prints the codes instead, unless a newer
    /// terminal is around it.
    public boolean showsColours() {
        if (!setting.apply("NO_COLOR").isEmpty() || setting.apply("TERM").equals("dumb")) return false;
        return !isWindows() || MODERN.stream().anyMatch(name -> !setting.apply(name).isEmpty());
    }

    private String first(String variable, String otherwise) {
        return setting.apply(variable).isEmpty() ? otherwise : setting.apply(variable);
    }
}
