package lib.dialect;

import com.google.gson.JsonObject;

import java.util.function.Consumer;

/// What a refusal taught: a change to the draft that makes the same request acceptable. A lasting one holds for
/// every later request to that model, any other only for this one.
public record Mend(String name, boolean lasting, Consumer<Draft> change) {
    /// A change to the body, or to the part of it that holds the parameters.
    static Mend of(String name, boolean lasting, Consumer<JsonObject> change) { return new Mend(name, lasting, draft -> change.accept(draft.parameters())); }
}
