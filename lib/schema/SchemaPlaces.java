package lib.schema;

import module java.base;

import lib.json.*;

/// The places in a schema that references point to: by a path, an anchor or an `$id`. A place is a JSON pointer.
final class SchemaPlaces {
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");

    private final JsonObject root;
    private final Map<String, Boolean> leadBack = new HashMap<>();

    SchemaPlaces(JsonObject root) { this.root = root; }

    /// Empty if the reference leads out of the schema, or nowhere.
    Optional<String> of(String reference) {
        var mark = reference.indexOf('#');
        var document = mark < 0 ? reference : reference.substring(0, mark);
        var fragment = mark < 0 ? "" : decoded(reference.substring(mark + 1));
        var start = document.isEmpty() || document.equals(id(root)) ? Optional.of("")
            : find(root, "", schema -> id(schema).equals(document) || id(schema).endsWith("/" + document));
        return start.flatMap(from -> fragment.isEmpty() || fragment.startsWith("/")
            ? Optional.of(from + fragment).filter(place -> !at(place).isJsonNull())
            : find(at(from), from, schema -> Json.text(schema, "$anchor").equals(fragment) || id(schema).equals("#" + fragment)));
    }

    private static String id(JsonElement schema) { return Json.text(schema, "$id") + Json.text(schema, "id"); }

    private static String decoded(String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return fragment;
        }
    }

    JsonElement at(String place) {
        JsonElement here = root;
        if (place.isEmpty()) return here;
        for (var step : place.substring(1).split("/", -1)) here = next(here, step.replace("~1", "/").replace("~0", "~"));
        return here;
    }

    private static JsonElement next(JsonElement here, String step) {
        if (!(here instanceof JsonArray)) return Json.find(here, step);
        var items = Json.list(here);
        var index = step.matches("\\d{1,6}") ? Integer.parseInt(step) : items.size();
        return index < items.size() ? items.get(index) : Json.tree(null);
    }

    private static Optional<String> find(JsonElement here, String place, Predicate<JsonObject> wanted) {
        if (here instanceof JsonObject object && wanted.test(object)) return Optional.of(place);
        return steps(here).stream().flatMap(step -> find(next(here, step), place + "/" + step.replace("~", "~0").replace("/", "~1"), wanted)
            .stream()).findFirst();
    }

    private static Collection<String> steps(JsonElement here) {
        return here instanceof JsonArray array ? IntStream.range(0, array.size()).mapToObj(String::valueOf).toList() : Json.keys(here);
    }

    /// Whether what is there refers to itself, however far around.
    boolean leadsBack(String place) {
        return leadBack.computeIfAbsent(place, start -> {
            var seen = new HashSet<String>();
            var open = new ArrayDeque<>(List.of(start));
            while (!open.isEmpty()) for (var next : referred(open.pop())) {
                if (next.equals(start)) return true;
                if (seen.add(next)) open.push(next);
            }
            return false;
        });
    }

    /// What the schema there refers to; its definitions count only if they are referred to.
    private Set<String> referred(String place) {
        var found = new HashSet<String>();
        var here = at(place);
        if (Json.isText(here, "$ref")) of(Json.text(here, "$ref")).ifPresent(found::add);
        for (var step : steps(here)) if (!DEFINITIONS.contains(step)) collect(next(here, step), found);
        return found;
    }

    private void collect(JsonElement here, Set<String> found) {
        if (Json.isText(here, "$ref")) of(Json.text(here, "$ref")).ifPresent(found::add);
        for (var step : steps(here)) collect(next(here, step), found);
    }
}
