package lib.route;

import module java.base;

import lib.json.*;

/// The model has ended its turn, but the exchange goes on: these messages follow, and the model's next turn continues the
/// same reply. `choice` is the `tool_choice.type` of that turn.
public final class NextTurn extends RuntimeException {
    private final List<JsonObject> messages;
    private final String choice;
    private final Optional<Route> route;

    /// A turn in which the model may call tools; one that it had to call was called by now.
    public NextTurn(List<JsonObject> messages) { this(messages, "auto"); }

    public NextTurn(List<JsonObject> messages, String choice) { this(messages, choice, Optional.empty()); }

    /// One in which this route is asked, after one in which no provider was.
    public NextTurn(List<JsonObject> messages, Route route) { this(messages, "auto", Optional.of(route)); }

    private NextTurn(List<JsonObject> messages, String choice, Optional<Route> route) {
        super("the model takes another turn", null, false, false);
        this.messages = messages;
        this.choice = choice;
        this.route = route;
    }

    public List<JsonObject> messages() { return messages; }

    public String choice() { return choice; }

    public Optional<Route> route() { return route; }
}
