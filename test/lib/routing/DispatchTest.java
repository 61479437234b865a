package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Who wins: the rows of README's table, each against all those below it.
class DispatchTest {
    /// Every model that can be set is another one. The window of gpt-4 is 8,192 tokens.
    private static final Map<String, String> EVERYTHING = Map.ofEntries(
        Map.entry("BIG_MODEL_PROVIDER", "openai"), Map.entry("BIG_MODEL_NAME", "gpt-4"), Map.entry("OPENAI_API_KEY", "k"),
        Map.entry("SMALL_MODEL_NAME", "small"), Map.entry("OPUS_MODEL_NAME", "opus-s"), Map.entry("SONNET_MODEL_NAME", "sonnet-s"),
        Map.entry("FABLE_MODEL_NAME", "fable-s"), Map.entry("HAIKU_MODEL_NAME", "haiku-s"),
        Map.entry("SUBAGENT_MODEL", "groq/subagent"), Map.entry("LONG_MODEL", "groq/long"), Map.entry("LONG_MODEL_TOKENS", "5000"), Map.entry("SEARCH_MODEL", "groq/search"),
        Map.entry("CLASSIFIER_MODEL", "groq/classifier"), Map.entry("BACKGROUND_MODEL", "groq/background"),
        Map.entry("GROQ_API_KEY", "k"), Map.entry("ACME_API_BASE", "http://127.0.0.1:9/v1"), Map.entry("ANTHROPIC_API_KEY", "k"));

    /// A row of the table in README.md: what the request is, and whose model it gets. The first that fits counts.
    private enum Row {
        CHECK("checks an action in auto mode", "`CLASSIFIER_MODEL`; else the small model, if its window is large enough", "groq/classifier") {
            @Override void shape(Asked asked) {
                asked.body("stream", false, "tools", Json.array(), "stop_sequences", Json.array("</block>"));
                asked.model("claude-sonnet-5");   // else the user has chosen a judge
            }
        },
        SEARCH("is the search inside Claude Code's WebSearch", "`SEARCH_MODEL`", "groq/search") {
            @Override void shape(Asked asked) {
                asked.body("tools", Json.array(Json.object("type", "web_search_20250305", "name", "web_search", "max_uses", 8)));
            }
        },
        SUMMARY("asks for the summary that replaces a long conversation", "`BACKGROUND_MODEL`, if its window is large enough", "groq/background") {
            @Override void shape(Asked asked) { asked.header("x-claude-code-request-class", "compaction"); }
        },
        SUBAGENT("comes from a subagent", "`SUBAGENT_MODEL`", "groq/subagent") {
            @Override void shape(Asked asked) { asked.header("x-claude-code-agent-id", "a1"); }
        },
        TITLE("asks for a title or another small text that Claude Code wants for itself", "`BACKGROUND_MODEL`", "groq/background") {
            @Override void shape(Asked asked) { asked.body("output_config", Json.object("format", Json.object("type", "json_schema"))); }
        },
        EXPLICIT("names `<provider>/<model>`", "that model", "acme/chosen") {
            @Override void shape(Asked asked) { asked.model("acme/chosen"); }
        },
        LONG("is longer than `LONG_MODEL_TOKENS`, or than the named model's window", "`LONG_MODEL`", "groq/long") {
            @Override void shape(Asked asked) { asked.text("word ".repeat(9000)); }
        },
        HAIKU("names haiku", "`HAIKU_MODEL_*`; else `SMALL_MODEL_*`", "openai/haiku-s") {
            @Override void shape(Asked asked) { asked.model("claude-haiku-5-5"); }
        },
        OPUS("names opus, sonnet or fable", "`OPUS_MODEL_*`, `SONNET_MODEL_*`, `FABLE_MODEL_*`; else `BIG_MODEL_*`", "openai/opus-s") {
            @Override void shape(Asked asked) { asked.model("claude-opus-5-5"); }
        },
        CLAUDE("names any other `claude-...`, `best` or `default`", "`BIG_MODEL_*`", "openai/gpt-4") {
            @Override void shape(Asked asked) { asked.model("claude-anything-9"); }
        },
        KNOWN("names a model that FreeCC knows, such as `gpt-4.1`", "a provider that serves it and whose key is set", "groq/openai/gpt-oss-20b") {
            @Override void shape(Asked asked) { asked.model("gpt-oss-20b"); }
        },
        OTHER("names anything else", "Anthropic, if `ANTHROPIC_API_KEY` is set; else an error", "anthropic/unheard-of") {
            @Override void shape(Asked asked) { asked.model("unheard-of"); }
        };

