package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// `train` does what FreeCC does all day, without the user's settings and files. A process of its own, because it is one that ends.
class TrainingTest {
    private static final List<String> NEEDED = List.of("lib.dialect.chat.ChatEvents", "lib.dialect.responses.ResponsesEvents",
        "lib.dialect.gemini.GeminiEvents", "lib.dialect.anthropic.AnthropicEvents", "lib.reply.Reply", "lib.reply.MessageBuilder",
        "lib.cli.Code", "lib.cli.Reach", "java.lang.ProcessBuilder", "sun.security.ssl.ClientHello");

    @TempDir Path home;

    @Test void itLoadsWhatARequestNeedsAndLeavesNothing() throws Exception {
        var loaded = home.resolve("loaded");
        var start = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + Files.createDirectory(home.resolve("tmp")), "-Xlog:class+load:file=" + loaded,
            "-cp", System.getProperty("java.class.path"), "FreeCC", "train").directory(Files.createDirectory(home.resolve("here")).toFile());
        start.environment().clear();
        start.environment().putAll(Map.of("HOME", home.toString(), "BIG_MODEL_PROVIDER", "nobody", "PORT", "1"));
        var process = start.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        var classes = Files.readString(loaded);
        for (var name : NEEDED) assertTrue(classes.contains("] " + name + " "), name);
        try (var left = Files.walk(home)) {
            assertEquals(List.of("", "here", "loaded", "tmp"), left.map(home::relativize).map(Path::toString).sorted().toList());
        }
    }
}
