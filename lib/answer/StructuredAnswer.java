package lib.answer;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Holds back an answer that must be JSON by the client's schema until it is whole, and passes on only the JSON in it. If it does
/// not match, the model is asked once more, with what is wrong; then it is an error. Calls, and answers that were cut off or
/// refused, pass as they are.
public final class StructuredAnswer implements Continuation {
    private static final Set<String> ENDS = Set.of("end_turn", "tool_use");   // some providers say tool_use without a call

    private final String model;
    private final SchemaCheck check;
    private final StringBuilder said = new StringBuilder();
    private Consumer<Event> out = _ -> { };
    private Optional<Event.Stop> stop = Optional.empty();
    private boolean calls, corrected;

    private StructuredAnswer(JsonObject schema, String model) {
        this.check = new SchemaCheck(schema);
        this.model = model;
    }

    /// What an exchange needs. Anthropic's own API keeps to the schema; an answer that the client began is not whole; and the
    /// blocks of tools that run at the provider are known only to a client that gets its frames.
    public static List<Continuation> of(Request request, Route route) {
        var schema = Schema.ofAnswer(request.message());
        var untouched = route.has(AnthropicQuirks.CLIENT_HEALS) || ReplyContext.isBegun(request.message())
            || route.dialect().relays() && Json.list(request.message(), "tools").stream().anyMatch(ClientTools::isServerRun);
        if (schema.isEmpty() || untouched) return List.of();
        return List.of(new StructuredAnswer(schema, route.label()));
    }

    @Override public Consumer<Event> hear(Consumer<Event> out) {
        this.out = out;
        said.setLength(0);
        stop = Optional.empty();
        calls = false;
        return this::accept;
    }

    private void accept(Event event) {
        switch (event) {
            case Event.Text(var piece) when !calls -> said.append(piece);
            case Event.ToolCall call -> {
                calls = true;   // what was said before it is not the answer
                release(said.toString());
                out.accept(call);
            }
            case Event.Stop end when !calls && ENDS.contains(end.reason()) && !said.toString().isBlank() -> stop = Optional.of(end);
            case Event.Stop end -> {
                release(said.toString());
                out.accept(end);
            }
            default -> out.accept(event);
        }
    }

    private void release(String text) {
        said.setLength(0);
        if (!text.isEmpty()) out.accept(new Event.Text(text));
    }

    @Override public Optional<NextTurn> next() {
        if (stop.isEmpty()) return Optional.empty();
        var given = said.toString();
        var wrong = List.<String>of();
        for (var json : JsonInText.candidates(given)) {
            wrong = check.errors(json);
            if (!wrong.isEmpty()) continue;
            release(json);
            out.accept(stop.get());
            return Optional.empty();
        }
        if (corrected) throw ApiError.invalid(model + " answered twice with text that does not match the JSON schema ("
            + String.join("; ", wrong) + "); simplify the schema, or choose another model");
        corrected = true;
        return Optional.of(new NextTurn(List.of(turn("assistant", given), turn("user", Instructions.correction(wrong))), "none"));
    }

    private static JsonObject turn(String role, String text) {
        return History.turn(role, List.of(Json.object("type", "text", "text", text)));
    }
}