        private final String request, model, route;

        Row(String request, String model, String route) {
            this.request = request;
            this.model = model;
            this.route = route;
        }

        /// Gives the request what this row is about.
        abstract void shape(Asked asked);

        String line() { return "| " + request + " | " + model + " |"; }
    }

    /// A request in the making.
    private static final class Asked {
        private final JsonObject body = Json.object("max_tokens", 100, "stream", true, "messages", Json.array(Json.object("role", "user", "content", "hi")));
        private final Map<String, String> headers = new HashMap<>(Map.of("x-claude-code-session-id", "s"));

        void body(Object... fields) { for (var i = 0; i < fields.length; i += 2) Json.put(body, (String) fields[i], fields[i + 1]); }

        void header(String name, String value) { headers.put(name, value); }

        void model(String name) { body("model", name); }

        void text(String words) { body("messages", Json.array(Json.object("role", "user", "content", words))); }

        Request request() { return new Request(body, Json.bytes(body), headers); }
    }

    private static String route(Map<String, String> settings, Asked asked) {
        return new Dispatch(new Routes(new Config(settings), new Config.Slot("demo", "", "", "")), ContextWindows.UNASKED, new Calibration(_ -> { })).of(asked.request()).label();
    }

    @Test void theTableInTheReadmeIsThisOne() throws IOException {
        var table = Files.readAllLines(Path.of("README.md")).stream().dropWhile(line -> !line.equals("| A request that... | goes to |")).skip(2)
            .takeWhile(line -> line.startsWith("|")).toList();
        assertEquals(Stream.of(Row.values()).map(Row::line).toList(), table);
    }

    /// A request that is what the row says and, as far as it can be, what all rows below say.
    @ParameterizedTest @EnumSource(Row.class)
    void theFirstRowThatFitsWins(Row row) {
        var asked = new Asked();
        for (var i = Row.values().length - 1; i >= row.ordinal(); i--) Row.values()[i].shape(asked);
        assertEquals(row.route, route(EVERYTHING, asked));
    }

    /// What is left when the row's own variable is not set.
    @ParameterizedTest @CsvSource({
        "CHECK,    CLASSIFIER_MODEL, claude-sonnet-5,   openai/small",
        "SEARCH,   SEARCH_MODEL,     claude-sonnet-5-5, openai/sonnet-s",
        "SEARCH,   SEARCH_MODEL,     claude-freecc/fable, openai/fable-s",
        "TITLE,    BACKGROUND_MODEL, claude-haiku-5-5,  openai/haiku-s",
        "SUMMARY,  BACKGROUND_MODEL, claude-opus-5-5,   openai/opus-s",
        "SUBAGENT, SUBAGENT_MODEL,   claude-haiku-5-5,  openai/haiku-s",
        "HAIKU,    HAIKU_MODEL_NAME, claude-haiku-5-5,  openai/small",
        "OPUS,     OPUS_MODEL_NAME,  opus,              openai/gpt-4",
        "OPUS,     FABLE_MODEL_NAME, claude-freecc/fable, openai/gpt-4",
        "OPUS,     SONNET_MODEL_NAME, claude-sonnet-5-5[1m], openai/gpt-4",
        "OPUS,     nothing,          claude-3-7-sonnet-latest, openai/sonnet-s",
        "OPUS,     nothing,          fable,             openai/fable-s",
        "CLAUDE,   nothing,          best,              openai/gpt-4",
        "CLAUDE,   nothing,          default,           openai/gpt-4",
        "CLAUDE,   nothing,          claude-mythos-1,   openai/gpt-4",
        "HAIKU,    nothing,          haiku,             openai/haiku-s",
        "KNOWN,    nothing,          gpt-4.1,           openai/gpt-4.1",
        "KNOWN,    nothing,          llama-3.3-70b-versatile, groq/llama-3.3-70b-versatile",
        "LONG,     LONG_MODEL,       claude-sonnet-5-5, openai/sonnet-s"})
    void withoutItsVariable(Row row, String variable, String model, String route) {
        var settings = new HashMap<>(EVERYTHING);
        settings.remove(variable);
        var asked = new Asked();
        row.shape(asked);
        asked.model(model);
        assertEquals(route, route(settings, asked));
    }

