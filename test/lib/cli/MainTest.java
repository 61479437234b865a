package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lib.provider.*;

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

    @ParameterizedTest @CsvSource({"--port 1 check, --port has no effect on check; it is an option of serve",
        "--host ::1 usage, --host has no effect on usage; it is an option of serve", "--port=1 code, --port has no effect on code; it is an option of serve",
        "--no-reload models, --no-reload has no effect on models; it is an option of serve and code", "check --port 1, Unknown option: '--port'",
        "completion --no-reload, Unknown option: '--no-reload'"})
    void anOptionOfAnotherCommandIsRefused(String line, String complaint) {
        assertEquals(complaint, errors(line.split(" ")).lines().findFirst().orElse(""));
    }

    @ParameterizedTest @CsvSource({"serve, '--env-file --host --no-reload --port --server'", "check, '--env-file --json'", "completion, --env-file",
        "usage, '--by --env-file --json --since'"})
    void helpShowsTheOptionsThatHaveAnEffect(String command, String options) throws IOException {
        var shown = Pattern.compile("(?m)^ {6}(--[a-z-]+)").matcher(output(0, command, "--help")).results().map(found -> found.group(1));
        assertEquals(options, String.join(" ", shown.toList()));
    }

    private String output(int code, String... arguments) throws IOException {
        var usual = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            var file = Files.writeString(folder.resolve("settings"), "GROQ_API_KEY=gsk-secret\nACME_API_BASE=http://127.0.0.1:9/v1\n");
            assertEquals(code, Main.run(Stream.concat(Stream.of("--env-file", file.toString()), Stream.of(arguments)).toArray(String[]::new)));
        } finally {
            System.setOut(usual);
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test void theProvidersAsATable() throws IOException {
        assertEquals("""
            id    name  key           set  API   address
            groq  Groq  GROQ_API_KEY  yes  chat  https://api.groq.com/openai/v1""", output(0, "providers", "groq"));
        assertEquals(Providers.all().size() + 1, output(0, "providers").lines().count());
    }

    @Test void theProvidersAsJson() throws IOException {
        assertEquals("[{\"id\":\"groq\",\"name\":\"Groq\",\"key\":\"GROQ_API_KEY\",\"configured\":true,\"dialect\":\"chat\","
            + "\"base\":\"https://api.groq.com/openai/v1\"}]", output(0, "providers", "--json", "groq"));
        assertEquals("[]", output(0, "providers", "--json", "nobody"));
    }

    @Test void theCompletionScriptKnowsTheCommands() throws IOException {
        var script = output(0, "completion");
        for (var word : List.of("complete -F", "check", "providers", "--no-reload", "--json")) assertTrue(script.contains(word), word);
    }

    @ParameterizedTest @ValueSource(strings = {"init", "check", "providers", "models", "serve", "usage", "login", "logout"})
    void helpEndsWithExamplesThatParse(String command) throws IOException {
        var examples = output(0, command, "--help").lines().dropWhile(line -> !line.equals("Examples:")).skip(1).map(String::strip).toList();
        assertTrue(!examples.isEmpty());
        for (var example : examples) {
            var parsed = Commands.parser(List.of(), List.of()).parseArgs(example.replaceFirst("^freecc ", "").split(" "));
            assertEquals(command, parsed.subcommand().commandSpec().name());
        }
    }

    @Test void aFileThatIsNotNamedIsAskedFor() { assertTrue(errors("code", "--env-file").contains("--env-file")); }
}
