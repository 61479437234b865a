package lib.route;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.schema.*;

import static org.junit.jupiter.api.Assertions.assertTrue;

/// What each vendor's documentation says of the schemas that it takes.
final class VendorSchemas {
    private static final Set<String> GEMINI = Set.of("$ref", "$defs", "type", "properties", "required", "additionalProperties", "items", "prefixItems", "enum", "anyOf",
        "minItems", "maxItems", "minimum", "maximum", "format", "title", "description", "pattern", "exclusiveMinimum", "exclusiveMaximum", "default", "examples"),
        OPENAPI = Set.of("type", "format", "title", "description", "nullable", "enum", "maxItems", "minItems", "properties", "required", "minProperties", "maxProperties",
            "minLength", "maxLength", "pattern", "items", "anyOf", "minimum", "maximum"),
        UNIONS = Set.of("anyOf", "oneOf", "allOf", "enum", "not"), OF_OTHER_DRAFTS = Set.of("definitions", "dependencies", "additionalItems", "$schema", "$id", "id", "$dynamicRef");

    private VendorSchemas() {}

    static void check(JsonObject schema, String path, boolean tool, String about) {
        var old = path.endsWith("parameters") && path.contains("functionDeclarations") || path.endsWith("responseSchema");
        var functions = path.startsWith("functions");
        if (tool && !schema.isEmpty()) {   // Gemini leaves it out if there are no properties
            assertTrue(Json.text(schema, "type").equalsIgnoreCase("object"), about + "is not an object's");
            assertTrue(old || Json.find(schema, "properties") instanceof JsonObject, about + "names no properties");
            assertTrue(UNIONS.stream().noneMatch(word -> Json.has(schema, word)), about + "has a union at the root");
        }
        each(schema, one -> {
            if (!Json.has(one, "properties", "type")) for (var word : OF_OTHER_DRAFTS) assertTrue(!Json.has(one, word), about + "says " + word);
            if (Json.isText(one, "$ref")) assertTrue(Json.has(schema, "$defs", Json.text(one, "$ref").replace("#/$defs/", "")), about + "refers to nothing");
            if (SchemaUnion.types(one).contains("array")) assertTrue(Json.has(one, "items") || Json.has(one, "prefixItems"), about + "has a list of what?");
            if (path.contains("JsonSchema")) gemini(one, about);
            if (old) openApi(one, about);
            if (functions) gigaChat(one, about);
        });
    }

    private static void gemini(JsonObject schema, String about) {
        assertTrue(GEMINI.containsAll(Json.keys(schema)), about + "has words that Gemini does not know");
        assertTrue(!Json.has(schema, "$ref") || Json.keys(schema).stream().allMatch(word -> word.startsWith("$")), about + "has words beside a reference");
        assertTrue(Json.list(schema, "enum").stream().allMatch(value -> Json.isText(value) || Json.isNumber(value)), about + "has other values than texts and numbers");
    }

    private static void openApi(JsonObject schema, String about) {
        assertTrue(OPENAPI.containsAll(Json.keys(schema)), about + "has words that the older form does not know");
        assertTrue(!Json.has(schema, "type") || Set.of("STRING", "NUMBER", "INTEGER", "BOOLEAN", "ARRAY", "OBJECT").contains(Json.text(schema, "type")), about + "has another type");
        assertTrue(!Json.has(schema, "enum") || Json.text(schema, "type").equals("STRING") && Json.list(schema, "enum").stream().allMatch(Json::isText), about + "has an enum of other values");
        assertTrue(!Json.has(schema, "format") || Set.of("enum", "date-time").contains(Json.text(schema, "format")), about + "has another format");
        assertTrue(Json.list(schema, "required").stream().allMatch(name -> Json.has(schema, "properties", Json.text(name))), about + "requires what it does not name");
        assertTrue(!Json.has(schema, "anyOf") || !Json.list(schema, "anyOf").isEmpty(), about + "has an empty union");
        assertTrue(!Json.text(schema, "type").equals("ARRAY") || Json.has(schema, "items"), about + "has a list of what?");
    }

    private static void gigaChat(JsonObject schema, String about) {
        assertTrue(Set.of("string", "number", "integer", "boolean", "array", "object").contains(Json.text(schema, "type")), about + "has no type, or several");
        for (var word : List.of("anyOf", "oneOf", "allOf", "$ref", "not", "if", "prefixItems", "patternProperties", "const"))
            assertTrue(!Json.has(schema, word), about + "says " + word);
        assertTrue(!Json.text(schema, "type").equals("object") || Json.find(schema, "properties") instanceof JsonObject, about + "has an object without properties");
    }

    /// Every schema in it; none of them may be true or false, which llama.cpp and Gemini refuse.
    private static void each(JsonObject schema, Consumer<JsonObject> visit) {
        visit.accept(schema);
        Schema.mapped(schema, inner -> {
            each(inner, visit);
            return inner;
        });
    }

    /// The older form of Gemini, in the words of JSON Schema.
    static JsonObject readable(JsonObject schema, String path) {
        return path.contains("JsonSchema") || !path.contains("functionDeclarations") && !path.endsWith("responseSchema") ? schema : plain(schema);
    }

    private static JsonObject plain(JsonObject given) {
        var schema = Schema.mapped(given, VendorSchemas::plain);
        if (Json.has(schema, "type")) Json.put(schema, "type", Json.text(schema, "type").toLowerCase(Locale.ROOT));
        if (!Json.flag(schema, "nullable")) return schema;
        Json.drop(schema, "nullable");
        return Json.keys(schema).isEmpty() ? Json.object("type", "null") : Json.object("anyOf", Json.array(schema, Json.object("type", "null")));
    }

    /// The value as it is written where every value has one type: others are text, which becomes what it spells where the tool
    /// takes no text. Empty if it cannot be said: null, and anything but an object where only `properties` say that one is meant.
    static Optional<JsonElement> said(JsonObject schema, JsonElement value) {
        if (value.isJsonNull() || Json.text(schema, "type").equals("object") && !value.isJsonObject()
            || Json.text(schema, "type").equals("array") && !value.isJsonArray()) return Optional.empty();
        if (Json.text(schema, "type").equals("string")) return Optional.of(Json.isText(value) ? value : Json.tree(Json.write(value)));
        if (value.isJsonArray()) {
            var all = Json.list(value).stream().map(item -> said(Json.at(schema, "items"), item)).toList();
            return all.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : Optional.of(Json.arrayOf(all.stream().map(Optional::get).toList()));
        }
        if (!value.isJsonObject()) return Optional.of(value);
        var out = new JsonObject();
        for (var name : Json.keys(value)) {
            var inner = said(Json.has(schema, "properties", name) ? Json.at(schema, "properties", name) : Json.at(schema, "additionalProperties"), Json.find(value, name));
            if (inner.isEmpty()) return Optional.empty();
            Json.put(out, name, inner.get());
        }
        return Optional.of(out);
    }
}
