package lib.answer;

import module java.base;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;

import lib.json.*;

/// Whether an answer is JSON that matches the client's schema. The library reads drafts 4 to 2020-12, reads through gson and
/// needs nothing else; it is loaded with the first answer.
final class SchemaCheck {
    private static final int MOST_ERRORS = 8;

    private final String schema;

    SchemaCheck(JsonObject schema) { this.schema = Json.write(schema); }

    /// What is wrong with the answer, in the validator's words; empty if it matches. A schema that cannot be read forbids nothing.
    List<String> errors(String answer) {
        JsonElement json;
        try {
            json = Json.parse(answer);
        } catch (Json.Malformed e) {
            return List.of("it is not valid JSON");
        }
        try {
            var result = new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).validate(schema, Json.write(json));
            if (result.isValid()) return List.of();
            return result.getErrors().stream().map(SchemaCheck::words).distinct().limit(MOST_ERRORS).toList();
        } catch (JsonSchemaException | StackOverflowError e) {   // such as one that refers to itself and to nothing else
            return List.of();
        }
    }

    private static String words(dev.harrel.jsonschema.Error error) {
        var place = error.getInstanceLocation().isEmpty() ? "the whole answer" : error.getInstanceLocation();
        return place + ": " + (error.getKeyword() == null ? "is not allowed" : error.getError());
    }
}
