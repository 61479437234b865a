package lib.dialect;

import com.google.gson.JsonObject;

import java.util.function.Consumer;

/// What a refusal taught: a change to the body that makes the same request acceptable. A lasting one holds for
/// every later request to that model, any other only for this one.
public record Mend(String name, boolean lasting, Consumer<JsonObject> patch) { }
