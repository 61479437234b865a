package lib.server;

import module java.base;

import lib.config.*;

/// The log file, which rotates, and the console. No secret that is in the settings, and no token, passes through either.
public final class Log {
    public enum Level { DEBUG, INFO, WARNING, ERROR, CRITICAL }

    private static final long LARGEST = 10L * 1024 * 1024;
    private static final int KEPT = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private final Path file;
    private final Optional<PrintStream> console;
    private final boolean colours;
    private final Level fileLevel, consoleLevel;
    private final Secrets secrets;
    private long size = -1;
    private boolean broken;

    /// `console` is empty where the terminal belongs to someone else.
    public Log(Path file, Optional<PrintStream> console, Config config) {
        this.file = file;
        this.console = console;
        this.colours = console.isPresent() && System.console() != null && System.console().isTerminal();
        this.fileLevel = Level.valueOf(config.fileLogLevel());
        this.consoleLevel = Level.valueOf(config.consoleLogLevel());
        this.secrets = config.secrets();
    }

    public void debug(String text) { write(Level.DEBUG, text, text); }

    public void warning(String text) { write(Level.WARNING, text, text); }

    public void error(String text, Throwable cause) {
        write(Level.ERROR, text + ": " + cause, text + "\n" + String.join("\n", java.util.Arrays.stream(cause.getStackTrace()).map(line -> "    at " + line).toList()));
    }

    /// An outcome, for the people at the console.
    void onConsole(Outcome outcome) {
        console(RequestLine.level(outcome), colours ? RequestLine.coloured(outcome) : RequestLine.of(outcome));
    }

    /// The same for the file, with the id by which client and provider know the request.
    void inFile(Outcome outcome) { file(RequestLine.level(outcome), RequestLine.of(outcome) + " · " + outcome.requestId()); }

    String redacted(String text) { return secrets.masked(text); }

    private void write(Level level, String forConsole, String forFile) {
        console(level, forConsole);
        file(level, forFile);
    }

    private synchronized void console(Level level, String text) {
        if (level.compareTo(consoleLevel) >= 0) console.ifPresent(screen -> screen.println(redacted(text)));
    }

    private synchronized void file(Level level, String forFile) {
        if (broken || level.compareTo(fileLevel) < 0) return;
        var bytes = (TIME.format(LocalDateTime.now()) + " " + level + " " + redacted(forFile) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (size < 0) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                size = Files.exists(file) ? Files.size(file) : 0;
            }
            if (size + bytes.length > LARGEST) rotate();
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            size += bytes.length;
        } catch (IOException e) {
            broken = true;   // said once: a full disk must not stop the work
            console.ifPresent(screen -> screen.println("Cannot write the log file " + file + ": " + e.getMessage()));
        }
    }

    /// claude-proxy.log becomes claude-proxy.log.1, that .2, and so on; the oldest goes.
    private void rotate() throws IOException {
        for (var i = KEPT - 1; i >= 0; i--) {
            var from = i == 0 ? file : numbered(i);
            if (Files.exists(from)) Files.move(from, numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
        }
        size = 0;
    }

    private Path numbered(int i) { return file.resolveSibling(file.getFileName() + "." + i); }
}
