package lib.route;

import module java.base;
import com.google.gson.JsonObject;

/// A named deviation of a provider from its dialect: a patch of the draft, or a fact that the dialect asks for by name.
/// Grouped by what they patch, one file each.
public interface Quirk {
    Set<Shape> CHAT_BODIES = Set.of(Shape.CHAT), RESPONSES_BODIES = Set.of(Shape.RESPONSES), ANTHROPIC_BODIES = Set.of(Shape.ANTHROPIC),
        CHAT_AND_RESPONSES = Set.of(Shape.CHAT, Shape.RESPONSES), CHAT_AND_TEXT = Set.of(Shape.CHAT, Shape.TEXT), ANY_BODY = Set.of(Shape.values());

    String name();

    /// The shapes of body that it is for.
    Set<Shape> shapes();

    /// Changes the draft in place. A fact changes nothing.
    default void patch(Draft draft, Request request, Route route) { patch(draft.body(), request, route); }

    default void patch(JsonObject body, Request request, Route route) { }
}
