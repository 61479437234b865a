package lib.config;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The keys that one variable holds, as people write them.
class KeyListTest {
    private static void holds(String value, String... keys) { assertEquals(List.of(keys), KeyList.of(value), value); }

    @Test void keysAreSeparatedByCommas() {
        holds("");
        holds(" ");
        holds("one", "one");
        holds("one,two", "one", "two");
        holds(" one , two ,, three, ", "one", "two", "three");
        holds("one,one", "one");
    }

    @Test void aKeyWithACommaIsInQuotationMarks() {
        holds("\"a,b\"", "a,b");
        holds("'a,b'", "a,b");
        holds("\"a,b\",c, 'd\"e,'", "a,b", "c", "d\"e,");
    }

    @Test void aCredentialInJsonIsOne() { holds("{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}"); }

    @Test void aKeyAloneIsWrittenSoThatItIsReadAgain() {
        for (var key : List.of("plain", "a,b", "a\",b", "a',b")) assertEquals(List.of(key), KeyList.of(KeyList.quoted(key)), key);
    }

    /// As .env.example says.
    @Test void inAFileTheWholeValueIsInTheOtherMarks(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve(".env"), "GROQ_API_KEY='\"a,b\",c'\nCOHERE_API_KEY='\"a,b\"'\nMISTRAL_API_KEY=a,b\n");
        var config = new Config(Map.of()).over(file);
        assertEquals(List.of("a,b", "c"), KeyList.of(config.get("GROQ_API_KEY")));
        assertEquals(List.of("a,b"), KeyList.of(config.get("COHERE_API_KEY")));
        assertEquals(List.of("a", "b"), KeyList.of(config.get("MISTRAL_API_KEY")));
    }
}
