package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a start costs: the clouds' libraries, and those for documents and pictures, are not loaded before a route needs them. A process of its own, because
/// in this one the other tests have loaded them.
class StartTest {
    @TempDir Path home;

    @Test void aStartWithoutACloudLoadsNoClassOfTheirs() throws IOException, InterruptedException {
        var loaded = home.resolve("loaded");
        var start = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:class+load:file=" + loaded,
            "-cp", System.getProperty("java.class.path"), "FreeCC", "serve").directory(home.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        start.environment().clear();
        start.environment().putAll(Map.of("HOME", home.toString(), "PORT", "0", "GROQ_API_KEY", "k", "BIG_MODEL_PROVIDER", "groq", "BIG_MODEL_NAME", "m"));
        var process = start.start();
        try {
            assertTrue(process.inputReader().readLine().contains("listening"));
        } finally {
            process.destroy();
            process.waitFor();
        }
        var theirs = Files.readAllLines(loaded).stream().filter(line -> line.contains(" software.amazon.") || line.contains(" com.google.auth.") || line.contains(" com.google.api.")
            || line.contains(" org.apache.pdfbox.") || line.contains(" dev.harrel.") || line.contains(" javax.imageio.") || line.contains(" com.twelvemonkeys.")).toList();
        assertEquals("", String.join("\n", theirs));
        assertTrue(Files.readString(loaded).contains(" lib.cloud.google.Vertex "), "the list is one of classes");
    }
}
