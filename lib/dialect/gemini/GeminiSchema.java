package lib.dialect.gemini;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.schema.*;

/// JSON schemas with the words that Gemini knows: those of its field for JSON Schema, or the older subset of OpenAPI.
/// https://ai.google.dev/api/generate-content#FIELDS.response_json_schema , https://ai.google.dev/api/caching#Schema ; 2026-11
final class GeminiSchema {
    /// The last five are ignored, which the model may not do.
    private static final Set<String> WORDS = Set.of("$ref", "$defs", "type", "properties", "required", "additionalProperties", "items",
        "prefixItems", "enum", "anyOf", "minItems", "maxItems", "minimum", "maximum", "format", "title", "description",
        "pattern", "exclusiveMinimum", "exclusiveMaximum", "default", "examples");
    private static final Set<String> OLD_WORDS = Set.of("type", "format", "title", "description", "nullable", "enum", "maxItems",
        "minItems", "properties", "required", "minProperties", "maxProperties", "minLength", "maxLength", "pattern", "items", "anyOf",
        "minimum", "maximum");
    private static final Set<String> OLD_FORMATS = Set.of("enum", "date-time");

    private GeminiSchema() {}

    static JsonObject ofTool(JsonObject schema) { return known(Schema.ofTool(schema)); }

    static JsonObject ofAnswer(JsonObject schema) { return known(Schema.resolved(schema)); }

    /// `const` would be ignored, so it becomes an `enum` of one value; a `$ref` may have no keys beside it.
    private static JsonObject known(JsonObject given) {
        var schema = widened(Schema.mapped(given, GeminiSchema::known));
        if (Json.has(schema, "$ref")) {
            Json.keys(schema).stream().filter(word -> !word.startsWith("$")).forEach(word -> Json.drop(schema, word));
            return schema;
        }
        var values = Json.list(schema, "enum");
        if (values.stream().anyMatch(value -> !Json.isText(value) && !Json.isNumber(value))) Schema.describe(schema, values);
        Json.keys(schema).stream().filter(word -> !WORDS.contains(word)).forEach(word -> Json.drop(schema, word));
        return schema;
    }

    /// Without the words that neither form has.
    private static JsonObject widened(JsonObject given) {
        var whole = Json.shallow(given);
        Json.drop(whole, "allOf");
        for (var part : Json.list(given, "allOf")) whole = SchemaUnion.both(whole, Json.at(part));
        if (Json.has(whole, "oneOf") && !Json.has(whole, "anyOf")) Json.put(whole, "anyOf", Json.find(whole, "oneOf"));
        if (Json.has(whole, "patternProperties")) Json.drop(whole, "additionalProperties");
        if (Json.mentions(whole, "const") && !Json.has(whole, "enum")) Json.put(whole, "enum", Json.array(Json.find(whole, "const")));
        return whole;
    }

    /// The older form, from the newer one: one type for each schema, and references written out as far as that ends.
    static JsonObject old(JsonObject schema) { return new Old(Json.at(schema, "$defs")).schema(schema); }

    private static final class Old {
        private final JsonObject definitions;
        private final Set<String> within = new HashSet<>();

        private Old(JsonObject definitions) { this.definitions = definitions; }

        private JsonObject schema(JsonObject given) {
            var reference = Json.text(given, "$ref");
            if (!reference.isEmpty()) {
                var target = Schema.target(reference, definitions);
                var isObject = SchemaUnion.types(target).equals(List.of("object"));
                if (!within.add(reference)) return isObject ? Json.object("type", "OBJECT") : new JsonObject();
                var whole = schema(target);
                within.remove(reference);
                return whole;
            }
            var plain = Json.shallow(given);
            Json.drop(plain, "$defs");
            var schema = Schema.mapped(first(plain), this::schema);
            nullable(schema);
            if (Json.has(schema, "required")) Json.put(schema, "required", Json.arrayOf(Json.list(schema, "required").stream()
                .filter(name -> Json.has(schema, "properties", Json.text(name))).toList()));
            if (Json.list(schema, "required").isEmpty()) Json.drop(schema, "required");
            type(schema);
            var type = Json.text(schema, "type");
            var values = Json.list(schema, "enum");
            if (!values.isEmpty() && !(type.equals("STRING") && values.stream().allMatch(Json::isText))) Schema.describe(schema, values);
            if (!type.equals("STRING") || !OLD_FORMATS.contains(Json.text(schema, "format"))) Json.drop(schema, "format");
            Json.keys(schema).stream().filter(word -> !OLD_WORDS.contains(word)).forEach(word -> Json.drop(schema, word));
            return schema;
        }

        /// The first items of an array are like all of them here.
        private static JsonObject first(JsonObject schema) {
            if (!Json.has(schema, "prefixItems")) return schema;
            var whole = Json.shallow(schema);
            var items = Json.list(schema, "prefixItems");
            var isWhole = Json.isNumber(schema, "maxItems") && Json.number(schema, "maxItems") <= items.size();
            var all = Stream.concat(items.stream().map(Json::at), isWhole ? Stream.empty() : Stream.of(Json.at(schema, "items"))).toList();
            Json.put(whole, "items", SchemaUnion.any(all));
            return whole;
        }

        /// The type `null` becomes a flag, also where it is one of several.
        private static void nullable(JsonObject schema) {
            var variants = Json.list(schema, "anyOf").stream().filter(one -> !isNull(one)).toList();
            if (variants.size() < Json.list(schema, "anyOf").size()) {
                Json.put(schema, "nullable", true);
                Json.drop(schema, "anyOf");
                if (!variants.isEmpty()) Json.put(schema, "anyOf", Json.arrayOf(variants));
            }
            if (Json.list(schema, "enum").stream().anyMatch(JsonElement::isJsonNull)) Json.put(schema, "nullable", true);
        }

        /// What is left of a schema for `null` alone.
        private static boolean isNull(JsonElement schema) { return Json.keys(schema).equals(List.of("nullable")); }

        private static void type(JsonObject schema) {
            var types = new ArrayList<>(SchemaUnion.types(schema));
            if (types.remove("null")) Json.put(schema, "nullable", true);
            Json.drop(schema, "type");
            if (types.size() == 1) Json.put(schema, "type", types.getFirst().toUpperCase(Locale.ROOT));
            else if (types.size() > 1 && !Json.has(schema, "anyOf"))
                Json.put(schema, "anyOf", Json.arrayOf(types.stream().map(type -> of(type, schema)).toList()));
        }

        private static JsonObject of(String type, JsonObject schema) {
            var one = Json.object("type", type.toUpperCase(Locale.ROOT));
            if (type.equals("object")) Json.pass(schema, one, "properties", "required");
            if (type.equals("array")) Json.pass(schema, one, "items");
            return one;
        }
    }
}
