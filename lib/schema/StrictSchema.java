package lib.schema;

import module java.base;

import lib.json.*;

/// Whether OpenAI's strict mode takes a schema: every object closed, every property required, and no word that it does not know.
/// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas ; 2026-11
public final class StrictSchema {
    private static final Set<String> WORDS = Set.of("type", "title", "description", "properties", "required", "additionalProperties",
        "items", "enum", "const", "anyOf", "$ref", "$defs", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minItems", "maxItems");
    private static final Set<String> FORMATS = Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");
    private static final int DEEPEST = 10, MOST_PROPERTIES = 5_000, MOST_VALUES = 1_000;

    private int properties, values;

    private StrictSchema() {}

    public static boolean accepts(JsonObject schema) {
        var counted = new StrictSchema();
        return SchemaUnion.types(schema).equals(List.of("object")) && !Json.has(schema, "anyOf") && counted.isStrict(schema, 0)
            && counted.properties <= MOST_PROPERTIES && counted.values <= MOST_VALUES;
    }

    private boolean isStrict(JsonElement given, int depth) {
        if (!(given instanceof JsonObject schema) || depth > DEEPEST || !WORDS.containsAll(Json.keys(schema))) return false;
        var types = SchemaUnion.types(schema);
        if (types.isEmpty() && Stream.of("anyOf", "$ref", "enum", "const").noneMatch(word -> Json.has(schema, word))) return false;
        if (Json.has(schema, "format") && !FORMATS.contains(Json.text(schema, "format"))) return false;
        if ((types.contains("object") || Json.has(schema, "properties")) && !isClosed(schema)) return false;
        if (types.contains("array") && !Json.has(schema, "items")) return false;
        properties += Json.keys(Json.at(schema, "properties")).size();
        values += Json.list(schema, "enum").size();
        var named = Stream.of("properties", "$defs")
            .flatMap(word -> Json.keys(Json.at(schema, word)).stream().map(name -> Json.find(schema, word, name)));
        return named.allMatch(one -> isStrict(one, depth + 1))
            && Json.list(schema, "anyOf").stream().allMatch(one -> isStrict(one, depth + 1))
            && (!Json.has(schema, "items") || isStrict(Json.find(schema, "items"), depth + 1));
    }

    private static boolean isClosed(JsonObject schema) {
        var required = Json.list(schema, "required").stream().map(Json::text).toList();
        return Json.isFlag(schema, "additionalProperties") && !Json.flag(schema, "additionalProperties")
            && required.containsAll(Json.keys(Json.at(schema, "properties")));
    }
}
