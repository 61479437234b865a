package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The child of `freecc code`.
class CodeTest {
    private static int end(String script, Duration grace) throws Exception {
        var child = new ProcessBuilder("sh", "-c", script).start();
        assertEquals("ready", child.inputReader().readLine());
        Code.end(child, grace);
        return child.exitValue();
    }

    @Test void oneThatIgnoresSigtermIsKilled() throws Exception {
        assertEquals(128 + 9, end("trap '' TERM; echo ready; while :; do sleep 0.1; done", Duration.ofMillis(50)));
    }

    @Test void oneThatEndsInOrderIsLeftTo() throws Exception {
        assertEquals(7, end("trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done", Duration.ofSeconds(20)));
    }
}
