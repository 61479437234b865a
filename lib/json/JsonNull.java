package lib.json;

/// The value `null`, which also stands for what is missing.
public final class JsonNull extends JsonElement {
    static final JsonNull INSTANCE = new JsonNull();

    private JsonNull() {}

    @Override JsonNull deepCopy() { return this; }
}
