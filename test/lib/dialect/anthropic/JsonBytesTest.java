package lib.dialect.anthropic;

import module java.base;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The model changes, and not one byte beside it.
class JsonBytesTest {
    private static String spliced(String json) { return new String(JsonBytes.value(json.getBytes(StandardCharsets.UTF_8), "model", "new"), StandardCharsets.UTF_8); }

    @Test void onlyTheValueChanges() {
        assertEquals("{ \"a\" : 1.50,\n\t\"model\" :\"new\" , \"b\":[1e3]}", spliced("{ \"a\" : 1.50,\n\t\"model\" :\"old/one\" , \"b\":[1e3]}"));
    }

    @Test void otherModelsStay() {
        assertEquals("{\"x\":{\"model\":\"in\"},\"model\":\"new\",\"y\":[{\"model\":\"in\"}]}", spliced("{\"x\":{\"model\":\"in\"},\"model\":\"old\",\"y\":[{\"model\":\"in\"}]}"));
    }

    @Test void aValueThatLooksLikeTheKeyStays() {
        assertEquals("{\"a\":\"model\",\"b\":\"\\\"model\\\":\\\\\",\"model\":\"new\"}", spliced("{\"a\":\"model\",\"b\":\"\\\"model\\\":\\\\\",\"model\":\"old\"}"));
    }

    @Test void otherScriptsStay() { assertEquals("{\"a\":\"世界 caf\\u00e9 👋\",\"model\":\"new\"}", spliced("{\"a\":\"世界 caf\\u00e9 👋\",\"model\":\"ö\\u0022\"}")); }

    @Test void aKeySpelledWithEscapesIsTheSameKey() { assertEquals("{\"m\\u006fdel\":\"new\"}", spliced("{\"m\\u006fdel\":\"old\"}")); }
}
