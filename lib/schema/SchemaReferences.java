package lib.schema;

import module java.base;

import lib.json.*;

/// A schema in the words of JSON Schema 2020-12 with its references written out, because few APIs know older drafts and many
/// models' templates do not show definitions. References that lead back to themselves stay, with what they mean under `$defs`.
final class SchemaReferences {
    private static final Pattern OLDER = Pattern.compile("json-schema\\.org/draft-0[3-7]/");
    private static final Set<String> TYPES = Set.of("string", "object", "array", "number", "integer", "boolean", "null");
    private static final Set<String> ANNOTATIONS = Set.of("title", "description", "default", "examples", "deprecated", "readOnly",
        "writeOnly");
    private static final Set<String> DROPPED = Set.of("$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary",
        "$comment", "$ref", "$defs", "definitions", "additionalItems", "nullable", "then", "else");
    /// What an API could only misunderstand; without it the schema accepts more.
    private static final Set<String> LOOSENED = Set.of("$dynamicRef", "$recursiveRef", "unevaluatedProperties", "unevaluatedItems");
    /// More than this written out would cost more than it helps.
    private static final int LARGEST = 2_000;

    private final SchemaPlaces places;
    private final boolean inlines, older;
    private final Map<String, String> names = new LinkedHashMap<>();   // what is under `$defs`, by its place
    private final Set<String> within = new HashSet<>();   // the references at the root that are being followed
    private int written, loosened;

    private SchemaReferences(JsonObject given, boolean inlines) {
        this.places = new SchemaPlaces(given);
        this.inlines = inlines;
        this.older = OLDER.matcher(Json.text(given, "$schema")).find();
    }

    static JsonObject resolved(JsonObject given) {
        var resolving = new SchemaReferences(given, true);
        var resolved = resolving.root(given);
        return resolving.written <= LARGEST ? resolved : new SchemaReferences(given, false).root(given);
    }

    private JsonObject root(JsonObject given) {
        var root = schema(given, true);
        var definitions = new JsonObject();
        for (var open = List.copyOf(names.keySet()); Json.keys(definitions).size() < names.size(); open = List.copyOf(names.keySet()))
            for (var place : open) if (!Json.has(definitions, names.get(place)))
                Json.put(definitions, names.get(place), schema(places.at(place), false));
        if (!definitions.isEmpty()) Json.put(root, "$defs", definitions);
        return root;
    }

    private JsonObject schema(JsonElement given) { return schema(given, false); }

    /// `here`: a reference is written out even if it leads back to itself.
    private JsonObject schema(JsonElement given, boolean here) {
        if (!(given instanceof JsonObject schema))
            return Json.isFlag(given) && !Json.flag(given) ? Json.object("not", new JsonObject()) : new JsonObject();
        return Json.isText(schema, "$ref") ? referred(schema, here) : plain(schema);
    }

    private JsonObject referred(JsonObject schema, boolean here) {
        var beside = plain(schema);
        var place = places.of(Json.text(schema, "$ref"));
        if (place.isEmpty() || here && !within.add(place.get())) {
            loosened++;
            return older ? annotations(beside) : beside;
        }
        var isWritten = here || inlines && !places.leadsBack(place.get());
        if (isWritten && ++written > LARGEST && !here) return new JsonObject();
        var target = isWritten ? schema(places.at(place.get()), here) : Json.object("$ref", "#/$defs/" + name(place.get()));
        var rules = Json.shallow(beside);
        ANNOTATIONS.forEach(name -> Json.drop(rules, name));
        var whole = older || rules.isEmpty() ? target : target.isEmpty() ? rules : Json.object("allOf", Json.array(target, rules));
        Json.keys(annotations(beside)).forEach(name -> Json.put(whole, name, Json.find(beside, name)));
        return whole;
    }

    private static JsonObject annotations(JsonObject schema) {
        var out = new JsonObject();
        Json.pass(schema, out, ANNOTATIONS.toArray(String[]::new));
        return out;
    }

    private String name(String place) {
        return names.computeIfAbsent(place, _ -> {
            var last = place.substring(place.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9_.-]", "_");
            var name = last.isEmpty() ? "root" : last;
            return names.containsValue(name) ? name + "_" + names.size() : name;
        });
    }

    private JsonObject plain(JsonObject schema) {
        var out = new JsonObject();
        for (var key : Json.keys(schema)) if (!DROPPED.contains(key)) put(out, key, Json.find(schema, key), schema);
        if (Json.flag(schema, "nullable") && Json.isText(out, "type")) {   // OpenAPI's word
            loosened++;
            Json.put(out, "type", Json.array(Json.text(out, "type"), "null"));
            if (Json.has(out, "enum")) Json.put(out, "enum", Json.arrayOf(andNull(Json.list(out, "enum"))));
        }
        if (isArray(out) && !Json.has(out, "items") && !Json.has(out, "prefixItems")) Json.put(out, "items", new JsonObject());
        return out;
    }

