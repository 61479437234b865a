package lib.json;

/// A value of a JSON tree. `Json` reads and changes it.
public abstract sealed class JsonElement permits JsonContainer, JsonNull, JsonPrimitive {
    public boolean isJsonObject() { return this instanceof JsonObject; }

    public boolean isJsonArray() { return this instanceof JsonArray; }

    public boolean isJsonPrimitive() { return this instanceof JsonPrimitive; }

    public boolean isJsonNull() { return this instanceof JsonNull; }

    /// A copy that shares nothing that can change.
    abstract JsonElement deepCopy();

    @Override public final String toString() { return Json.write(this); }
}
