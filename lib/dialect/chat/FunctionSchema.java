package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.schema.*;

/// A function's parameters for an API without unions, references and null, in which every value has one type and every object
/// lists its properties. What may be of several types is a string: a model's text that spells another value becomes that value
/// where the tool allows no text. Follows the vendor's own proxy, github.com/ai-forever/gpt2giga ; 2026-11.
final class FunctionSchema {
    private static final Set<String> WORDS = Set.of("type", "title", "description", "default", "properties", "required",
        "additionalProperties", "items", "enum", "format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems",
        "pattern");
    private static final Set<String> FORMATS = Set.of("date", "date-time", "time");
    private static final Map<String, Set<String>> OF_TYPE = Map.of("object", Set.of("properties", "required", "additionalProperties"),
        "array", Set.of("items", "minItems", "maxItems"), "string", Set.of("format", "minLength", "maxLength", "pattern"));

    private final JsonObject definitions;
    private final Set<String> within = new HashSet<>();

    private FunctionSchema(JsonObject definitions) { this.definitions = definitions; }

    static JsonObject of(JsonObject given) {
        var root = Schema.ofTool(given);
        return new FunctionSchema(Json.at(root, "$defs")).schema(root);
    }

    private JsonObject schema(JsonObject given) {
        var before = Set.copyOf(within);
        var beside = Json.shallow(given);
        Json.drop(beside, "$ref");
        var whole = Json.has(given, "$ref") ? SchemaUnion.both(beside, followed(given)) : united(given);
        var type = type(whole);
        Json.put(whole, "type", type);
        literals(whole, type);
        items(whole);
        if (Json.has(whole, "patternProperties")) Json.drop(whole, "additionalProperties");
        for (var word : Json.keys(whole)) if (!WORDS.contains(word) || isOfOther(word, type)) Json.drop(whole, word);
        if (!Json.has(whole, "default")) Json.drop(whole, "default");   // null
        if (!FORMATS.contains(Json.text(whole, "format"))) Json.drop(whole, "format");
        if (type.equals("object") && !Json.has(whole, "properties")) Json.put(whole, "properties", new JsonObject());
        if (type.equals("array") && !Json.has(whole, "items")) Json.put(whole, "items", new JsonObject());
        var out = Schema.mapped(whole, this::schema);
        within.retainAll(before);
        return out;
    }

    private static boolean isOfOther(String word, String type) {
        return OF_TYPE.entrySet().stream().anyMatch(entry -> entry.getValue().contains(word) && !entry.getKey().equals(type));
    }

    /// Without `allOf`, and without unions if all their variants are of one type.
    private JsonObject united(JsonObject given) {
        var whole = Json.shallow(given);
        SchemaUnion.UNIONS.forEach(union -> Json.drop(whole, union));
        var out = whole;
        for (var part : Json.list(given, "allOf")) out = SchemaUnion.both(out, followed(Json.at(part)));
        for (var union : List.of("anyOf", "oneOf")) {
            var variants = Json.list(given, union).stream().map(Json::at)
                .filter(one -> !SchemaUnion.types(one).equals(List.of("null"))).toList();
            if (!variants.isEmpty()) out = SchemaUnion.both(out, variant(variants));
        }
        return out;
    }

    /// Without the reference, unless it leads back to where it is.
    private JsonObject followed(JsonObject schema) {
        var reference = Json.text(schema, "$ref");
        if (reference.isEmpty()) return united(schema);
        return within.add(reference) ? united(Schema.target(reference, definitions)) : Json.object("type", "string");
    }

    private JsonObject variant(List<JsonObject> variants) {
        var each = variants.stream().map(this::followed).toList();
        var types = each.stream().map(FunctionSchema::type).distinct().toList();
        if (each.size() == 1) return each.getFirst();
        if (types.equals(List.of("object"))) return SchemaUnion.object(Json.object("anyOf", Json.arrayOf(each)), definitions);
        if (types.equals(List.of("array"))) return Json.object("type", "array", "items", SchemaUnion.any(each.stream()
            .map(one -> Json.at(one, "items")).toList()));
        var one = SchemaUnion.any(each);
        Json.drop(one, "anyOf");
        Json.put(one, "type", one(types));
        return one;
    }

    private static String one(List<String> types) {
        return types.size() == 1 ? types.getFirst() : Set.of("integer", "number").containsAll(types) ? "number" : "string";
    }

    private static String type(JsonObject schema) {
        var types = SchemaUnion.types(schema).stream().filter(type -> !type.equals("null")).toList();
        if (!types.isEmpty()) return one(types);
        if (Json.has(schema, "properties") || Json.has(schema, "additionalProperties")) return "object";
        if (Json.has(schema, "items") || Json.has(schema, "prefixItems")) return "array";
        return "string";
    }

    /// Only values of the type: others are told in words.
    private static void literals(JsonObject schema, String type) {
        var values = Json.has(schema, "const") ? List.of(Json.find(schema, "const"))
            : Json.list(schema, "enum").stream().filter(value -> !value.isJsonNull()).toList();
        Json.drop(schema, "enum");
        if (values.isEmpty()) return;
        var fit = values.stream().allMatch(value -> type.equals("string") ? Json.isText(value) : Json.isNumber(value));
        if (fit) Json.put(schema, "enum", Json.arrayOf(values));
        else Schema.describe(schema, values);
    }

    private static void items(JsonObject schema) {
        if (!Json.has(schema, "prefixItems")) return;
        var items = Stream.concat(Json.list(schema, "prefixItems").stream().map(Json::at), Stream.of(Json.at(schema, "items"))).toList();
        Json.put(schema, "items", SchemaUnion.any(items));
    }
}
