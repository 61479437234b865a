package lib.message;

import module java.base;

import lib.json.*;

/// What a tool's input may be: types, names and required properties. It outlives the request, so it leaves out the
/// descriptions that make schemas large.
public final class InputShape {
    private static final List<String> TYPES = List.of("string", "object", "array", "number", "integer", "boolean", "null");
    /// Beside the types: whether the empty text, list and object are allowed.
    private static final int STRING = 1, NO_TEXT = 1 << TYPES.size(), NO_ITEMS = NO_TEXT << 1, NO_PROPERTIES = NO_ITEMS << 1,
        EMPTY = NO_TEXT | NO_ITEMS | NO_PROPERTIES, ANY = (NO_PROPERTIES << 1) - 1;
    /// Formats that no empty text has. https://json-schema.org/draft/2020-12/json-schema-validation#name-defined-formats
    private static final Set<String> FORMATS = Set.of("date-time", "date", "time", "duration", "email", "idn-email", "hostname",
        "idn-hostname", "ipv4", "ipv6", "uri", "iri", "uuid");
    private static final InputShape ANYTHING = new InputShape(ANY);
    private static final Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");

    private int types;
    private Map<String, InputShape> properties = Map.of();
    private Set<String> required = Set.of();
    private Optional<InputShape> items = Optional.empty();

    private InputShape(int types) { this.types = types; }

    public static InputShape of(JsonObject schema) { return of(schema, schema, new HashMap<>()); }

    /// With properties that may not be an empty text, though the schema does not say so.
    public static InputShape of(JsonObject schema, Collection<String> never) {
        var shape = of(schema);
        for (var name : never) if (shape.properties.containsKey(name)) shape.properties.get(name).types &= ~NO_TEXT;
        return shape;
    }

    /// `referred` are the shapes of references, which may lead back to themselves.
    private static InputShape of(JsonObject schema, JsonObject root, Map<String, InputShape> referred) {
        var reference = Json.text(schema, "$ref");
        if (reference.startsWith("#/")) {
            if (referred.containsKey(reference)) return referred.get(reference);
            referred.put(reference, new InputShape(ANY));
            return referred.get(reference).become(of(Json.at(root, reference.substring(2).split("/")), root, referred));
        }
        var named = new HashMap<String, InputShape>();
        for (var name : Json.keys(Json.at(schema, "properties"))) named.put(name, of(Json.at(schema, "properties", name), root, referred));
        var needed = Json.list(schema, "required").stream().map(Json::text).collect(Collectors.toSet());
        var items = Json.has(schema, "items") ? Optional.of(of(Json.at(schema, "items"), root, referred)) : Optional.<InputShape>empty();
        var types = types(schema);
        for (var union : List.of("anyOf", "oneOf", "allOf")) {
            if (Json.list(schema, union).isEmpty()) continue;
            var all = union.equals("allOf");
            var together = all ? ANY : 0;
            for (var one : Json.list(schema, union)) {
                var branch = of(Json.at(one), root, referred);
                together = all ? together & branch.types : together | branch.types;
                branch.properties.forEach((name, shape) -> named.merge(name, shape, InputShape::either));
                if (all) needed.addAll(branch.required);
                if (items.isEmpty()) items = branch.items;
            }
            types &= together;
        }
        var shape = new InputShape(types);
        shape.properties = Map.copyOf(named);
        shape.required = Set.copyOf(needed);
        shape.items = items;
        return shape;
    }

    private InputShape become(InputShape other) {
        types = other.types;
        properties = other.properties;
        required = other.required;
        items = other.items;
        return this;
    }

    /// What one or the other allows.
    private InputShape either(InputShape other) {
        var shape = new InputShape(types | other.types);
        var all = new HashMap<>(other.properties);
        all.putAll(properties);
        shape.properties = Map.copyOf(all);
        shape.required = required.stream().filter(other.required::contains).collect(Collectors.toUnmodifiableSet());
        shape.items = items.or(() -> other.items);
        return shape;
    }

    private static int types(JsonObject schema) { return types(schema, named(schema)); }

    /// Without the empty values that the schema forbids.
    private static int types(JsonObject schema, int types) {
        var refused = 0;
        var formatted = FORMATS.contains(Json.text(schema, "format")) || !hasEmpty(Json.text(schema, "pattern"));
        if (formatted || Json.number(schema, "minLength") > 0) refused |= NO_TEXT;
        if (Json.number(schema, "minItems") > 0) refused |= NO_ITEMS;
        if (Json.number(schema, "minProperties") > 0 || !Json.list(schema, "required").isEmpty()) refused |= NO_PROPERTIES;
        var literals = literals(schema);
        if (!literals.isEmpty()) refused |= EMPTY & ~literals.stream().mapToInt(InputShape::emptyOf).reduce(0, (a, b) -> a | b);
        return types & ~refused;
    }

