package claude;

import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// FreeCC as people run it: a process of its own, started by ./jbang.
public final class Proxy implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    final Process process;
    private final StringBuffer said = new StringBuffer();
    public final String url;

    /// The line that starts FreeCC, from whatever folder.
    public static String[] command(String... arguments) {
        var root = Path.of("").toAbsolutePath();
        return Stream.concat(Stream.of(root + "/jbang", root + "/FreeCC.java"), Stream.of(arguments)).toArray(String[]::new);
    }

    /// Serves at this desk on a free port, which the banner tells.
    public Proxy(Desk desk) throws Exception { this(desk, 0); }

    Proxy(Desk desk, int port) throws Exception {
        process = desk.with("PORT", "" + port).start(command());
        var found = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            read(process.inputReader(), line -> {
                var url = URL.matcher(line);
                if (url.find()) found.complete(url.group());
            });
            found.completeExceptionally(new IllegalStateException("FreeCC ended:\n" + said));
        });
        Thread.startVirtualThread(() -> read(process.errorReader(), _ -> { }));
        url = found.get(180, TimeUnit.SECONDS);
    }

    private void read(BufferedReader from, Consumer<String> each) {
        try {
            from.lines().forEach(line -> {
                said.append(line).append('\n');
                each.accept(line);
            });
        } catch (UncheckedIOException e) {
            return;   // the process was ended
        }
    }

    /// All that it has said on the console.
    public String said() { return said.toString(); }

    @Override public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
