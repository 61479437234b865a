package lib.dialect;

import com.google.gson.JsonObject;

import java.util.Map;

/// A named deviation of a provider from its dialect: a patch of the body or the headers that go up, or a fact that the dialect
/// asks for by name. Grouped by what they patch, one file each.
public interface Quirk {
    String name();

    /// Changes the finished body in place. A fact changes nothing.
    default void patch(JsonObject body, Request request, Route route) { }

    /// Headers that go with the request, in lower case; an empty one takes out the dialect's own.
    default Map<String, String> headers(Request request, Route route) { return Map.of(); }
}