    private static boolean hasEmpty(String pattern) {
        try {
            return pattern.isEmpty() || Pattern.compile(pattern).matcher("").find();
        } catch (PatternSyntaxException e) {
            return true;   // another language's syntax
        }
    }

    private static List<JsonElement> literals(JsonObject schema) {
        return Json.has(schema, "const") ? List.of(Json.find(schema, "const")) : Json.list(schema, "enum");
    }

    private static int named(JsonObject schema) {
        var type = Json.find(schema, "type");
        var names = Json.isText(type) ? List.of(Json.text(type)) : Json.list(type).stream().map(Json::text).toList();
        if (!names.isEmpty()) return names.stream().mapToInt(InputShape::bits).reduce(0, (a, b) -> a | b);
        var literals = literals(schema);
        if (!literals.isEmpty()) return literals.stream().mapToInt(one -> bits(typeOf(one))).reduce(0, (a, b) -> a | b);
        return Json.has(schema, "properties") ? bits("object") : Json.has(schema, "items") ? bits("array") : ANY;
    }

    /// Every integer is a number.
    private static int bits(String type) { return type.equals("number") ? bit(type) | bit("integer") : bits(bit(type)); }

    private static int bits(int type) {
        return type | (type == STRING ? NO_TEXT : type == bit("array") ? NO_ITEMS : type == bit("object") ? NO_PROPERTIES : 0);
    }

    private static int bit(String type) { return TYPES.contains(type) ? 1 << TYPES.indexOf(type) : ANY; }

    /// What allows an empty value, or nothing if it is not empty.
    private static int emptyOf(JsonElement value) {
        if (Json.isText(value)) return Json.text(value).isEmpty() ? NO_TEXT : 0;
        if (value.isJsonArray()) return Json.list(value).isEmpty() ? NO_ITEMS : 0;
        if (value.isJsonObject()) return Json.keys(value).isEmpty() ? NO_PROPERTIES : 0;
        return value.isJsonNull() ? bit("null") : 0;
    }

    private static int typeOf(JsonElement value) {
        if (value.isJsonObject()) return bit("object");
        if (value.isJsonArray()) return bit("array");
        if (Json.isText(value)) return STRING;
        if (Json.isFlag(value)) return bit("boolean");
        if (!Json.isNumber(value)) return bit("null");
        return Json.decimal(value) == Math.rint(Json.decimal(value)) ? bit("integer") : bit("number");
    }

    /// The shape of one property, which may be anything where the schema does not name it.
    public InputShape property(String name) { return properties.getOrDefault(name, ANYTHING); }

    private boolean isOptional(String name) { return properties.containsKey(name) && !required.contains(name); }

    public boolean hasOptional() { return !required.containsAll(properties.keySet()); }

    /// Whether it is an empty value that is optional and not allowed.
    public boolean drops(String name, JsonElement value) {
        return isOptional(name) && emptyOf(value) != 0 && (emptyOf(value) & property(name).types) == 0;
    }

    /// Whether it names all of these.
    public boolean names(Collection<String> keys) { return properties.keySet().containsAll(keys); }

    public InputShape items() { return items.orElse(ANYTHING); }

    public boolean allowsText() { return (types & STRING) != 0; }

    /// A value that was written as plain text.
    public JsonElement typed(String text) {
        var bare = text.strip();
        var said = PYTHON.getOrDefault(bare, bare);
        var open = (types | EMPTY) == ANY && (bare.startsWith("{") || bare.startsWith("["));
        if (!allowsText() || open) try {
            var value = fitted(Json.parse(said));
            if ((typeOf(value) & types) != 0 && !Json.isText(value)) return value;
        } catch (Json.Malformed e) {
            return Json.tree(text);
        }
        return Json.tree(text);
    }

    /// The value, in which texts that spell what the schema wants have become just that.
    public JsonElement fitted(JsonElement value) {
        if (Json.isText(value)) return allowsText() ? value : typed(Json.text(value));
        if (value.isJsonArray()) return Json.arrayOf(Json.list(value).stream().map(items()::fitted).toList());
        if (!(value instanceof JsonObject object)) return value;
        var fitted = new JsonObject();
        for (var key : Json.keys(object))
            if (!drops(key, Json.find(object, key))) Json.put(fitted, key, property(key).fitted(Json.find(object, key)));
        return fitted;
    }

    /// Whether all that is required is there, and of a type that is allowed.
    public boolean accepts(JsonElement value) {
        if ((typeOf(value) & types) == 0) return false;
        if (value.isJsonArray()) return Json.list(value).stream().allMatch(items()::accepts);
        var keys = Json.keys(value);
        if (!value.isJsonObject()) return true;
        return keys.containsAll(required) && keys.stream().allMatch(key -> property(key).accepts(Json.find(value, key)));
    }
}
