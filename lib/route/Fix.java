package lib.route;

import module java.base;
import com.google.gson.JsonObject;

/// What a refusal taught: a change to the draft that makes the same request acceptable. A lasting one holds for
/// every later request to that model, any other only for this one.
public record Fix(String name, boolean lasting, Consumer<Draft> change) {
    /// A change to the body, or to the part of it that holds the parameters.
    public static Fix of(String name, boolean lasting, Consumer<JsonObject> change) { return new Fix(name, lasting, draft -> change.accept(draft.parameters())); }
}
