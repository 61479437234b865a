package lib.message;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Names up, and names back.
class ToolNamesTest {
    private static final String LONG = "mcp__a_server_with_a_very_long_name__and_a_tool_with_a_name_that_is_longer_still";

    private static ToolNames of(String... tools) {
        return ToolNames.of(Json.object("tools", Json.arrayOf(Arrays.stream(tools).map(name -> Json.object("name", name)).toList())), 64);
    }

    @ParameterizedTest @CsvSource({"Bash", "mcp__tiny__echo", "with-dash_and_9", "a.b", "über", "'two words'", "mcp__server:tool", LONG, LONG + "_2"})
    void goesUpInAFormThatIsTakenAndComesBack(String name) {
        var names = of("Bash", name);
        var sent = names.sent(name);
        assertTrue(sent.matches("[a-zA-Z0-9_-]{1,64}"), sent);
        assertEquals(name, names.received(sent));
    }

    @Test void differentNamesStayDifferent() {
        var all = new String[]{"a.b", "a_b", "a b", "a:b", LONG + "1", LONG + "2", LONG + "1 "};
        var names = of(all);
        var sent = new HashSet<String>();
        for (var name : all) sent.add(names.sent(name));
        assertEquals(all.length, sent.size());
        for (var name : all) assertEquals(name, names.received(names.sent(name)));
    }

    @Test void aChangedNameComesBackChangedInCase() {
        var names = of("Bash", LONG, "a.B");
        for (var name : new String[]{LONG, "a.B"}) assertEquals(name, names.received(names.sent(name).toUpperCase(java.util.Locale.ROOT)));
    }

    @Test void aNameThatMayMeanTwoToolsMeansNeither() {
        var names = of("read", "Read", "mcp__a-b__x", "mcp__a_b__x");
        for (var exact : List.of("read", "Read", "mcp__a-b__x", "mcp__a_b__x")) assertEquals(exact, names.received(exact));
        for (var either : List.of("READ", "mcp__A_B__X", "a_b__x", "READREAD")) assertEquals(either, names.received(either));
        assertEquals("Read", names.received("functions.Read"));
    }

    @Test void theSameNameIsSentTheSameInEveryRequest() { assertEquals(of(LONG).sent(LONG), of("Bash", "Read").sent(LONG)); }

    @ParameterizedTest @CsvSource({
        "ReadRead, Read", "Read<|channel|>commentary, Read", "<|constrain|>Read, Read", "functions.Read:0, Read", "Read:12, Read", "assistant<|channel|>Read, Read", "'\"Read\"', Read", "Read(, Read", "READ<|end|>, Read", "BashRead, BashRead", "Re<|x|>ad, Re<|x|>ad", "'', ''",
        "bash, Bash", "BASH, Bash", "default_api:Bash, Bash", "default_api.Read, Read", "functions.bash, Bash",
        "ReadReadRead, Read", "functions.Readfunctions.Read, Read", "tools/Read, Read", "default_api.ReadRead:2, Read", "tool_Read, Read", "functions_read, Read", "default_api__Bash, Bash", "functions.Read_3, Read",
        "mcp__Tiny__Echo, mcp__tiny__echo", "mcp_tiny_echo, mcp__tiny__echo", "mcp.tiny.echo, mcp__tiny__echo", "tiny__echo, mcp__tiny__echo", "functions.mcp__tiny__echo:1, mcp__tiny__echo", "echo, echo",
        "ReadBash, ReadBash", "Reader, Reader", "Unheard, Unheard", "tools:Unheard, tools:Unheard"})
    void modelsChangeNames(String called, String meant) { assertEquals(meant, of("Bash", "Read", "mcp__tiny__echo").received(called)); }
}
