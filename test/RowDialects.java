import lib.access.Dialects;
import lib.access.Provider;
import lib.config.Config;
import lib.json.*;
import lib.message.Thought;
import lib.route.ReplyContext;
import lib.route.Request;
import lib.wire.ApiError;
import lib.wire.Ids;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Every row in every dialect that {PROVIDER}_DIALECT can name: what goes up is legal in that dialect, whatever the row's quirks.
class RowDialects {
    private static final List<String> NAMES = List.of("anthropic", "chat", "responses", "gemini", "ollama", "cohere");
    /// https://docs.claude.com/en/api/messages
    private static final Set<String> ANTHROPIC = Set.of("model", "messages", "max_tokens", "system", "tools", "tool_choice", "stream", "temperature", "top_p", "top_k",
        "stop_sequences", "metadata", "service_tier", "thinking", "context_management", "output_config");
    /// https://docs.ollama.com/api/chat
    private static final Set<String> OLLAMA = Set.of("model", "messages", "tools", "think", "format", "options", "stream", "keep_alive", "truncate");

    @TestFactory Stream<DynamicTest> sendsALegalBody() {
        return Rows.rows().filter(Rows::callsTools).flatMap(row -> NAMES.stream().map(name -> DynamicTest.dynamicTest(row.id() + " " + name, () -> legal(row, name))));
    }

    private static void legal(Provider row, String dialect) {
        var settings = Rows.settings(row);
        settings.put(Config.variable(row.id(), "DIALECT"), dialect);
        var given = Rows.RICH.formatted(row.id() + "/" + Rows.model(row), new Thought(row.id(), "{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"x\",\"summary\":[]}").signature());
        var request = new Request(Json.objectIn(given), given.getBytes(StandardCharsets.UTF_8), Map.of("x-claude-code-session-id", "s"));
        var route = Cases.routes(new Config(settings)).of(request.model());
        if (!Dialects.nameOf(route.dialect()).equals("`" + dialect + "`")) return;   // a cloud whose models decide
        JsonObject body;
        try {
            body = Json.objectIn(new String(route.ask(route.draft(request, ReplyContext.of(request, route, Ids.counting())), request).body(), StandardCharsets.UTF_8));
        } catch (ApiError refused) {
            assertEquals(400, refused.status(), refused.getMessage());   // a model that its provider does not serve so
            return;
        }
        switch (route.dialect().shape()) {
            case CHAT -> Schemas.check("/chat/completions", Json.write(body), request.model());
            case RESPONSES -> Schemas.check("/responses", Json.write(body), request.model());
            case ANTHROPIC -> only(body, ANTHROPIC);
            case OWN, TEXT -> {
                if (Json.has(body, "contents")) Schemas.check("/generateContent", Json.write(body), request.model());
                else if (dialect.equals("ollama")) only(body, OLLAMA);
                else if (dialect.equals("cohere")) Schemas.check("/v2/chat", Json.write(body), request.model());
            }
        }
    }

    private static void only(JsonObject body, Set<String> names) {
        assertEquals("", String.join(" ", Json.keys(body).stream().filter(key -> !names.contains(key)).toList()), "fields that the dialect does not know");
    }
}
