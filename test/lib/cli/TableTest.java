package lib.cli;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Columns in a wide terminal, in a narrow one, and in a file.
class TableTest {
    private static final Table TABLE = new Table(List.of("model", "window", "price"),
        List.of(List.of("groq/openai/gpt-oss-120b", "131k", "$0.15"), List.of("ollama/qwen3:8b", "32k", "")));

    @Test void aFileGetsEverything() {
        assertEquals("""
            model                     window  price
            groq/openai/gpt-oss-120b    131k  $0.15
            ollama/qwen3:8b              32k""", String.join("\n", TABLE.lines()));
    }

    @Test void aNarrowTerminalCutsTheWidestColumn() {
        assertEquals("""
            model         window  price
            groq/openai…    131k  $0.15
            ollama/qwen…     32k""", String.join("\n", TABLE.lines(27)));
    }

    @Test void whatWouldMoveTheCursorIsLeftOut() {
        assertEquals("a [31m b", new Table(List.of("t"), List.of(List.of("a\u001b[31m\n\u202eb"))).lines().get(1));
    }

    @Test void nothingIsCutToNothing() { assertEquals("groq/op…    131k  $0.15", TABLE.lines(5).get(1)); }
}
