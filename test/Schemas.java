import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The vendors' official request schemas, by the path that a request goes to.
final class Schemas {
    /// OpenAI's own hosts and those of Azure; others add fields of their own to chat.
    private static final Map<Pattern, String> BY_PATH = Map.of(
        Pattern.compile("/v1/chat/completions|/openai/deployments/.*/chat/completions.*"), "openai-chat-request.json",
        Pattern.compile(".*/responses"), "openai-responses-request.json",
        Pattern.compile(".*enerateContent(\\?.*)?"), "gemini-request.json");

    /// A part that is not OpenAI's.
    private static final String MISTRALS = "\"type\":\"thinking\"";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

    private Schemas() {}

    /// Fails with what the schema has against the body.
    static void check(String path, String body) {
        for (var known : BY_PATH.entrySet()) {
            if (!known.getKey().matcher(path).matches() || body.contains(MISTRALS)) continue;
            var faults = READ.computeIfAbsent(known.getValue(), Schemas::read).validate(body, InputFormat.JSON);
            if (!faults.isEmpty()) throw new AssertionError(known.getValue() + " does not allow this request:\n" + String.join("\n", faults.stream().map(Object::toString).limit(12).toList()) + "\n" + body);
        }
    }

    private static Schema read(String file) {
        try {
            // The vendor's `oneOf` has branches that overlap: it means any of them.
            return REGISTRY.getSchema(Files.readString(Path.of("test/schemas", file)).replace("\"oneOf\"", "\"anyOf\""), InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