    private static List<JsonElement> andNull(List<JsonElement> values) {
        return Stream.concat(values.stream(), Stream.of(Json.tree(null))).distinct().toList();
    }

    private void put(JsonObject out, String key, JsonElement value, JsonObject schema) {
        if (LOOSENED.contains(key)) loosened++;
        else switch (key) {
            case "type" -> type(out, value);
            case "required" -> {   // draft 3 has a flag here
                if (value instanceof JsonArray) Json.put(out, key, value);
            }
            case "enum" -> {
                if (!Json.list(value).isEmpty()) Json.put(out, key, value);
            }
            case "const", "default" -> Json.put(out, key, value);
            case "properties", "patternProperties", "dependentSchemas" -> {
                if (value instanceof JsonObject named) Json.put(out, key, Schema.named(named, this::schema));
            }
            case "dependencies" -> Json.keys(value).forEach(name -> dependency(out, name, Json.find(value, name)));
            case "anyOf", "allOf", "prefixItems" -> {
                if (!Json.list(value).isEmpty()) Json.put(out, key, Schema.each(value, this::schema));
            }
            case "oneOf" -> exactly(() -> Schema.each(value, this::schema)).ifPresentOrElse(each -> Json.put(out, key, each),
                () -> { if (!Json.has(schema, "anyOf")) Json.put(out, "anyOf", Schema.each(value, this::schema)); });
            case "not", "contains" -> exactly(() -> schema(value)).ifPresent(exact -> Json.put(out, key, exact));
            case "if" -> exactly(() -> schema(value)).ifPresent(exact -> {
                Json.put(out, key, exact);
                for (var then : List.of("then", "else")) if (Json.has(schema, then)) Json.put(out, then, schema(Json.find(schema, then)));
            });
            case "items" -> items(out, value, Json.find(schema, "additionalItems"));
            case "additionalProperties" -> {
                if (Json.isFlag(value)) Json.put(out, key, value);
                else if (value instanceof JsonObject) Json.put(out, key, schema(value));
            }
            case "propertyNames", "contentSchema" -> Json.put(out, key, schema(value));
            case "exclusiveMinimum", "exclusiveMaximum" -> {   // draft 4 has a flag beside the limit
                if (Json.isNumber(value)) Json.put(out, key, value);
            }
            case "minimum", "maximum" -> Json.put(out, Json.flag(schema, exclusive(key)) ? exclusive(key) : key, value);
            case "id" -> {
                if (!older) Json.put(out, key, value);
            }
            default -> {
                if (!value.isJsonNull()) Json.put(out, key, value);
            }
        }
    }

    private static String exclusive(String limit) { return "exclusive" + (limit.equals("minimum") ? "Minimum" : "Maximum"); }

    /// Empty if it accepts more than what was given: then what is forbidden by it would be less than that.
    private <T> Optional<T> exactly(Supplier<T> schema) {
        var before = loosened;
        var made = schema.get();
        return loosened == before ? Optional.of(made) : Optional.empty();
    }

    /// Words that are not types, such as `any`, allow everything.
    private static void type(JsonObject out, JsonElement value) {
        var types = Json.isText(value) ? List.of(value) : Json.list(value);
        if (!types.isEmpty() && types.stream().allMatch(type -> TYPES.contains(Json.text(type)))) Json.put(out, "type", value);
    }

    private void dependency(JsonObject out, String name, JsonElement value) {
        var word = value instanceof JsonArray ? "dependentRequired" : "dependentSchemas";
        var all = Json.shallow(Json.at(out, word));
        Json.put(all, name, value instanceof JsonArray ? value : schema(value));
        Json.put(out, word, all);
    }

    /// Older drafts have a list here for an array's first items, and `additionalItems` for the others.
    private void items(JsonObject out, JsonElement value, JsonElement others) {
        if (value instanceof JsonArray first && !first.isEmpty()) {
            Json.put(out, "prefixItems", Schema.each(first, this::schema));
            if (!others.isJsonNull()) rest(out, others, first.size());
        } else if (!(value instanceof JsonArray)) rest(out, value, Json.list(out, "prefixItems").size());
    }

    private void rest(JsonObject out, JsonElement value, int before) {
        if (!Json.isFlag(value) || Json.flag(value)) Json.put(out, "items", schema(value));
        else Json.put(out, "maxItems", Json.isNumber(out, "maxItems") ? Math.min(Json.number(out, "maxItems"), before) : before);
    }

    private static boolean isArray(JsonObject schema) {
        return Json.text(schema, "type").equals("array")
            || Json.list(schema, "type").stream().anyMatch(type -> Json.text(type).equals("array"));
    }
}
