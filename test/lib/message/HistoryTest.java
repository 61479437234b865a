package lib.message;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Conversations in shorthand: `u:text`, `a:text`, `s:text`, `t:text` thinking, `x:id` a server's call, `c:id` a call, `r:id` its result; `,` in one message, `|` the next.
class HistoryTest {
    @ParameterizedTest @CsvSource(delimiter = ';', textBlock = """
        # nothing to fix
        u:hi                              ; u:hi
        u:hi | a:ho | u:hi                ; u:hi | a:ho | u:hi
        u:hi | c:1 | r:1 | a:ho           ; u:hi | c:1 | r:1 | a:ho
        # neighbours of one role are one message
        u:a | u:b | a:c | a:d             ; u:a,u:b | a:c,a:d
        # what says nothing is dropped
        u:hi | a: | u:ho                  ; u:hi,u:ho
        u:hi | s: | a:ho                  ; u:hi | a:ho
        # results stand in the order of the calls, before whatever came with them
        c:1,c:2 | r:2,r:1                 ; c:1,c:2 | r:1,r:2
        c:1 | u:x,r:1                     ; c:1 | r:1,u:x
        c:1,c:2 | r:2 | r:1,u:x           ; c:1,c:2 | r:1,r:2,u:x
        c:1,c:2 | r:2 | s:new | r:1       ; c:1,c:2 | r:1,r:2 | s:new
        c:1 | s:new | r:1                 ; c:1 | r:1 | s:new
        a:hm,c:1 | r:1                    ; a:hm,c:1 | r:1
        # a call without a result gets one, a result without a call becomes text
        c:1 | u:x                         ; c:1 | no:1,u:x
        c:1,c:2 | r:2                     ; c:1,c:2 | no:1,r:2
        u:x | c:1                         ; u:x | c:1 | no:1
        c:1 | a:x                         ; c:1,a:x | no:1
        c:1 | s:x | a:y | r:1             ; c:1 | no:1 | s:x | a:y | lost:1
        u:x | r:9                         ; u:x,lost:9
        c:1 | r:1,r:9                     ; c:1 | r:1,lost:9
        c:1 | r:1,r:1                     ; c:1 | r:1,lost:1
        # ids that are empty or given twice are told apart; a later turn may use one again
        c:,c: | r:,r:                     ; c:call_1,c:call_2 | r:call_1,r:call_2
        c:1,c:1 | r:1,r:1                 ; c:1,c:1_2 | r:1,r:1_2
        c:1 | r:1 | c:1 | r:1             ; c:1 | r:1 | c:1 | r:1
        # a system message stays where it stood
        u:a | s:b | a:c                   ; u:a | s:b | a:c
        s:a | u:b                         ; s:a | u:b
        u:a | s:b                         ; u:a | s:b
        """)
    void repaired(String given, String taken) { assertEquals(taken, write(History.withSystem(read(given)))); }

    /// For a provider that takes no system message in mid-conversation, the user's turn holds it.
    @ParameterizedTest @CsvSource(delimiter = ';', textBlock = """
        u:a | s:b | a:c         ; u:a,u:<system-reminder>b</system-reminder> | a:c
        s:a | u:b               ; u:<system-reminder>a</system-reminder>,u:b
        c:1 | s:x,s:y | r:1     ; c:1 | r:1,u:<system-reminder>xy</system-reminder>
        """)
    void reminded(String given, String taken) { assertEquals(taken, write(History.of(read(given))).replace("\n", "")); }

    /// Whatever comes, every call is answered once in the very next message, and nothing but calls is.
    @Test void noHistoryIsTooBroken() {
        for (var seed = 0; seed < 2_000; seed++) {
            var chance = new Random(seed);
            var given = new ArrayList<String>();
            for (var i = 0; i < 1 + chance.nextInt(8); i++) {
                var turn = new ArrayList<String>();
                var role = "uuaas".charAt(chance.nextInt(5));
                for (var j = 0; j <= chance.nextInt(4); j++) {
                    var id = chance.nextInt(4) == 0 ? "" : String.valueOf(chance.nextInt(3));
                    turn.add(role == 'a' && chance.nextBoolean() ? "c:" + id : role == 'u' && chance.nextBoolean() ? "r:" + id : role + ":" + id);
                }
                given.add(String.join(",", turn));
            }
            check(String.join(" | ", given), seed);
        }
    }

