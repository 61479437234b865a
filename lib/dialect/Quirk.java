package lib.dialect;

import com.google.gson.JsonObject;

/// A named deviation of a provider from its dialect: a patch of the body that goes up, or a fact that the dialect
/// asks for by name. Grouped by what they patch, one file each.
public interface Quirk {
    String name();

    /// Changes the finished body in place. A fact changes nothing.
    default void patch(JsonObject body, Request request, Route route) { }
}
