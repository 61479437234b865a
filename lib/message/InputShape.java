package lib.message;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.wire.*;

/// What a tool's input may be: types, names and required properties. It outlives the request, so it leaves out the
/// descriptions that make schemas large.
public final class InputShape {
    private static final List<String> TYPES = List.of("string", "object", "array", "number", "integer", "boolean", "null");
    private static final int STRING = 1, ANY = (1 << TYPES.size()) - 1, DEEPEST = 12;
    private static final InputShape ANYTHING = new InputShape(ANY);
    private static final Map<String, String> PYTHON = Map.of("True", "true", "False", "false", "None", "null");

    private int types;
    private Map<String, InputShape> properties = Map.of();
    private Set<String> required = Set.of();
    private Optional<InputShape> items = Optional.empty();

    private InputShape(int types) { this.types = types; }

    public static InputShape of(JsonObject schema) { return of(schema, schema, 0); }

    private static InputShape of(JsonObject schema, JsonObject root, int depth) {
        if (depth > DEEPEST) return ANYTHING;   // it refers to itself
        var reference = Json.text(schema, "$ref");
        if (reference.startsWith("#/")) return of(Json.at(root, reference.substring(2).split("/")), root, depth + 1);
        var named = new HashMap<String, InputShape>();
        for (var name : Json.keys(Json.at(schema, "properties"))) named.put(name, of(Json.at(schema, "properties", name), root, depth + 1));
        var needed = Json.list(schema, "required").stream().map(Json::text).collect(Collectors.toSet());
        var items = Json.has(schema, "items") ? Optional.of(of(Json.at(schema, "items"), root, depth + 1)) : Optional.<InputShape>empty();
        var types = types(schema);
        for (var union : List.of("anyOf", "oneOf", "allOf")) {
            if (Json.list(schema, union).isEmpty()) continue;
            var all = union.equals("allOf");
            var together = all ? ANY : 0;
            for (var one : Json.list(schema, union)) {
                var branch = of(Json.at(one), root, depth + 1);
                together = all ? together & branch.types : together | branch.types;
                branch.properties.forEach(named::putIfAbsent);
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

    private static int types(JsonObject schema) {
        var type = Json.find(schema, "type");
        var names = Json.isText(type) ? List.of(Json.text(type)) : Json.list(type).stream().map(Json::text).toList();
        if (!names.isEmpty()) return names.stream().mapToInt(InputShape::bits).reduce(0, (a, b) -> a | b);
        var literals = Json.has(schema, "const") ? List.of(Json.find(schema, "const")) : Json.list(schema, "enum");
        if (!literals.isEmpty()) return literals.stream().mapToInt(InputShape::typeOf).reduce(0, (a, b) -> a | b);
        return Json.has(schema, "properties") ? bit("object") : Json.has(schema, "items") ? bit("array") : ANY;
    }

    /// Every integer is a number.
    private static int bits(String type) { return type.equals("number") ? bit(type) | bit("integer") : bit(type); }

    private static int bit(String type) { return TYPES.contains(type) ? 1 << TYPES.indexOf(type) : ANY; }

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

    /// Whether it names all of these.
    public boolean names(Collection<String> keys) { return properties.keySet().containsAll(keys); }

    public InputShape items() { return items.orElse(ANYTHING); }

    public boolean allowsText() { return (types & STRING) != 0; }

    /// A value that was written as plain text.
    public JsonElement typed(String text) {
        var bare = text.strip();
        var said = PYTHON.getOrDefault(bare, bare);
        var open = types == ANY && (bare.startsWith("{") || bare.startsWith("["));
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
        for (var key : Json.keys(object)) Json.put(fitted, key, property(key).fitted(Json.find(object, key)));
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
