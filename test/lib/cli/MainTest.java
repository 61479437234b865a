package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Options are understood before and after the command.
class MainTest {
    @TempDir Path folder;

    private static String errors(String... arguments) {
        var usual = System.err;
        var said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(2, Main.run(arguments));
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest @ValueSource(strings = {"--env-file nofile code", "code --env-file nofile -p hi", "code --env-file=nofile",
        "--env-file=nofile", "serve --env-file nofile", "--env-file nofile serve", "logout --env-file=nofile groq"})
    void theFileIsNamedBeforeOrAfterTheCommand(String line) {
        assertEquals("freecc: --env-file nofile: file not found", errors(line.split(" ")));
    }

    @ParameterizedTest @ValueSource(strings = {"--port x serve", "serve --port x", "serve --host 127.0.0.1 --port=x", "--port x"})
    void soIsThePort(String line) throws IOException {
        var file = Files.writeString(folder.resolve("settings"), "BIG_MODEL_PROVIDER=demo\n");
        var arguments = Stream.concat(Stream.of("--env-file", file.toString()), Stream.of(line.split(" "))).toArray(String[]::new);
        assertTrue(errors(arguments).endsWith("--port=x is not a valid port; use a number from 0 to 65535"));
    }

    @Test void aFileThatIsNotNamedIsAskedFor() { assertTrue(errors("code", "--env-file").contains("--env-file")); }
}
