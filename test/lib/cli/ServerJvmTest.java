package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// `--server` changes the settings of Java, whoever started it with those for one user.
class ServerJvmTest {
    private static final List<String> ONE_USER = List.of("-XX:+UseSerialGC", "-Xms96m", "-Xmx400m", "-XX:NewSize=64m");

    @TempDir Path home;

    @ParameterizedTest @ValueSource(strings = {"serve --server", "--server --port 0", "serve", ""})
    @EnabledOnOs(OS.LINUX)   // where a process's command line can be read
    void theSameProcessGoesOnWithTheOtherSettings(String arguments) throws Exception {
        var line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(ONE_USER);
        line.addAll(List.of("-Duser.colour=blue grey", "-cp", System.getProperty("java.class.path"), "FreeCC"));
        line.addAll(Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).toList());
        var start = new ProcessBuilder(line).directory(home.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        start.environment().clear();
        start.environment().putAll(Map.of("HOME", home.toString(), "PORT", "0", "BIG_MODEL_PROVIDER", "demo"));
        if (!arguments.contains("--server")) Files.writeString(home.resolve(".env"), "FREECC_SERVER=true\n");
        var process = start.start();
        try {
            assertTrue(process.inputReader().readLine().contains("listening"));
            var running = List.of(Files.readString(Path.of("/proc/" + process.pid() + "/cmdline")).split("\0"));
            for (var option : ServerJvm.OPTIONS.split(" ")) assertTrue(running.contains(option), running + " lacks " + option);
            for (var option : ONE_USER) assertFalse(running.contains(option), running.toString());
            assertTrue(running.contains("-Duser.colour=blue grey") && String.join(" ", running).endsWith(arguments), running.toString());
        } finally {
            process.destroy();
            assertEquals(0, process.waitFor());
        }
    }

    /// What the wrapper and ops/build take out of the sources with sed.
    @Test void theScriptsFindBothSettings() throws IOException {
        var options = Pattern.compile(" *\"(-XX:.*)\";");
        var found = Files.readAllLines(Path.of("lib/cli/ServerJvm.java")).stream().map(options::matcher).filter(Matcher::matches).map(line -> line.group(1)).toList();
        assertEquals(List.of(ServerJvm.OPTIONS), found);
        var usual = Files.readAllLines(Path.of("FreeCC.java")).stream().filter(line -> line.startsWith("//RUNTIME_OPTIONS ")).toList();
        assertTrue(usual.size() == 1 && ONE_USER.stream().allMatch(usual.getFirst()::contains), usual.toString());
    }
}
