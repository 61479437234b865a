package browser;

import claude.Desk;
import claude.Proxy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.openqa.selenium.OutputType;

/// What a command prints, as a picture of a terminal.
record Terminal(Chromium chromium, Desk desk) {
    private static final String PAGE = """
        <!doctype html><meta charset=utf-8><style>
        body { margin: 0; padding: 24px; background: #e9e9e4; }
        main { width: max-content; border-radius: 10px; background: #16181d; color: #d9dce2; box-shadow: 0 6px 18px #0003; overflow: hidden; }
        header { display: flex; gap: 7px; padding: 11px 13px; background: #23262d; } i { width: 11px; height: 11px; border-radius: 50%; background: #4a4f59; }
        pre { margin: 0; padding: 14px 20px 18px; font: 13.5px/1.55 "JetBrains Mono", "Liberation Mono", monospace; font-variant-ligatures: none; } b { color: #8cc2ff; font-weight: 600; }
        </style><main><header><i></i><i></i><i></i></header><pre></pre></main>""";

    /// Runs it to its end, and takes a picture of the whole.
    void picture(Path file, String... command) throws Exception {
        var process = start(command);
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        show(file, String.join(" ", command), said);
    }

    /// JBang's own words, when it has to build, are not FreeCC's.
    private Process start(String... command) throws IOException {
        var line = "\"$@\" 2>&1 | grep --line-buffered -v '^.jbang'";
        return desk.start(Stream.concat(Stream.of("sh", "-c", line, "sh"), Stream.of(Proxy.command(command))).toArray(String[]::new));
    }

    private void show(Path file, String command, String said) throws IOException {
        chromium.size(1400, 900, 1.5).open("data:text/html;charset=utf-8," + URLEncoder.encode(PAGE, StandardCharsets.UTF_8).replace("+", "%20"));
        chromium.run("""
            const prompt = document.createElement('b');
            prompt.textContent = '$ ' + arguments[0] + '\\n';
            document.querySelector('pre').append(prompt, arguments[1]);""", "freecc " + command, said.stripTrailing());
        Files.write(file, chromium.find("main").getScreenshotAs(OutputType.BYTES));
    }
}
