package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.wire.*;

/// A function's parameters for an API without unions and null: every object lists its properties, even if empty, and a
/// union becomes its first variant that is not null. Follows the vendor's own proxy, github.com/ai-forever/gpt2giga ; 2026-11.
final class FunctionSchema {
    private static final Set<String> FORMATS = Set.of("date", "date-time", "time"),
        BY_NAME = Set.of("properties", "patternProperties", "$defs", "definitions"),
        LITERALS = Set.of("const", "default", "enum", "examples", "required");

    private FunctionSchema() {}

    static JsonObject of(JsonObject given) { return schema(Schema.ofTool(given)); }

    private static JsonObject schema(JsonObject given) {
        var whole = given;
        while (Json.has(whole, "anyOf") || Json.has(whole, "oneOf")) whole = first(whole, Json.has(whole, "anyOf") ? "anyOf" : "oneOf");
        var out = new JsonObject();
        for (var key : Json.keys(whole)) {
            var value = Json.find(whole, key);
            if (value.isJsonNull()) continue;   // the default of a nullable field
            if (key.equals("enum")) Json.put(out, key, Json.arrayOf(Json.list(value).stream().filter(one -> !one.isJsonNull()).toList()));
            else if (LITERALS.contains(key)) Json.put(out, key, value);
            else Json.put(out, key, BY_NAME.contains(key) && value instanceof JsonObject named ? named(named) : inner(value));
        }
        var types = Json.list(out, "type").stream().map(Json::text).filter(type -> !type.equals("null")).toList();
        if (!types.isEmpty()) Json.put(out, "type", types.getFirst());
        if (Json.text(out, "type").equals("object") && !Json.has(out, "properties")) Json.put(out, "properties", new JsonObject());
        if (Json.isText(out, "format") && !FORMATS.contains(Json.text(out, "format"))) Json.drop(out, "format");
        return out;
    }

    /// The first variant that is not null, with the keys beside the union.
    private static JsonObject first(JsonObject schema, String union) {
        var chosen = Json.list(schema, union).stream().filter(variant -> !Json.text(variant, "type").equals("null")).findFirst();
        var whole = Json.shallow(chosen.map(Json::at).orElseGet(JsonObject::new));
        for (var key : Json.keys(schema)) if (!key.equals(union) && !Json.has(whole, key)) Json.put(whole, key, Json.find(schema, key));
        return whole;
    }

    private static JsonObject named(JsonObject schemas) {
        var out = new JsonObject();
        for (var name : Json.keys(schemas)) Json.put(out, name, inner(Json.find(schemas, name)));
        return out;
    }

    private static JsonElement inner(JsonElement value) {
        if (value instanceof JsonObject object) return schema(object);
        return value instanceof JsonArray ? Json.arrayOf(Json.list(value).stream().map(FunctionSchema::inner).toList()) : value;
    }
}