    @Test void aCheckThatTheSmallModelCannotHoldStaysWithTheConversation() {
        var settings = new HashMap<>(EVERYTHING);
        settings.remove("CLASSIFIER_MODEL");
        settings.remove("LONG_MODEL");
        settings.putAll(Map.of("HAIKU_MODEL_NAME", "gpt-4", "SMALL_MODEL_NAME", "gpt-4"));
        var asked = new Asked();
        Row.CHECK.shape(asked);
        assertEquals("openai/gpt-4", route(settings, asked));
        asked.text("word ".repeat(9000));
        assertEquals("openai/sonnet-s", route(settings, asked));
    }

    @Test void whatNothingServesIsAnError() {
        var settings = new HashMap<>(EVERYTHING);
        settings.remove("ANTHROPIC_API_KEY");
        var asked = new Asked();
        Row.OTHER.shape(asked);
        assertTrue(assertThrows(ApiError.class, () -> route(settings, asked)).getMessage().startsWith("model: nothing serves unheard-of; "));
        asked.model("deepseek-v4-pro");   // which FreeCC knows, but no provider that serves it has a key
        assertThrows(ApiError.class, () -> route(settings, asked));
    }

    @Test void aSubagentsSearchAndSummaryAreTheirRolesElseTheSubagents() {
        var asked = new Asked();
        Row.SUBAGENT.shape(asked);
        Row.SEARCH.shape(asked);
        asked.model("sonnet");
        assertEquals("groq/search", route(EVERYTHING, asked));
        var without = new HashMap<>(EVERYTHING);
        without.remove("SEARCH_MODEL");
        assertEquals("groq/subagent", route(without, asked));
    }

    @Test void aSummaryThatTheBackgroundModelCannotHoldStaysWithTheConversation() {
        var settings = new HashMap<>(EVERYTHING);
        settings.putAll(Map.of("BACKGROUND_MODEL", "openai/gpt-4", "LONG_MODEL_TOKENS", "100000"));
        var asked = new Asked();
        asked.model("claude-sonnet-5-5");
        Row.SUMMARY.shape(asked);
        assertEquals("openai/gpt-4", route(settings, asked));
        asked.text("word ".repeat(9000));
        assertEquals("openai/sonnet-s", route(settings, asked));
    }

