package lib.route;

import module java.base;
import com.google.gson.JsonObject;

/// A change to the draft that makes a refused request acceptable. A lasting fix also applies to later requests to that
/// model, any other only to this one.
public record Fix(String name, boolean lasting, Consumer<Draft> change) {
    /// A change to the part of the body with the parameters.
    public static Fix of(String name, boolean lasting, Consumer<JsonObject> change) {
        return new Fix(name, lasting, draft -> change.accept(draft.parameters()));
    }
}
