package lib.schema;

import module java.base;

import lib.json.*;

/// Schemas put together without the words for it, which many APIs refuse: one that accepts whatever all of them accept, or whatever
/// any of them does. It may accept more, but never less.
public final class SchemaUnion {
    public static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf");
    private static final List<String> ANNOTATIONS = List.of("title", "description", "default", "examples");
    private static final Set<String> LITERALS = Set.of("type", "const", "enum");
    private static final Set<String> LEAST = Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"),
        MOST = Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");
    /// Words that mean something only together.
    private static final List<List<String>> GROUPS = List.of(List.of("if", "then", "else"),
        List.of("contains", "minContains", "maxContains"));

    private final JsonObject definitions;
    private final Set<String> within = new HashSet<>();

    private SchemaUnion(JsonObject definitions) { this.definitions = definitions; }

    /// An object's schema without unions at its root.
    public static JsonObject object(JsonObject schema, JsonObject definitions) { return new SchemaUnion(definitions).object(schema); }

    private JsonObject object(JsonObject given) {
        var reference = Json.text(given, "$ref");
        if (!reference.isEmpty()) {
            if (!within.add(reference)) return new JsonObject();
            var whole = object(Schema.target(reference, definitions));
            within.remove(reference);
            return whole;
        }
        var whole = Json.shallow(given);
        Stream.concat(UNIONS.stream(), Stream.of("enum", "const", "not")).forEach(word -> Json.drop(whole, word));
        var parts = new ArrayList<JsonObject>();
        for (var part : Json.list(given, "allOf")) parts.add(branch(part));
        for (var union : List.of("anyOf", "oneOf")) {
            var branches = Json.list(given, union).stream().filter(SchemaUnion::allowsObject).map(this::branch).toList();
            if (!branches.isEmpty()) parts.add(anyObject(branches));
        }
        return parts.stream().reduce(whole, SchemaUnion::both);
    }

    private JsonObject branch(JsonElement schema) { return bare(object(Json.at(schema))); }

    private static boolean allowsObject(JsonElement schema) {
        var types = types(Json.at(schema));
        return types.isEmpty() || types.contains("object");
    }

    public static List<String> types(JsonObject schema) {
        var type = Json.find(schema, "type");
        return Json.isText(type) ? List.of(Json.text(type)) : Json.list(type).stream().map(Json::text).toList();
    }

    /// Without the words that limit nothing.
    private static JsonObject bare(JsonObject schema) {
        var out = Json.shallow(schema);
        ANNOTATIONS.forEach(word -> Json.drop(out, word));
        return out;
    }

    /// What both accept. Of two rules that cannot be one, the first stays.
    public static JsonObject both(JsonObject a, JsonObject b) {
        var out = Json.shallow(a);
        for (var key : Json.keys(b)) {
            var group = GROUPS.stream().filter(words -> words.contains(key)).findFirst();
            if (group.isPresent() && Json.has(a, group.get().getFirst())) continue;
            Json.put(out, key, Json.has(a, key) ? both(key, Json.find(a, key), Json.find(b, key)) : Json.find(b, key));
        }
        if (Json.keys(bare(out)).stream().anyMatch(key -> !key.startsWith("$"))) Json.drop(out, "$ref");   // which stands alone with many
        return out;
    }

    private static JsonElement both(String key, JsonElement a, JsonElement b) {
        if (LEAST.contains(key)) return Json.decimal(a) >= Json.decimal(b) ? a : b;
        if (MOST.contains(key)) return Json.decimal(a) <= Json.decimal(b) ? a : b;
        return switch (key) {
            case "properties", "patternProperties", "dependentSchemas" -> {
                var all = Json.shallow(Json.at(a));
                for (var name : Json.keys(b)) Json.put(all, name, Json.has(all, name)
                    ? both(Json.at(all, name), Json.at(b, name)) : Json.find(b, name));
                yield all;
            }
            case "additionalProperties" -> !Json.isFlag(a) && !Json.isFlag(b) ? both(Json.at(a), Json.at(b))
                : Json.isFlag(a) == Json.flag(a) ? b : a;
            case "items", "propertyNames" -> both(Json.at(a), Json.at(b));
            case "prefixItems" -> {
                var first = Json.list(a);
                var second = Json.list(b);
                yield Json.arrayOf(IntStream.range(0, Math.max(first.size(), second.size())).mapToObj(i -> i >= first.size() ? second.get(i)
                    : i >= second.size() ? first.get(i) : both(Json.at(first.get(i)), Json.at(second.get(i)))).toList());
            }
            case "required", "allOf" -> Json.arrayOf(Stream.concat(Json.list(a).stream(), Json.list(b).stream()).distinct().toList());
            case "dependentRequired" -> {
                var all = Json.shallow(Json.at(a));
                for (var name : Json.keys(b)) Json.put(all, name, both("required", Json.find(all, name), Json.find(b, name)));
                yield all;
            }
            case "enum" -> common(a, Json.list(a).stream().filter(Json.list(b)::contains).toList());
            case "type" -> common(a, commonTypes(types(Json.object("type", a)), types(Json.object("type", b))));
            case "uniqueItems" -> Json.tree(Json.flag(a) || Json.flag(b));
            default -> a;
        };
    }