    private static void check(String given, int seed) {
        var turns = History.of(read(given));
        var why = "seed " + seed + ": " + given + " became " + write(turns);
        List<String> open = List.of();
        for (var turn : turns) {
            var blocks = Json.list(turn, "content");
            assertTrue(!blocks.isEmpty(), why);
            var results = blocks.stream().filter(block -> Json.text(block, "type").equals("tool_result")).map(block -> Json.text(block, "tool_use_id")).toList();
            assertEquals(open, results, why);
            open = blocks.stream().filter(block -> Json.text(block, "type").equals("tool_use")).map(block -> Json.text(block, "id")).toList();
            assertEquals(open.size(), new HashSet<>(open).size(), why);
            assertTrue(!open.contains(""), why);
        }
        assertEquals(List.of(), open, why);
        var apart = History.exchanges(read(given)).stream().map(History::withSystem).flatMap(List::stream).toList();
        assertEquals(write(History.withSystem(read(given))), write(apart), why);
    }

    /// A call and its results are in one exchange, and so are neighbours of one role.
    @ParameterizedTest @CsvSource(delimiter = ';', textBlock = """
        u:a | a:b | u:c | c:1 | r:1 | a:d   ; 1 2 2 1
        u:a | u:b                           ; 2
        a:b | a:c | u:d | a:e               ; 3 1
        u:a | a: | u:b | a:c                ; 3 1
        a:b | u: | a:c                      ; 3
        c:1 | s:x | r:1 | a:b               ; 3 1
        u:a | t:b | u:c | a:d               ; 3 1
        u:a | t:b | a:c | u:d               ; 1 3
        u:a | a:b | t:c | u:d | t:e | t:f   ; 1 5
        u:a | x:b | u:c | a:d               ; 3 1
        """)
    void exchanges(String given, String sizes) {
        var exchanges = History.exchanges(read(given));
        assertEquals(sizes, exchanges.stream().map(turns -> String.valueOf(turns.size())).collect(Collectors.joining(" ")));
        assertEquals(Json.list(read(given), "messages"), exchanges.stream().flatMap(List::stream).toList());
    }

    private static JsonObject read(String text) {
        var turns = new ArrayList<JsonObject>();
        for (var turn : text.split("\\|")) {
            var blocks = new ArrayList<JsonObject>();
            var role = "user";
            for (var block : turn.strip().split(",")) {
                var kind = block.substring(0, block.indexOf(':'));
                var says = block.substring(block.indexOf(':') + 1);
                role = kind.equals("s") ? "system" : "actx".contains(kind) ? "assistant" : role;
                blocks.add(switch (kind) {
                    case "c" -> Json.object("type", "tool_use", "id", says, "name", "T", "input", new JsonObject());
                    case "t" -> Json.object("type", "thinking", "thinking", says);
                    case "x" -> Json.object("type", "server_tool_use", "id", says, "name", "", "input", new JsonObject());
                    case "r" -> Json.object("type", "tool_result", "tool_use_id", says, "content", "result " + says);
                    default -> Json.object("type", "text", "text", says);
                });
            }
            turns.add(History.turn(role, blocks));
        }
        return Json.object("messages", Json.arrayOf(turns));
    }

    private static String write(List<JsonObject> turns) {
        return turns.stream().map(turn -> Json.list(turn, "content").stream().map(block -> switch (Json.text(block, "type")) {
            case "tool_use" -> "c:" + Json.text(block, "id");
            case "tool_result" -> (Json.text(block, "content").equals("(no result)") && Json.flag(block, "is_error") ? "no:" : "r:") + Json.text(block, "tool_use_id");
            default -> Json.text(block, "text").startsWith("[Result of an earlier") ? "lost:" + Json.text(block, "text").replaceAll("(?s).*result ", "")
                : Json.text(turn, "role").charAt(0) + ":" + Json.text(block, "text");
        }).collect(Collectors.joining(","))).collect(Collectors.joining(" | "));
    }

    @Test void theBillingLineIsTakenOutOfTheSystemPrompt() {
        var message = Json.objectIn("""
            {"system": [{"type": "text", "text": "x-anthropic-billing-header: cc_version=2.1.330.abc; cc_entrypoint=cli;"},
                        {"type": "text", "text": "You are."}, {"type": "text", "text": ""}]}""");
        assertEquals(Json.array("You are."), Json.arrayOf(History.system(message)));
        assertEquals("Be brief.",
            Json.text(History.systemPrompt(Json.objectIn("{\"system\": \"x-anthropic-billing-header: cc_version=1;\\nBe brief.\"}"))));
    }
}
