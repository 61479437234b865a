package lib.dialect.gemini;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.wire.*;

/// JSON schemas as Gemini accepts them: JSON Schema without a few keywords, or the older subset of OpenAPI.
/// https://ai.google.dev/api/caching#Schema
final class GeminiSchema {
    private static final List<String> OLD_WORDS = List.of("type", "format", "title", "description", "nullable", "enum", "maxItems",
        "minItems", "required", "minProperties",
        "maxProperties", "minLength", "maxLength", "pattern", "anyOf", "minimum", "maximum");
    private static final List<String> OLD_FORMATS = List.of("enum", "date-time");
    private static final int DEEPEST = 24;   // a recursive schema never ends

    private GeminiSchema() {}

    /// Gemini ignores `const`, so it becomes an `enum` of one value; a `$ref` may have no keys beside it.
    static JsonObject of(JsonObject schema) {
        var root = Json.copy(Schema.ofTool(schema));
        Json.eachObject(root, object -> {
            if (Json.isText(object, "$ref"))
                Json.keys(object).stream().filter(key -> !key.startsWith("$")).toList().forEach(key -> Json.drop(object, key));
            if (!Json.has(object, "const") || Json.at(object, "const").isJsonObject() && !Json.at(object, "const").isEmpty()) return;
            Json.put(object, "enum", Json.array(Json.find(object, "const")));
            Json.drop(object, "const");
        });
        return root;
    }

    /// The older format: only the keywords that it knows, with references resolved in place.
    static JsonObject old(JsonObject schema) { return old(schema, schema, 0); }

    private static JsonObject old(JsonObject given, JsonObject root, int depth) {
        var schema = referred(given, root);
        var out = new JsonObject();
        if (depth > DEEPEST) return Json.object("type", "OBJECT");
        for (var word : Json.keys(schema)) if (OLD_WORDS.contains(word)) Json.put(out, word, Json.find(schema, word));
        types(schema, out);
        if (Json.has(schema, "properties")) {
            var properties = new JsonObject();
            for (var name : Json.keys(Json.at(schema, "properties")))
                Json.put(properties, name, old(Json.at(schema, "properties", name), root, depth + 1));
            Json.put(out, "properties", properties);
            Json.put(out, "required", Json.arrayOf(Json.list(schema, "required").stream()
                .filter(name -> Json.has(properties, Json.text(name))).toList()));
        }
        if (Json.has(schema, "items")) Json.put(out, "items", old(Json.at(schema, "items"), root, depth + 1));
        for (var union : List.of("anyOf", "oneOf"))
            if (Json.has(schema, union)) Json.put(out, "anyOf", each(Json.list(schema, union), root, depth));
        var values = Json.list(schema, "enum");
        if (!values.isEmpty() && !values.stream().allMatch(Json::isText)) {   // values must be strings
            Json.drop(out, "enum");
            Json.put(out, "description", (Json.text(schema, "description") + " One of " + Json.write(Json.arrayOf(values))).strip());
        }
        if (!OLD_FORMATS.contains(Json.text(schema, "format"))) Json.drop(out, "format");
        return out;
    }

    private static JsonArray each(List<JsonElement> schemas, JsonObject root, int depth) {
        return Json.arrayOf(schemas.stream().map(one -> old(Json.at(one), root, depth + 1)).toList());
    }

    private static JsonObject referred(JsonObject schema, JsonObject root) {
        var path = Json.text(schema, "$ref");
        return path.startsWith("#/") ? Json.at(root, path.substring(2).split("/")) : schema;
    }

    /// A list of types becomes a union, and `null` the `nullable` flag.
    private static void types(JsonObject schema, JsonObject out) {
        var types = new ArrayList<>(Json.isText(schema, "type")
            ? List.of(Json.text(schema, "type")) : Json.list(schema, "type").stream().map(Json::text).toList());
        if (types.isEmpty()) return;
        if (types.remove("null")) Json.put(out, "nullable", true);
        if (types.size() == 1) Json.put(out, "type", types.getFirst().toUpperCase(Locale.ROOT));
        else {
            Json.drop(out, "type");
            Json.put(out, "anyOf", Json.arrayOf(types.stream().map(type -> Json.object("type", type.toUpperCase(Locale.ROOT))).toList()));
        }
    }
}
