package lib.message;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What a signature carries comes back as it was, and what others signed is left alone.
class ThoughtTest {
    @Test void stateComesBackUnchanged() {
        var chance = new Random(7);
        for (var length : new int[]{0, 1, 2, 3, 1_000, 70_000}) {
            var state = new StringBuilder();
            for (var i = 0; i < length; i++) state.append((char) (chance.nextInt(100) == 0 ? 0x4e00 + chance.nextInt(1_000) : ' ' + chance.nextInt(94)));
            var thought = new Thought("some-host", state.toString());
            assertEquals(thought, Thought.in(Json.object("type", "thinking", "thinking", "", "signature", thought.signature())));
            assertEquals(thought, Thought.in(Json.object("type", "redacted_thinking", "data", thought.signature())));
            assertTrue(thought.signature().matches("fcc1\\.[\\w-]*\\.[\\w-]*"), "a signature may hold nothing that JSON or a header escapes");
        }
    }

    @ParameterizedTest @ValueSource(strings = {"", "EqoBCkgIARABGAIiQL2", "fcc1.", "fcc1.a", "fcc1.a.b.c", "fcc1.%.%", "fcc2.b3Blbg.e30"})
    void whatIsNotOursIsNobodys(String signature) {
        var block = Json.object("type", "thinking", "thinking", "hm", "signature", signature);
        assertEquals(Thought.FOREIGN, Thought.in(block));
        assertFalse(Thought.isOurs(block));
    }
}
