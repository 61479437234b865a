package lib.server;

import module java.base;

import lib.config.*;
import lib.ledger.*;

/// The log file, which rotates, and the console. No secret that is in the settings, and no token, passes through either.
public final class Log {
    public enum Level { DEBUG, INFO, WARNING, ERROR, CRITICAL }

    private static final long LARGEST = 10L * 1024 * 1024;
    private static final int KEPT = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private static final Pattern LINE_END = Pattern.compile("\\R"), CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r\\x85]]");

    private final Path file, folder, ownFolder;
    private final AppendedFile lines;
    private final Optional<PrintStream> console;
    private final boolean colours;
    private final Level fileLevel, consoleLevel;
    private final Secrets secrets;
    private long size = -1;
    private long lost;   // entries since the file could last be written

    /// `console` is empty where the terminal belongs to someone else.
    public Log(Path file, Optional<PrintStream> console, Config config) {
        this.file = file.toAbsolutePath();
        this.folder = this.file.getParent();
        this.lines = new AppendedFile(this.file);
        this.ownFolder = config.stateFolder().toAbsolutePath();
        this.console = console;
        this.colours = console.isPresent() && System.console() != null && System.console().isTerminal() && config.platform().showsColours();
        this.fileLevel = Level.valueOf(config.fileLogLevel());
        this.consoleLevel = Level.valueOf(config.consoleLogLevel());
        this.secrets = config.secrets();
    }

    public void debug(String text) { write(Level.DEBUG, text, text); }

    public void info(String text) { write(Level.INFO, text, text); }

    public void warning(String text) { write(Level.WARNING, text, text); }

    public void error(String text, Throwable cause) {
        var trace = Stream.of(cause.getStackTrace()).map(line -> "\n    at " + line).collect(Collectors.joining());
        write(Level.ERROR, text + ": " + cause, text + ": " + cause.getClass().getName() + trace);
    }

    /// An outcome, for the people at the console.
    void onConsole(Outcome outcome) {
        console(RequestLine.level(outcome), colours ? RequestLine.coloured(outcome) : RequestLine.of(outcome));
    }

    /// The same for the file, with the id by which client and provider know the request.
    void inFile(Outcome outcome) { file(RequestLine.level(outcome), RequestLine.of(outcome) + " · " + outcome.requestId()); }

    String redacted(String text) { return secrets.masked(text); }

    private void write(Level level, String forConsole, String forFile) {
        console(level, printable(forConsole));
        file(level, printable(forFile));
    }

    /// Without what would move a terminal's cursor, and with the lines after the first set in, so that no text looks like
    /// an entry of its own.
    private static String printable(String text) { return LINE_END.matcher(CONTROL.matcher(text).replaceAll(" ")).replaceAll("\n    "); }

    private synchronized void console(Level level, String text) {
        if (level.compareTo(consoleLevel) >= 0) console.ifPresent(screen -> screen.println(redacted(text)));
    }

    private synchronized void file(Level level, String forFile) {
        if (level.compareTo(fileLevel) < 0) return;
        var line = TIME.format(LocalDateTime.now()) + " " + level + " " + redacted(forFile) + "\n";
        try {
            if (size < 0) open();
            append(lost == 0 ? line : "\n" + lost + " entries are missing here, because the file could not be written\n" + line);
            lost = 0;
        } catch (IOException e) {
            size = -1;
            if (lost++ == 0) console.ifPresent(screen -> screen.println("Cannot write the log file " + file + ": " + e.getMessage()));
        }
    }

    private void open() throws IOException {
        OwnerOnly.folder(folder);
        if (folder.equals(ownFolder)) OwnerOnly.tighten(folder);
        for (var i = 0; i <= KEPT; i++) OwnerOnly.tighten(numbered(i));
        size = Files.exists(file) ? Files.size(file) : 0;
    }

    private void append(String line) throws IOException {
        if (size + line.length() > LARGEST) rotate();
        size += lines.append(line);
    }

    /// claude-proxy.log becomes claude-proxy.log.1, that .2, and so on; the oldest goes.
    private void rotate() throws IOException {
        for (var i = KEPT - 1; i >= 0; i--) {
            if (Files.exists(numbered(i))) Files.move(numbered(i), numbered(i + 1), StandardCopyOption.REPLACE_EXISTING);
        }
        size = 0;
    }

    private Path numbered(int i) { return i == 0 ? file : folder.resolve(file.getFileName() + "." + i); }
}
