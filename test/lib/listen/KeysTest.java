package lib.listen;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Whose key is whose.
class KeysTest {
    private static final Config TEAM = new Config(Map.of("FREECC_API_KEY", "sesame-open", "FREECC_API_KEYS", "alice:key:of-alice, bob-2:key-of-bob", "FREECC_BUDGET_BOB_2", "9"));

    @Test void eachKeyHasItsName() {
        var keys = new Keys(TEAM);
        assertEquals(Optional.of("alice"), keys.nameOf("key:of-alice"));
        assertEquals(Optional.of("bob-2"), keys.nameOf("key-of-bob"));
        assertEquals(Optional.of(""), keys.nameOf("sesame-open"));
        assertEquals(Optional.empty(), keys.nameOf("key-of-bo"));
        assertEquals(Optional.empty(), keys.nameOf(""));
        assertEquals(Map.of("FREECC_BUDGET_BOB_2", "bob-2"), keys.budgets(TEAM));
        assertEquals("*** and ***", TEAM.secrets().masked("key:of-alice and key-of-bob"));
        assertTrue(new Keys(new Config(Map.of())).isEmpty());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {"secret-1", "a b:secret-1", ":secret-1", "alice:", "alice:secret-1,alice:secret-2", "a-b:secret-1,A_B:secret-2", "alice:secret-1,bob:secret-1"})
    void whatCannotBeUsedIsRefusedWithoutItsKeys(String setting) {
        var wrong = assertThrows(Config.Wrong.class, () -> new Keys(new Config(Map.of("FREECC_API_KEYS", setting))));
        assertTrue(wrong.getMessage().contains("FREECC_API_KEYS"), wrong.getMessage());
        assertFalse(wrong.getMessage().contains("secret"), wrong.getMessage());
    }

    @Test void aBudgetIsForANameThatHasAKey() {
        var config = new Config(Map.of("FREECC_API_KEYS", "alice:secret-1", "FREECC_BUDGET_carol", "9"));
        assertEquals("FREECC_BUDGET_carol is for a name that is not in FREECC_API_KEYS; add the name there, or remove FREECC_BUDGET_carol",
            assertThrows(Config.Wrong.class, () -> new Keys(config).budgets(config)).getMessage());
    }
}
