package lib.route;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import lib.config.*;
import lib.message.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Providers charge a fraction for a prompt that begins as the last one did, so every request repeats the one before it byte
/// for byte, and goes on from there.
class PrefixTest {
    private static final int TURNS = 20, COMPACTED = 12;
    private static final List<String> CONVERSATION = List.of("messages", "input", "contents"),
        PROMPT = List.of("system", "instructions", "systemInstruction", "tools", "functions", "toolConfig");

    private static final Routes ROUTES = new Routes(new Config(settings()), new Config.Slot("demo", "", "", ""));

    private static Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION", "us-east-1", "DEEPSEEK_DIALECT", "anthropic"));
        for (var provider : "groq openai gemini cohere deepseek mistral anthropic moonshot xai openrouter zai".split(" "))
            settings.put(Config.variable(provider, "API_KEY"), "k");
        return settings;
    }

    @ParameterizedTest @ValueSource(strings = {"groq/gpt-oss-120b", "moonshot/kimi-k3", "zai/glm-5.3", "mistral/mistral-large-latest",
        "openrouter/anthropic/claude-opus-5", "xai/grok-4.7", "openai/gpt-6-sol", "gemini/gemini-4-argon", "cohere/command-a-plus-05-2026",
        "bedrock/amazon.nova-pro-v1:0", "bedrock/us.anthropic.claude-opus-4-8", "ollama/qwen3", "deepseek/deepseek-v4-pro",
        "anthropic/claude-opus-5"})
    void everyRequestBeginsAsTheLastOneDid(String model) {
        var route = ROUTES.of(model);
        var before = new JsonObject();
        for (var turn = 1; turn <= TURNS; turn++) {
            var body = body(turn, model, route);
            if (turn > 1 && turn != COMPACTED) {
                var old = turns(before);
                var now = turns(body);
                assertTrue(now.size() >= old.size(), "turn " + turn);
                for (var i = 0; i < old.size(); i++) assertEquals(old.get(i), now.get(i), model + ", turn " + turn + ", message " + i);
                for (var part : PROMPT) assertEquals(unmarked(before, part), unmarked(body, part), model + ", turn " + turn + ", " + part);
            }
            before = body;
        }
    }

    private static JsonObject body(int turn, String model, Route route) {
        var message = message(turn, model);
        var said = route.dialect().relays() ? message : Directives.applied(message, _ -> { });
        var request = new Request(said, Json.bytes(said), Map.of("x-claude-code-session-id", "s"));
        return Json.objectIn(new String(route.ask(route.draft(request, ReplyContext.of(request, route, Ids.random())), request).body(),
            StandardCharsets.UTF_8));
    }

    private static List<String> turns(JsonObject body) {
        return CONVERSATION.stream().flatMap(key -> Json.list(body, key).stream()).map(PrefixTest::unmarked).toList();
    }

    private static String unmarked(JsonObject body, String part) { return unmarked(Json.find(body, part)); }

    /// Markers of the cache move, and do not count.
    private static String unmarked(JsonElement tree) {
        return Json.write(tree).replaceAll(",\"cache_control\":\\{[^}]*}", "").replaceAll(",\\{\"cachePoint\":\\{[^}]*}}", "");
    }

    /// What Claude Code sends at that turn: the cache's marker moves, and its attribution differs, but for Claude's own hosts,
    /// which get it as it comes: test/cases/anthropic-compatible/billing-line-stays.txt.
    private static JsonObject message(int turn, String model) {
        var messages = new ArrayList<JsonObject>();
        if (turn >= COMPACTED) messages.add(user(text("This session continues another one. Summary: the harbour.")));
        for (var i = turn >= COMPACTED ? COMPACTED : 1; i <= turn; i++) {
            if (messages.isEmpty() || i == COMPACTED)
                messages.add(user(text("<system-reminder>Today is 2026-11-29.</system-reminder>"), text("Question " + i)));
            else add(messages, i);
        }
        Json.put((JsonObject) Json.list(messages.getLast(), "content").getLast(), "cache_control", Json.object("type", "ephemeral"));
        return Json.object("model", model, "max_tokens", 4000, "stream", true, "thinking", Json.object("type", "adaptive"),
            "system", Json.array(text("x-anthropic-billing-header: cc_version=2.1.332.%03x; cc_entrypoint=cli;".formatted(
                model.contains("claude") ? 37 : turn * 37)), text("You are Claude Code."), text("Be exact.")),
            "tools", Json.array(tool("Read"), tool("Bash")), "messages", Json.arrayOf(messages));
    }

    private static void add(List<JsonObject> messages, int i) {
        var thought = Json.object("type", "thinking", "thinking", "Step " + i, "signature", new Thought("groq", "").signature());
        messages.add(Json.object("role", "assistant", "content", i % 3 == 0
            ? Json.array(thought, text("Answer " + i))
            : Json.array(thought, text("Two calls."), call("toolu_" + i + "a", "Read"), call("toolu_" + i + "b", "Bash"))));
        messages.add(i % 3 == 0 ? user(text("<system-reminder>Reminder " + i + "</system-reminder>"), text("Question " + i))
            : user(result("toolu_" + i + "a", i), result("toolu_" + i + "b", i)));
    }

    private static JsonObject user(JsonObject... blocks) {
        return Json.object("role", "user", "content", Json.arrayOf(List.of(blocks)));
    }

    private static JsonObject text(String text) { return Json.object("type", "text", "text", text); }

    private static JsonObject call(String id, String name) {
        return Json.object("type", "tool_use", "id", id, "name", name, "input", Json.object("path", "/a/" + id));
    }

    private static JsonObject result(String id, int i) {
        var image = Json.object("type", "image", "source", Json.object("type", "base64", "media_type", "image/png", "data", "iVBORw0KGgo="));
        return Json.object("type", "tool_result", "tool_use_id", id, "content",
            i % 4 == 0 ? Json.array(text("Seen " + i), image) : Json.array(text("Read " + i)));
    }

    private static JsonObject tool(String name) {
        return Json.object("name", name, "description", name + "s", "input_schema",
            Json.objectIn("{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}"));
    }
}