    private static JsonElement common(JsonElement a, List<?> values) {
        return values.isEmpty() ? a : values.size() == 1 && values.getFirst() instanceof String one ? Json.tree(one) : Json.arrayOf(values);
    }

    private static List<String> commonTypes(List<String> a, List<String> b) {
        return Stream.of("object", "array", "string", "integer", "number", "boolean", "null")
            .filter(type -> allows(a, type) && allows(b, type) && !(type.equals("integer") && a.contains("number") && b.contains("number")))
            .toList();
    }

    private static boolean allows(List<String> types, String type) {
        return types.contains(type) || type.equals("integer") && types.contains("number");
    }

    /// What any of these objects accepts.
    private static JsonObject anyObject(List<JsonObject> branches) {
        var out = new JsonObject();
        for (var key : Json.keys(branches.getFirst()))   // what all of them say
            if (branches.stream().allMatch(branch -> Json.find(branch, key).equals(Json.find(branches.getFirst(), key))))
                Json.put(out, key, Json.find(branches.getFirst(), key));
        GROUPS.stream().filter(words -> !branches.stream().allMatch(branch -> isSame(branch, branches.getFirst(), words)))
            .forEach(words -> words.forEach(word -> Json.drop(out, word)));
        var properties = new JsonObject();
        branches.stream().flatMap(branch -> Json.keys(Json.at(branch, "properties")).stream()).distinct().forEach(name ->
            Json.put(properties, name, any(branches.stream().flatMap(branch -> property(branch, name).stream()).toList())));
        if (!properties.isEmpty()) Json.put(out, "properties", properties);
        var required = Json.list(branches.getFirst(), "required").stream()
            .filter(name -> branches.stream().allMatch(branch -> Json.list(branch, "required").contains(name))).toList();
        Json.drop(out, "required");
        if (!required.isEmpty()) Json.put(out, "required", Json.arrayOf(required));
        Json.drop(out, "additionalProperties");
        if (branches.stream().allMatch(branch -> Json.has(branch, "additionalProperties") && !Json.has(branch, "patternProperties"))) {
            var others = branches.stream().map(branch -> Json.find(branch, "additionalProperties")).toList();
            if (others.stream().allMatch(other -> Json.isFlag(other) && !Json.flag(other))) Json.put(out, "additionalProperties", false);
            else if (others.stream().noneMatch(Json::flag)) Json.put(out, "additionalProperties",
                any(others.stream().filter(JsonObject.class::isInstance).map(Json::at).toList()));
        }
        return out;
    }

    private static boolean isSame(JsonObject a, JsonObject b, List<String> words) {
        return words.stream().allMatch(word -> Json.find(a, word).equals(Json.find(b, word)));
    }

    /// What the object allows under this name; empty if nothing.
    private static Optional<JsonObject> property(JsonObject object, String name) {
        if (Json.has(object, "properties", name)) return Optional.of(Json.at(object, "properties", name));
        var others = Json.find(object, "additionalProperties");
        return Json.isFlag(others) && !Json.flag(others) && !Json.has(object, "patternProperties") ? Optional.empty()
            : Optional.of(Json.has(object, "patternProperties") ? new JsonObject() : Json.at(others));
    }

    /// What any of them accepts, with the words of the first about what it means.
    public static JsonObject any(List<JsonObject> schemas) {
        var variants = new LinkedHashMap<JsonObject, JsonObject>();
        for (var schema : schemas) variants.putIfAbsent(bare(schema), schema);
        if (variants.size() == 1) return variants.values().iterator().next();
        var out = new JsonObject();
        schemas.stream().filter(schema -> !bare(schema).equals(schema)).findFirst()
            .ifPresent(first -> Json.pass(first, out, "title", "description"));
        if (variants.keySet().stream().allMatch(SchemaUnion::isLiteral)) {
            var types = variants.keySet().stream().flatMap(one -> types(one).stream()).distinct().toList();
            if (!types.isEmpty() && variants.keySet().stream().allMatch(one -> Json.has(one, "type")))
                Json.put(out, "type", types.size() == 1 ? types.getFirst() : Json.arrayOf(types));
            Json.put(out, "enum", Json.arrayOf(variants.keySet().stream().flatMap(one -> literals(one).stream()).distinct().toList()));
            return out;
        }
        var anything = new JsonObject();
        var said = variants.keySet().stream().filter(variant -> !variant.equals(anything)).collect(Collectors.toCollection(ArrayList::new));
        if (said.size() < variants.size()) said.add(anything);   // the model reads the others first
        Json.put(out, "anyOf", Json.arrayOf(said));
        return out;
    }

    private static boolean isLiteral(JsonObject schema) { return LITERALS.containsAll(Json.keys(schema)) && !literals(schema).isEmpty(); }

    private static List<JsonElement> literals(JsonObject schema) {
        return Json.mentions(schema, "const") ? List.of(Json.find(schema, "const")) : Json.list(schema, "enum");
    }
}
