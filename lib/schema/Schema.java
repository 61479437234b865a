package lib.schema;

import module java.base;

import lib.json.*;

/// JSON schemas of tools and answers, in a form that providers accept. What comes out accepts whatever the original accepted.
public final class Schema {
    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "$defs", "definitions",
        "dependentSchemas"), LISTS_OF_SCHEMAS = Set.of("anyOf", "oneOf", "allOf", "prefixItems"),
        SCHEMAS = Set.of("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "contentSchema",
            "unevaluatedItems", "unevaluatedProperties");
    private static final Set<String> LIMITS = Set.of("pattern", "format", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
        "contains", "minContains", "maxContains", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minProperties", "maxProperties", "propertyNames", "patternProperties", "dependentRequired", "dependentSchemas", "if", "then",
        "else", "not", "prefixItems", "contentEncoding", "contentMediaType", "contentSchema", "$schema", "$id", "$comment", "examples",
        "default");

    /// Words that a schema can do without at a loss, if a server refuses them by name.
    public static final Set<String> SPARED = Set.of("additionalProperties", "additionalItems", "prefixItems", "anyOf", "oneOf", "allOf",
        "const", "enum", "title", "nullable", "deprecated", "readOnly", "writeOnly", "discriminator", "$ref", "$defs", "definitions");

    private static final SchemaMemo<JsonObject> OF_TOOLS = new SchemaMemo<>();

    private Schema() {}

    /// The JSON schema that the client wants for the answer (output_config.format, formerly output_format), or empty.
    public static JsonObject ofAnswer(JsonObject message) {
        var format = Json.at(message, "output_config", "format");
        return Json.at(Json.text(format, "type").equals("json_schema") ? format : Json.at(message, "output_format"), "schema");
    }

    /// In the words of JSON Schema 2020-12, without references that can be written out.
    public static JsonObject resolved(JsonObject given) { return SchemaReferences.resolved(given); }

    /// The form that OpenAI-type APIs require: an object with `properties` and without unions at the root, and `items` for
    /// every array.
    public static JsonObject ofTool(JsonObject given) {
        return Json.copy(OF_TOOLS.get(given, "", () -> Json.objectIn(Json.bytes(made(given)))));
    }

    private static JsonObject made(JsonObject given) {
        var resolved = resolved(given);
        var root = SchemaUnion.object(resolved, Json.at(resolved, "$defs"));
        Json.put(root, "type", "object");
        if (!Json.has(root, "properties")) Json.put(root, "properties", new JsonObject());
        return root;
    }

    /// The schema without the words that limit values, which not every server can make a grammar of, and without those that
    /// were refused by name.
    public static JsonObject simple(JsonObject schema, Set<String> refused) {
        var words = new HashSet<>(LIMITS);
        words.addAll(refused);
        if (refused.contains("$defs")) words.add("$ref");
        return without(words, resolved(schema));
    }

    /// The schema without these words.
    public static JsonObject without(Set<String> words, JsonObject schema) {
        var out = mapped(schema, inner -> without(words, inner));
        if (Json.has(out, "oneOf")) {   // more than one may fit now
            if (!Json.has(out, "anyOf")) Json.put(out, "anyOf", Json.find(out, "oneOf"));
            Json.drop(out, "oneOf");
        }
        for (var word : List.of("not", "if")) {   // what they are about may not become more
            var inner = Json.find(out, word);
            if (!inner.equals(Json.find(schema, word)) || Json.write(inner).contains("$ref")) Json.drop(out, word);
        }
        if (words.contains("patternProperties") && Json.has(out, "patternProperties")) Json.drop(out, "additionalProperties");
        if (words.contains("prefixItems") && Json.has(out, "prefixItems")) Json.put(out, "items", new JsonObject());
        words.forEach(word -> Json.drop(out, word));
        return out;
    }

    /// What a reference leads to, of the `$defs` of a resolved schema.
    public static JsonObject target(String reference, JsonObject definitions) {
        return Json.at(definitions, reference.substring(reference.lastIndexOf('/') + 1));
    }

    /// Names in the description the values that an `enum` may not have.
    public static void describe(JsonObject schema, List<JsonElement> values) {
        Json.drop(schema, "enum");
        Json.put(schema, "description", (Json.text(schema, "description") + " One of " + Json.write(Json.arrayOf(values))).strip());
    }

    /// The schema with others in place of those inside it. Properties may be called like keywords, and values may look like schemas.
    public static JsonObject mapped(JsonObject schema, UnaryOperator<JsonObject> change) {
        var out = new JsonObject();
        for (var key : Json.keys(schema)) {
            var value = Json.find(schema, key);
            Function<JsonElement, JsonElement> changed = one -> inside(one, change);
            Json.put(out, key, SCHEMAS_BY_NAME.contains(key) && value instanceof JsonObject named ? named(named, changed)
                : LISTS_OF_SCHEMAS.contains(key) && value instanceof JsonArray ? each(value, changed)
                : SCHEMAS.contains(key) ? inside(value, change) : value);
        }
        return out;
    }

    private static JsonElement inside(JsonElement value, UnaryOperator<JsonObject> change) {
        return value instanceof JsonObject schema ? change.apply(schema) : value;
    }

    static JsonObject named(JsonObject schemas, Function<JsonElement, JsonElement> change) {
        var out = new JsonObject();
        for (var name : Json.keys(schemas)) Json.put(out, name, change.apply(Json.find(schemas, name)));
        return out;
    }

    static JsonArray each(JsonElement schemas, Function<JsonElement, JsonElement> change) {
        return Json.arrayOf(Json.list(schemas).stream().map(change).toList());
    }
}
