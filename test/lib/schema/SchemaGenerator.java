package lib.schema;

import module java.base;

import lib.json.*;

/// Makes JSON Schemas as MCP servers write them, and worse, and values that may match them. The same seed makes the same.
public final class SchemaGenerator {
    private static final List<String> NAMES = List.of("a", "b", "kind", "type", "pattern", "$ref", "properties", "required", "items", "enum", "definitions", "x y", "default"),
        WORDS = List.of("x", "yy", "2026-11-29", "a1", "", "a@b.de"), DEFINITIONS = List.of("A", "B", "C d", "e/f");
    private static final List<Object> LITERALS = List.of("x", "yy", 1, 2.5, true);
    private static final int DEEPEST = 3;

    private final Random random;
    private final int draft;   // 0: says none
    private final JsonObject definitions = new JsonObject();

    public SchemaGenerator(long seed) {
        random = new Random(seed);
        draft = pick(List.of(0, 0, 2020, 2020, 7, 4));
    }

    private boolean isOld() { return draft == 7 || draft == 4; }

    private <T> T pick(List<T> of) { return of.get(random.nextInt(of.size())); }

    private boolean chance(int percent) { return random.nextInt(100) < percent; }

    /// What a tool takes: an object, by many ways of saying so.
    public JsonObject tool() { return whole(chance(50) ? object(0) : chance(50) ? union(0, true) : reference()); }

    /// What an answer may be.
    public JsonObject any() { return whole(schema(0)); }

    private JsonObject whole(JsonElement root) {
        if (!(root instanceof JsonObject made)) return whole(object(0));
        var schema = Json.shallow(made);
        for (var i = 0; i < DEFINITIONS.size(); i++) Json.put(definitions, DEFINITIONS.get(i), i == 0 ? object(1) : schema(1));
        if (Json.write(schema).contains("$ref")) Json.put(schema, isOld() ? "definitions" : "$defs", definitions);
        if (draft > 0) Json.put(schema, "$schema", draft == 2020 ? "https://json-schema.org/draft/2020-12/schema" : "http://json-schema.org/draft-0" + draft + "/schema#");
        return schema;
    }

