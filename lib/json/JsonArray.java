package lib.json;

import module java.base;

/// A list of values.
public final class JsonArray extends JsonContainer implements Iterable<JsonElement> {
    private ArrayList<JsonElement> values = new ArrayList<>(4);

    public void add(JsonElement value) {
        changing();
        put(value);
    }

    /// The same in a list that nobody has seen yet.
    void put(JsonElement value) { values.add(held(value)); }

    public boolean isEmpty() { return values.isEmpty(); }

    public int size() { return values.size(); }

    /// Only to be read.
    List<JsonElement> asList() {
        opened();
        return Collections.unmodifiableList(values);
    }

    @Override public Iterator<JsonElement> iterator() { return asList().iterator(); }

    @Override JsonArray deepCopy() {
        var copy = new JsonArray();
        copy.values = values;
        return separated(copy);
    }

    @Override void own() {
        values = new ArrayList<>(values);
        values.replaceAll(this::heldCopy);
    }

    @Override public boolean equals(Object other) {
        return other == this || other instanceof JsonArray array && array.values.equals(values);
    }

    @Override public int hashCode() { return values.hashCode(); }
}
