package lib.reply;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Ids that the client accepts, and that come back as they were.
class CallIdsTest {
    @ParameterizedTest @ValueSource(strings = {"call_1", "toolu_01AbC", "functions.Read:0", "a b", "call/7|fc_2", "ruf:ü€😀", "enc-", "enc-a_2e", "chatcmpl-tool-8f", "0", "{\"a\"}", "functions.mcp__git__log:12"})
    void areLegalAndComeBack(String id) {
        assertTrue(CallIds.legal(id).matches("[a-zA-Z0-9_-]+"), CallIds.legal(id));
        assertEquals(id, CallIds.original(CallIds.legal(id)));
    }

    @ParameterizedTest @ValueSource(strings = {"call_1", "toolu_01AbC", "a-b_c"})
    void areLeftAloneWhereTheyAreLegal(String id) { assertEquals(id, CallIds.legal(id)); }

    @ParameterizedTest @ValueSource(strings = {"enc-a_zz", "enc-a_2", "enc-ä", "call.1"})
    void areNotDecodedWhereNobodyEncodedThem(String id) { assertEquals(id, CallIds.original(id)); }
}
