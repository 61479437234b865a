import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import lib.json.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Whether what goes up is what the vendor's own schema allows (test/schemas, from the vendors' published API
/// definitions). Chat Completions is spoken by many: OpenAI itself gets nothing that its schema does not name, the
/// others may get fields of their own beside it.
final class Schemas {
    private static final Set<String> OWN_PARTS = Set.of("thinking", "document_url");
    /// Groq's name for on, and Inception's for off.
    private static final Set<String> OWN_EFFORTS = Set.of("default", "instant");
    private static final Map<String, com.networknt.schema.Schema> READ = new ConcurrentHashMap<>();

    /// Tools that hosts have added, all of them for web search.
    private static final Set<String> OWN_TOOLS = Set.of("browser_search", "builtin_function", "openrouter:web_search", "web_search");

    private Schemas() {}

    /// `asked` is the model that the client named.
    static void check(String path, String body, String asked) {
        if (path.endsWith("/chat/completions") && !asked.startsWith("gigachat/")) chat(Json.objectIn(body), asked.matches("(openai|oai|azure)/.*"));
        if (path.contains("enerateContent")) obey("gemini-request", withoutNewest(Json.objectIn(body)));
        if (path.contains("/converse")) obey("bedrock-converse-request", Json.objectIn(body));
        if (path.endsWith("/v2/chat")) obey("cohere-chat-request", Json.objectIn(body));
        if (path.endsWith("/responses")) obey("openai-responses-request", withIds(Json.objectIn(body)));
    }

    /// Reasoning items need no id where nothing is stored, though the schema wants one.
    private static JsonObject withIds(JsonObject body) {
        for (var item : Json.list(body, "input")) if (Json.text(item, "type").equals("reasoning")) Json.put((JsonObject) item, "id", "rs_any");
        return body;
    }

    /// In @google/genai 2.32.0, and not yet in the schema.
    private static JsonObject withoutNewest(JsonObject body) {
        Json.drop(Json.at(body, "toolConfig"), "includeServerSideToolInvocations");
        return body;
    }

    private static void chat(JsonObject body, boolean official) {
        var tolerated = Json.copy(body);
        if (official) known(body);
        else {
            if (OWN_EFFORTS.contains(Json.text(body, "reasoning_effort"))) Json.drop(tolerated, "reasoning_effort");
            var tools = Json.list(tolerated, "tools").stream().filter(tool -> !OWN_TOOLS.contains(Json.text(tool, "type"))).toList();
            if (Json.has(tolerated, "tools")) Json.put(tolerated, "tools", Json.arrayOf(tools));
            for (var message : Json.list(tolerated, "messages")) {
                var parts = Json.list(message, "content").stream().filter(part -> !OWN_PARTS.contains(Json.text(part, "type"))).toList();
                if (!Json.list(message, "content").isEmpty()) Json.put((JsonObject) message, "content", parts.isEmpty() ? "" : Json.arrayOf(parts));
            }
        }
        obey("openai-chat-request", tolerated);
    }

    /// Schemas leave objects open: at the root and in messages, tools and calls nothing else may stand.
    private static void known(JsonObject body) {
        var schema = Json.objectIn(text("openai-chat-request"));
        var names = new TreeSet<String>();
        Json.eachObject(Json.array(Json.find(schema, "allOf"), Json.at(schema, "$defs", "ModelResponseProperties"), Json.at(schema, "$defs", "CreateModelResponseProperties")),
            part -> names.addAll(Json.keys(Json.at(part, "properties"))));
        only(body, names);
        for (var message : Json.list(body, "messages")) {
            only(message, Set.of("role", "content", "name", "tool_calls", "tool_call_id", "refusal"));
            for (var call : Json.list(message, "tool_calls")) require(Json.text(call, "id").length() <= 40, "an id of more than 40 characters: " + call);
        }
        require(Json.list(body, "tools").size() <= 128, "more than 128 tools");
        for (var tool : Json.list(body, "tools")) {
            only(Json.find(tool, "function"), Set.of("name", "description", "parameters", "strict"));
            require(Json.text(tool, "function", "name").matches("[a-zA-Z0-9_-]{1,64}"), "a name that is refused: " + Json.text(tool, "function", "name"));
            require(Json.text(tool, "function", "parameters", "type").equals("object"), "parameters that are no object: " + tool);
        }
    }

    private static void only(JsonElement object, Set<String> names) {
        for (var key : Json.keys(object)) require(names.contains(key), "the field " + key + " is not in the official schema: " + object);
    }

    private static void require(boolean holds, String why) { if (!holds) throw new AssertionError(why); }

    private static void obey(String name, JsonElement body) {
        var schema = READ.computeIfAbsent(name, _ -> SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text(name)));
        var errors = schema.validate(Json.write(body), InputFormat.JSON);
        if (!errors.isEmpty()) throw new AssertionError("against the official schema " + name + ":\n" + errors.stream().map(Object::toString).collect(Collectors.joining("\n")));
    }

    private static String text(String name) {
        try {
            return Files.readString(Path.of("test/schemas", name + ".json")).replace("\"oneOf\"", "\"anyOf\"");   // the vendor's branches overlap: any of them is meant
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