    private JsonElement schema(int depth) {
        if (depth > DEEPEST) return scalar();
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> object(depth);
            case 3, 4 -> array(depth);
            case 5, 6 -> union(depth, false);
            case 7, 8 -> reference();
            case 9 -> draft == 4 ? new JsonObject() : Json.tree(chance(80));
            case 10 -> Json.object("type", Json.array("string", pick(List.of("integer", "null", "array", "object"))));
            case 11 -> limited(depth);
            default -> scalar();
        };
    }

    private JsonElement limited(int depth) {
        var schema = Json.shallow(scalar());
        if (draft == 4 || chance(50)) Json.put(schema, "not", chance(50) ? Json.object("enum", Json.array("yy", 1)) : Json.object("allOf", Json.array(reference())));
        else {
            Json.put(schema, "if", Json.object("type", "string"));
            Json.put(schema, "then", Json.object("minLength", 1));
            Json.put(schema, "else", schema(depth + 2));
        }
        return schema;
    }

    private JsonObject scalar() {
        return switch (random.nextInt(10)) {
            case 0 -> Json.object("type", "string", "format", pick(List.of("date", "uri", "email", "date-time")));
            case 1 -> Json.object("type", "string", "pattern", pick(List.of("^[a-z]", "\\d", "^x$")), "description", "Text of a kind");
            case 2 -> Json.object("type", "string", "minLength", 1, "maxLength", 4);
            case 3 -> Json.object("type", "integer", "minimum", -1, "exclusiveMaximum", draft == 4 ? Json.tree(true) : Json.tree(9), "maximum", 9);
            case 4 -> Json.object("type", "number", "multipleOf", 0.5);
            case 5 -> Json.object("type", "boolean", "default", true);
            case 6 -> Json.object("enum", Json.array(LITERALS.get(random.nextInt(2)), pick(LITERALS.subList(2, 5)), chance(30) ? null : "z"));
            case 7 -> draft == 4 ? Json.object("enum", Json.array("x")) : Json.object("const", pick(LITERALS));
            case 8 -> Json.object("type", pick(List.of("string", "integer")), "nullable", true);
            default -> Json.object("type", pick(List.of("string", "integer", "null", "boolean")));
        };
    }

    private JsonObject object(int depth) {
        var properties = new JsonObject();
        for (var i = random.nextInt(4); i > 0; i--) Json.put(properties, pick(NAMES), schema(depth + 1));
        var schema = chance(85) ? Json.object("type", "object") : new JsonObject();
        if (chance(90)) Json.put(schema, "properties", properties);
        var required = Json.keys(properties).stream().filter(_ -> chance(40)).toList();
        if (!required.isEmpty()) Json.put(schema, "required", Json.arrayOf(required));
        switch (random.nextInt(6)) {
            case 0, 1 -> Json.put(schema, "additionalProperties", false);
            case 2 -> Json.put(schema, "additionalProperties", draft == 4 ? scalar() : schema(depth + 1));
            default -> { }
        }
        if (chance(10)) Json.put(schema, "patternProperties", Json.object("^x", scalar()));
        if (chance(6)) Json.put(schema, isOld() ? "dependencies" : "dependentRequired", Json.object("a", Json.array("b")));
        if (chance(6) && draft != 4) Json.put(schema, "propertyNames", Json.object("maxLength", 11));
        if (chance(12) && depth <= DEEPEST) Json.put(schema, "allOf", Json.array(chance(50) ? object(depth + 1) : reference()));
        if (chance(5) && !isOld()) Json.put(schema, "unevaluatedProperties", scalar());
        return schema;
    }

    private JsonObject array(int depth) {
        var schema = Json.object("type", "array");
        if (chance(30)) {
            Json.put(schema, isOld() ? "items" : "prefixItems", Json.array(schemaOf(depth + 1), schemaOf(depth + 1)));
            if (chance(60)) Json.put(schema, isOld() ? "additionalItems" : "items", chance(50) && draft != 4 ? Json.tree(false) : scalar());
        } else if (chance(80)) Json.put(schema, "items", schemaOf(depth + 1));
        if (chance(20)) Json.put(schema, "minItems", 1);
        if (chance(20)) Json.put(schema, "maxItems", 3);
        if (chance(15)) Json.put(schema, "uniqueItems", true);
        if (chance(10) && draft != 4) Json.put(schema, "contains", scalar());
        return schema;
    }

    private JsonElement schemaOf(int depth) { return schema(depth); }

    private JsonObject union(int depth, boolean ofObjects) {
        var branches = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(_ -> ofObjects ? chance(70) ? object(depth + 1) : reference() : schema(depth + 1)).toList();
        var schema = chance(30) && ofObjects ? object(depth + 1) : new JsonObject();
        Json.put(schema, pick(List.of("anyOf", "oneOf", "oneOf", "allOf")), Json.arrayOf(branches));
        return schema;
    }

    private JsonObject reference() {
        var name = pick(DEFINITIONS).replace("/", "~1").replace(" ", "%20");
        var schema = Json.object("$ref", chance(95) ? "#/" + (isOld() ? "definitions" : "$defs") + "/" + name : "#");
        if (chance(20)) Json.put(schema, "description", "By reference");
        if (chance(10)) Json.put(schema, "required", Json.array("a"));
        return schema;
    }

    /// A value made to match the schema, if that is easily done.
    public JsonElement value(JsonElement schema, JsonObject root) { return value(schema, root, 0); }

    private JsonElement value(JsonElement given, JsonObject root, int depth) {
        if (!(given instanceof JsonObject schema) || depth > 12) return something();
        if (Json.isText(schema, "$ref")) {
            var path = Json.text(schema, "$ref").substring(1).replace("%20", " ").split("/");
            var target = path.length < 3 ? root : Json.find(root, path[1], path[2].replace("~1", "/"));
            return value(target, root, depth + 1);
        }
        if (Json.keys(schema).contains("const")) return Json.find(schema, "const");
        if (!Json.list(schema, "enum").isEmpty()) return pick(Json.list(schema, "enum"));
        var values = new ArrayList<JsonElement>();
        for (var union : List.of("anyOf", "oneOf"))
            if (!Json.list(schema, union).isEmpty()) values.add(value(pick(Json.list(schema, union)), root, depth + 1));
        for (var part : Json.list(schema, "allOf")) values.add(value(part, root, depth + 1));
        if (!values.isEmpty() && !(values.getFirst() instanceof JsonObject)) return values.getFirst();
        var own = own(schema, root, depth);
        if (values.isEmpty()) return own;
        var merged = own instanceof JsonObject object ? object : new JsonObject();
        for (var value : values) for (var key : Json.keys(value)) Json.put(merged, key, Json.find(value, key));
        return merged;
    }

    private JsonElement own(JsonObject schema, JsonObject root, int depth) {
        var types = SchemaUnion.types(schema);
        if (Json.flag(schema, "nullable") && chance(20)) return Json.tree(null);
        var type = types.isEmpty() ? Json.has(schema, "items") || Json.has(schema, "prefixItems") ? "array" : chance(90) ? "object" : "string" : pick(types);
        return switch (type) {
            case "object" -> object(schema, root, depth);
            case "array" -> array(schema, root, depth);
            case "integer" -> Json.tree(random.nextInt(10) - 1);
            case "number" -> Json.tree(random.nextInt(5) / 2.0);
            case "boolean" -> Json.tree(chance(50));
            case "null" -> Json.tree(null);
            default -> Json.tree(pick(WORDS));
        };
    }

    private JsonObject object(JsonObject schema, JsonObject root, int depth) {
        var value = new JsonObject();
        var required = Json.list(schema, "required").stream().map(Json::text).toList();
        for (var name : Json.keys(Json.at(schema, "properties")))
            if (required.contains(name) || chance(60 - 5 * depth)) Json.put(value, name, value(Json.find(schema, "properties", name), root, depth + 1));
        for (var name : required) if (!Json.keys(value).contains(name)) Json.put(value, name, something());
        var others = Json.find(schema, "additionalProperties");
        if (chance(30) && !(Json.isFlag(others) && !Json.flag(others))) {
            var name = chance(60) ? pick(NAMES) : "xtra";
            if (!Json.keys(value).contains(name)) Json.put(value, name, others.isJsonNull() ? something() : value(others, root, depth + 1));
        }
        return value;
    }

    private JsonElement array(JsonObject schema, JsonObject root, int depth) {
        var first = new ArrayList<>(Json.list(schema, "prefixItems"));
        if (first.isEmpty()) first.addAll(Json.list(schema, "items"));
        var rest = Json.find(schema, Json.list(schema, "items").isEmpty() ? "items" : "additionalItems");
        var values = new ArrayList<JsonElement>();
        for (var i = random.nextInt(4); i > 0; i--) values.add(value(values.size() < first.size() ? first.get(values.size()) : rest, root, depth + 1));
        return Json.arrayOf(values);
    }

    private JsonElement something() {
        return pick(List.of(Json.tree("x"), Json.tree(7), Json.tree(true), Json.tree(null), Json.array("x", 1), Json.object("a", "x"), Json.tree("{\"a\":1}")));
    }
}
