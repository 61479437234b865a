package lib.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// JSON schemas of tools as providers accept them.
public final class Schema {
    private static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf");
    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

    private static final Set<String> LITERALS = Set.of("const", "default", "enum", "examples");

    private Schema() {}

    /// What every OpenAI-type API wants: an object at the root, with `properties`, and `items` for every array.
    public static JsonObject ofTool(JsonObject schema) {
        var root = schema(schema);
        Json.drop(root, "$schema");
        for (var union : UNIONS) if (Json.has(root, union)) merge(root, union);
        Json.drop(root, "enum");
        Json.drop(root, "not");
        Json.put(root, "type", "object");
        if (!(Json.find(root, "properties") instanceof JsonObject)) Json.put(root, "properties", new JsonObject());
        return root;
    }

    private static JsonObject schema(JsonObject schema) {
        var out = new JsonObject();
        for (var key : Json.keys(schema)) {
            var value = Json.find(schema, key);
            if (LITERALS.contains(key)) Json.put(out, key, value);
            else Json.put(out, key, SCHEMAS_BY_NAME.contains(key) && value instanceof JsonObject named ? named(named) : inner(value));
        }
        if (Json.text(out, "type").equals("array") && !Json.has(out, "items") && !Json.has(out, "prefixItems")) Json.put(out, "items", new JsonObject());
        return out;
    }

    /// Keys here are names of the user's own, also where they look like keywords.
    private static JsonObject named(JsonObject schemas) {
        var out = new JsonObject();
        for (var name : Json.keys(schemas)) Json.put(out, name, inner(Json.find(schemas, name)));
        return out;
    }

    private static JsonElement inner(JsonElement value) {
        if (value instanceof JsonObject object) return schema(object);
        return value instanceof JsonArray ? Json.arrayOf(Json.list(value).stream().map(Schema::inner).toList()) : value;
    }

    /// A union at the root is refused: its branches' properties become the root's, required only where all branches require them.
    private static void merge(JsonObject root, String union) {
        var properties = Json.at(root, "properties");
        var merged = Json.shallow(properties);
        Set<String> required = null;
        for (var branch : Json.list(root, union)) {
            for (var name : Json.keys(Json.at(branch, "properties"))) if (!Json.has(merged, name)) Json.put(merged, name, Json.find(branch, "properties", name));
            Set<String> wanted = new LinkedHashSet<>();
            for (var name : Json.list(branch, "required")) wanted.add(Json.text(name));
            if (required == null) required = wanted;
            else if (union.equals("allOf")) required.addAll(wanted);
            else required.retainAll(wanted);
        }
        Json.put(root, "properties", merged);
        Set<String> all = new LinkedHashSet<>();
        for (var name : Json.list(root, "required")) all.add(Json.text(name));
        if (required != null) all.addAll(required);
        if (!all.isEmpty()) Json.put(root, "required", Json.arrayOf(all));
        Json.drop(root, union);
    }

    /// Whether the schema fits OpenAI's strict mode as it stands: every property required, nothing additional.
    public static boolean isStrict(JsonElement schema) {
        var strict = new boolean[]{true};
        Json.eachObject(schema, object -> {
            if (!Json.has(object, "properties")) return;
            var required = Json.list(object, "required").stream().map(Json::text).toList();
            var closed = Json.isFlag(object, "additionalProperties") && !Json.flag(object, "additionalProperties");
            if (!closed || !required.containsAll(Json.keys(Json.at(object, "properties")))) strict[0] = false;
        });
        return strict[0];
    }
}
