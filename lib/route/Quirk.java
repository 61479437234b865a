package lib.route;

import module java.base;

import lib.json.*;

/// A way in which a provider deviates from its dialect: a patch of the draft, or a fact that the dialect asks for by name.
/// There is one file for each thing that quirks patch.
public interface Quirk {
    Set<Shape> CHAT_BODIES = Set.of(Shape.CHAT), RESPONSES_BODIES = Set.of(Shape.RESPONSES), ANTHROPIC_BODIES = Set.of(Shape.ANTHROPIC),
        CHAT_AND_RESPONSES = Set.of(Shape.CHAT, Shape.RESPONSES), CHAT_AND_TEXT = Set.of(Shape.CHAT, Shape.TEXT),
        ANY_BODY = Set.of(Shape.values());

    String name();

    /// The shapes of body that it applies to.
    Set<Shape> shapes();

    /// Changes the draft in place. A fact changes nothing.
    void patch(Draft draft, Request request, Route route);

    /// Whether it means that the provider searches the web itself for this message.
    default boolean searches(JsonObject message, Route route) { return false; }

    /// A change to the body.
    @FunctionalInterface interface Patch {
        Patch NONE = (_, _, _) -> { };

        void apply(JsonObject body, Request request, Route route);
    }
}