    @ParameterizedTest @CsvSource({"500, 300, openai/gpt-4", "500, 900, groq/long", "100000, 900, openai/gpt-4", "100000, 9000, groq/long"})
    void theThresholdIsInTokens(String threshold, int words, String route) {
        var settings = new HashMap<>(EVERYTHING);
        settings.put("LONG_MODEL_TOKENS", threshold);
        settings.put("SONNET_MODEL_NAME", "gpt-4");
        var asked = new Asked();
        asked.model("sonnet");
        asked.text("word ".repeat(words));
        assertEquals(route, route(settings, asked));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "SUBAGENT_MODEL    | nowhere/m | unknown provider 'nowhere' in SUBAGENT_MODEL; use one from PROVIDERS.md (such as openai, gemini, deepseek, groq, openrouter or ollama), or define it with NOWHERE_API_BASE",
        "LONG_MODEL        | groq/     | LONG_MODEL=groq/ is not a model; write <provider>/<model>",
        "SEARCH_MODEL      | cohere/m  | no key for cohere: set COHERE_API_KEY or CO_API_KEY or COHERE_CHAT_API_KEY",
        "VISION_MODEL      | grq/m     | unknown provider 'grq' in VISION_MODEL; use one from PROVIDERS.md (such as openai, gemini, deepseek, groq, openrouter or ollama), or define it with GRQ_API_BASE",
        "CLASSIFIER_MODEL  | judge     | nothing serves 'judge' in CLASSIFIER_MODEL; write <provider>/<model>, or sonnet or haiku for your own models",
        "BACKGROUND_MODEL  | /m        | BACKGROUND_MODEL=/m is not a model; write <provider>/<model>",
        "LONG_MODEL_TOKENS | 100k      | LONG_MODEL_TOKENS=100k is not a number of tokens; write one such as 100000",
        "OPUS_MODEL_PROVIDER | nowhere | unknown provider 'nowhere' in OPUS_MODEL_PROVIDER; use one from PROVIDERS.md (such as openai, gemini, deepseek, groq, openrouter or ollama), or define it with NOWHERE_API_BASE"})
    void aWrongOneIsReportedAtStart(String variable, String value, String complaint) {
        var settings = new HashMap<>(EVERYTHING);
        settings.remove("ANTHROPIC_API_KEY");
        settings.put(variable, value);
        assertEquals(List.of(complaint), new Routes(new Config(settings), new Config.Slot("demo", "", "", "")).complaints());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "OPUS_MODEL_NAME=other                                     | OPUS   | groq/other https://api.groq.com/openai/v1",
        "OPUS_MODEL_PROVIDER=openai OPENAI_API_KEY=o               | OPUS   | openai/gpt-6.1-terra https://api.openai.com/v1",
        "HAIKU_MODEL_PROVIDER=openai OPENAI_API_KEY=o              | HAIKU  | openai/gpt-6-luna https://api.openai.com/v1",
        "OPUS_MODEL_NAME=gpt-4.1 OPENAI_API_KEY=o                  | OPUS   | openai/gpt-4.1 https://api.openai.com/v1",
        "SONNET_MODEL_API_BASE=https://gw.example/openai/v1 SONNET_MODEL_NAME=s | SONNET | gw.example/s https://gw.example/openai/v1",
        "SONNET_MODEL_PROVIDER=groq SONNET_MODEL_API_BASE=https://gw.example/openai/v1 | SONNET | groq/big https://gw.example/openai/v1",
        "FABLE_MODEL_PROVIDER=acme FABLE_MODEL_NAME=f ACME_API_BASE=https://llm.acme.example/v1 | FABLE | acme/f https://llm.acme.example/v1",
        "SMALL_MODEL_NAME=little HAIKU_MODEL_API_KEY=k2            | HAIKU  | groq/little https://api.groq.com/openai/v1",
        "SMALL_MODEL_NAME=little                                   | HAIKU  | groq/little https://api.groq.com/openai/v1"})
    void whatAFamilyDoesNotSayIsAsForTheUsualModel(String settings, Tier tier, String expected) {
        var values = new HashMap<>(Map.of("BIG_MODEL_PROVIDER", "groq", "BIG_MODEL_NAME", "big", "GROQ_API_KEY", "k"));
        for (var setting : settings.split(" +")) values.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        var route = new Routes(new Config(values), new Config.Slot("demo", "", "", "")).of(tier);
        assertEquals(expected, route.label() + " " + route.base());
    }
}
