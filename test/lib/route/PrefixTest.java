package lib.route;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import lib.config.*;
import lib.json.*;
import lib.message.*;
import lib.model.*;
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
        var settings = new HashMap<>(Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION", "us-east-1", "DEEPSEEK_DIALECT", "anthropic",
            "GIGACHAT_CREDENTIALS", "k", "VERTEX_PROJECT_ID", "p", "VERTEX_LOCATION", "us-east5", "OPENAI_DIALECT", "responses",
            "GOOGLE_APPLICATION_CREDENTIALS", userOfGoogle()));
        for (var provider : "groq openai gemini cohere deepseek mistral anthropic moonshot xai openrouter zai nlp_cloud".split(" "))
            settings.put(Config.variable(provider, "API_KEY"), "k");
        return settings;
    }

    /// Nobody is asked for a token before a request is signed.
    private static String userOfGoogle() {
        try {
            var file = Files.createTempFile("freecc-prefix", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, """
                {"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}""").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> models() {
        return List.of("groq/gpt-oss-120b", "moonshot/kimi-k3", "zai/glm-5.3", "mistral/mistral-large-latest",
        "openrouter/anthropic/claude-opus-5", "xai/grok-4.7", "openai/gpt-6-sol", "gemini/gemini-4-argon", "cohere/command-a-plus-05-2026",
        "bedrock/amazon.nova-pro-v1:0", "bedrock/us.anthropic.claude-opus-4-8", "ollama/qwen3", "deepseek/deepseek-v4-pro",
        "anthropic/claude-opus-5", "vertex/gemini-3.8-flash", "vertex/claude-sonnet-4-5@20250929", "vertex/meta/llama-4-maverick",
            "gigachat/GigaChat-2-Max", "nlp_cloud/finetuned-llama-3-70b");
    }

    @ParameterizedTest @MethodSource("models") void everyRequestBeginsAsTheLastOneDid(String model) {
        var route = ROUTES.of(model);
        var before = new JsonObject();
        for (var turn = 1; turn <= TURNS; turn++) {
            var body = body(turn, model, route);
            if (turn > 1 && turn != COMPACTED) assertExtends(before, body, model + ", turn " + turn);
            before = body;
        }
    }

    /// The model searches, FreeCC adds what was found, and the model searches again, each time after a thought.
    @ParameterizedTest @MethodSource("models") void everyTurnOfASearchBeginsAsTheLastOneDid(String model) {
        var route = ROUTES.of(model);
        var request = request(message(3, model), route);
        var before = body(request, route);
        for (var round = 1; round <= 4; round++) {
            var id = "toolu_s" + round;
            request = request.followedBy(new NextTurn(List.of(
                Json.object("role", "assistant", "content", Json.array(thought(route, round), text("I search."), call(id, "Read"))),
                Json.object("role", "user", "content", Json.array(result(id, round))))));
            var body = body(request, route);
            assertExtends(before, body, model + ", round " + round);
            before = body;
        }
    }

    /// What a tool search brings comes after the tools before it.
    @ParameterizedTest @MethodSource("models") void toolsThatAreFoundComeLast(String model) {
        var route = ROUTES.of(model);
        if (route.dialect().relays() || route.dialect().shape() == Shape.TEXT) return;   // the former get the message as it is
        var before = tools(body(request(message(3, model), route), route));
        for (var found = 1; found <= 3; found++) {
            var message = message(3, model);
            var messages = new ArrayList<>(Json.list(message, "messages"));
            for (var i = 1; i <= found; i++) messages.add(Json.object("role", "system", "content", Json.array(
                Json.object("type", "tool_addition", "tool", Json.object("type", "tool_definition", "definition", tool("found_" + i))))));
            Json.put(message, "messages", Json.arrayOf(messages));
            var now = tools(body(request(message, route), route));
            assertTrue(now.size() > before.size(), model);
            assertEquals(before, now.subList(0, before.size()), model);
            before = now;
        }
    }

    private static List<String> tools(JsonObject body) {
        return Stream.of(Json.list(body, "tools"), Json.list(body, "functions"), Json.list(body, "toolConfig", "tools"))
            .flatMap(List::stream).flatMap(tool -> Json.has(tool, "functionDeclarations")
                ? Json.list(tool, "functionDeclarations").stream() : Stream.of(tool)).map(Json::write).toList();
    }

    private static void assertExtends(JsonObject before, JsonObject body, String where) {
        var old = turns(before);
        var now = turns(body);
        assertTrue(now.size() >= old.size(), where);
        for (var i = 0; i < old.size(); i++) assertEquals(old.get(i), now.get(i), where + ", message " + i);
        for (var part : PROMPT) assertEquals(unmarked(before, part), unmarked(body, part), where + ", " + part);
        assertTrue(Json.text(body, "text").startsWith(Json.text(before, "text")), where + ": " + body);
    }

    private static Request request(JsonObject message, Route route) {
        var said = route.dialect().relays() ? message : Directives.applied(message, _ -> { });
        return new Request(said, Json.bytes(said), Map.of("x-claude-code-session-id", "s"));
    }

    private static JsonObject body(int turn, String model, Route route) { return body(request(message(turn, model), route), route); }

    private static JsonObject body(Request request, Route route) {
        var draft = route.draft(request, ReplyContext.of(request, route, Ids.random()));
        return Json.objectIn(new String(route.dialect().ask(draft, request, route).body(), StandardCharsets.UTF_8));
    }

    private static List<String> turns(JsonObject body) {
        return CONVERSATION.stream().flatMap(key -> Json.list(body, key).stream()).map(PrefixTest::unmarked).toList();
    }

    private static String unmarked(JsonObject body, String part) { return unmarked(Json.find(body, part)); }

    /// Markers of the cache move, and do not count.
    private static String unmarked(JsonElement tree) {
        return Json.write(tree).replaceAll(",\"cache_control\":\\{[^}]*}", "").replaceAll(",\\{\"cachePoint\":\\{[^}]*}}", "");
    }

    /// What Claude Code sends at that turn: the cache's marker moves, and its billing line differs, except for Anthropic's own
    /// API, which gets it: test/cases/anthropic/billing-line-stays.txt.
    private static JsonObject message(int turn, String model) {
        var messages = new ArrayList<JsonObject>();
        var route = ROUTES.of(model);
        if (turn >= COMPACTED) messages.add(user(text("This session continues another one. Summary: the harbour.")));
        for (var i = turn >= COMPACTED ? COMPACTED : 1; i <= turn; i++) {
            if (messages.isEmpty() || i == COMPACTED)
                messages.add(user(text("<system-reminder>Today is 2026-11-29.</system-reminder>"), text("Question " + i)));
            else add(messages, i, thought(route, i));
        }
        Json.put((JsonObject) Json.list(messages.getLast(), "content").getLast(), "cache_control", Json.object("type", "ephemeral"));
        var message = Json.object("model", model, "max_tokens", 4000, "stream", true, "thinking", Json.object("type", "adaptive"),
            "system", Json.array(text("x-anthropic-billing-header: cc_version=2.1.332.%03x; cc_entrypoint=cli;".formatted(
                model.startsWith("anthropic/") ? 37 : turn * 37)), text("You are Claude Code."), text("Be exact.")),
            "tools", Json.array(tool("Read"), tool("Bash")), "messages", Json.arrayOf(messages));
        if (route.dialect().shape() == Shape.TEXT) Json.drop(message, "tools");
        return message;
    }

    /// As the provider signs it itself, every other time as another has.
    private static JsonObject thought(Route route, int i) {
        var state = switch (route.provider()) {
            case "openai", "xai" -> Json.object("id", "rs_" + i, "type", "reasoning", "summary", Json.array(), "encrypted_content", "e" + i);
            case "gemini", "vertex_ai" -> Json.object("model", route.name(), "on", i % 3 == 0 ? "text" : "call", "signature", "s" + i);
            default -> Json.object("model", route.name(), "signature", "s" + i);
        };
        var own = route.family() == Family.CLAUDE ? "EqoB" + i : new Thought(route.provider(), Json.write(state)).signature();
        return Json.object("type", "thinking", "thinking", "Step " + i, "signature",
            i % 4 == 1 ? new Thought("groq", "").signature() : own);
    }

    private static void add(List<JsonObject> messages, int i, JsonObject thought) {
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
