package lib.message;

import module java.base;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.wire.*;

/// JSON schemas of tools, in a form that providers accept.
public final class Schema {
    private static final List<String> UNIONS = List.of("anyOf", "oneOf", "allOf");
    private static final Set<String> SCHEMAS_BY_NAME = Set.of("properties", "patternProperties", "$defs", "definitions",
        "dependentSchemas");
    private static final List<String> DEFINITIONS = List.of("$defs", "definitions");
    private static final Set<String> LITERALS = Set.of("const", "default", "enum", "examples");

    private static final Set<String> LIMITS = Set.of("pattern", "format", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
        "contains", "minContains", "maxContains", "minimum", "maximum",
        "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minProperties", "maxProperties", "propertyNames", "patternProperties",
            "dependentRequired", "dependentSchemas", "unevaluatedProperties",
        "unevaluatedItems", "if", "then", "else", "not", "contentEncoding", "contentMediaType", "$schema", "$id", "$comment", "examples",
            "default");
    /// Words that a schema can do without at a loss, if a server refuses them by name.
    public static final Set<String> SPARED = Set.of("additionalProperties", "additionalItems", "prefixItems", "anyOf", "oneOf", "allOf",
        "const", "enum", "title", "nullable", "deprecated", "readOnly", "writeOnly", "discriminator", "$ref", "$defs", "definitions");
    private static final List<String> LOOSE = List.of("default", "minLength", "maxLength", "allOf", "oneOf", "not", "if",
        "patternProperties", "uniqueItems");
    /// More than this written out would cost more than it helps.
    private static final int LARGEST = 2_000;

    private final JsonObject root;
    private final boolean inlines;
    private final Deque<String> within = new ArrayDeque<>();   // the references being resolved
    private boolean endless;
    private int written;

    private Schema(JsonObject root, boolean inlines) {
        this.root = root;
        this.inlines = inlines;
    }

    /// The JSON schema that the client wants for the answer (output_config.format, formerly output_format), or empty.
    public static JsonObject ofAnswer(JsonObject message) {
        var format = Json.at(message, "output_config", "format");
        return Json.at(Json.text(format, "type").equals("json_schema") ? format : Json.at(message, "output_format"), "schema");
    }

    /// The form that OpenAI-type APIs require: an object with `properties` at the root, and `items` for every array.
    /// References are resolved, because many models' templates do not show the definitions.
    public static JsonObject ofTool(JsonObject given) {
        var schema = new Schema(given, true);
        var root = schema.schema(given);
        if (schema.endless) root = new Schema(given, false).schema(schema.target(given));
        else for (var definitions : DEFINITIONS) Json.drop(root, definitions);
        Json.drop(root, "$schema");
        for (var union : UNIONS) if (Json.has(root, union)) merge(root, union);
        Json.drop(root, "enum");
        Json.drop(root, "not");
        Json.put(root, "type", "object");
        if (!(Json.find(root, "properties") instanceof JsonObject)) Json.put(root, "properties", new JsonObject());
        return root;
    }

    /// The schema without the words that limit values, which not every server can make a grammar of, and without those that
    /// were refused by name. Properties keep their names, also where they look like such words.
    public static JsonObject simple(JsonObject schema, Set<String> refused) {
        var out = new JsonObject();
        for (var key : Json.keys(schema)) {
            var value = Json.find(schema, key);
            if (LIMITS.contains(key) || refused.contains(key)) continue;
            if (LITERALS.contains(key)) Json.put(out, key, value);
            else if (SCHEMAS_BY_NAME.contains(key) && value instanceof JsonObject named) {
                var all = new JsonObject();
                for (var name : Json.keys(named)) Json.put(all, name, simpler(Json.find(named, name), refused));
                Json.put(out, key, all);
            } else Json.put(out, key, simpler(value, refused));
        }
        return out;
    }

    private static JsonElement simpler(JsonElement value, Set<String> refused) {
        if (value instanceof JsonObject object) return simple(object, refused);
        return value instanceof JsonArray ? Json.arrayOf(Json.list(value).stream().map(item -> simpler(item, refused)).toList()) : value;
    }

    private JsonObject schema(JsonObject schema) {
        var reference = Json.text(schema, "$ref");
        if (inlines && reference.startsWith("#")) {
            endless |= within.contains(reference) || written++ > LARGEST;
            if (endless) return schema;
            within.push(reference);
            var whole = schema(target(schema));
            within.pop();
            return whole;
        }
        var out = new JsonObject();
        for (var key : Json.keys(schema)) {
            var value = Json.find(schema, key);
            if (LITERALS.contains(key)) Json.put(out, key, value);
            else if (inlines && DEFINITIONS.contains(key)) Json.put(out, key, value);
            else Json.put(out, key, SCHEMAS_BY_NAME.contains(key) && value instanceof JsonObject named ? named(named) : inner(value));
        }
        if (isArray(out) && !Json.has(out, "items") && !Json.has(out, "prefixItems")) Json.put(out, "items", new JsonObject());
        return out;
    }

    /// The schema that a reference points to, with the keys beside the reference.
    private JsonObject target(JsonObject schema) {
        var reference = Json.text(schema, "$ref");
        if (!reference.startsWith("#")) return schema;
        var path = reference.length() < 2 ? List.<String>of() : List.of(reference.substring(2).split("/"));
        var target = Json.shallow(Json.at(root, path.stream().map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toArray(String[]::new)));
        for (var key : Json.keys(schema)) if (!key.equals("$ref")) Json.put(target, key, Json.find(schema, key));
        return target;
    }

    private static boolean isArray(JsonObject schema) {
        return Json.text(schema, "type").equals("array")
            || Json.list(schema, "type").stream().anyMatch(type -> Json.text(type).equals("array"));
    }

    /// Keys here are the user's own names, even if they look like keywords.
    private JsonObject named(JsonObject schemas) {
        var out = new JsonObject();
        for (var name : Json.keys(schemas)) Json.put(out, name, inner(Json.find(schemas, name)));
        return out;
    }

    private JsonElement inner(JsonElement value) {
        if (value instanceof JsonObject object) return schema(object);
        return value instanceof JsonArray ? Json.arrayOf(Json.list(value).stream().map(this::inner).toList()) : value;
    }

    /// A union at the root is refused: the root gets the properties of all branches, required only if all branches require them.
    private static void merge(JsonObject root, String union) {
        var properties = Json.at(root, "properties");
        var merged = Json.shallow(properties);
        Set<String> required = null;
        for (var branch : Json.list(root, union)) {
            for (var name : Json.keys(Json.at(branch, "properties")))
                if (!Json.has(merged, name)) Json.put(merged, name, Json.find(branch, "properties", name));
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

    /// Whether the schema is valid in OpenAI's strict mode: every object closed, every property required, and no unsupported
    /// keywords. https://platform.openai.com/docs/guides/structured-outputs
    public static boolean isStrict(JsonElement schema) {
        var strict = new boolean[]{true};
        Json.eachObject(schema, object -> {
            var isSchema = Json.isText(object, "type") || Json.find(object, "properties").isJsonObject();
            if (!isSchema) return;
            if (LOOSE.stream().anyMatch(word -> Json.has(object, word))) strict[0] = false;
            if (!Json.text(object, "type").equals("object") && !Json.has(object, "properties")) return;
            var required = Json.list(object, "required").stream().map(Json::text).toList();
            var closed = Json.isFlag(object, "additionalProperties") && !Json.flag(object, "additionalProperties");
            if (!closed || !required.containsAll(Json.keys(Json.at(object, "properties")))) strict[0] = false;
        });
        return strict[0];
    }
}
