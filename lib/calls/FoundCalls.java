package lib.calls;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.message.*;
import lib.reply.*;
import lib.wire.*;

/// The calls that were found in a reply's text: of tools that were offered, and with all that these require.
final class FoundCalls {
    private record Found(String name, JsonElement input) { }

    private record Group(List<Found> calls, String text) { }

    private final ToolNames names;
    private final Map<String, InputShape> tools;
    private final Ids ids;
    private final int most;
    private final List<Group> groups = new ArrayList<>();

    FoundCalls(ToolNames names, Map<String, InputShape> tools, int most, Ids ids) {
        this.names = names;
        this.tools = tools;
        this.most = most;
        this.ids = ids;
    }

    /// Takes the calls of a passage, which the model wrote as this text: all or none.
    boolean take(Passage passage, String text) {
        var all = passage.calls().stream().map(this::checked).flatMap(Optional::stream).toList();
        if (all.size() < passage.calls().size()) return false;
        groups.add(new Group(all, text));
        return true;
    }

    private Optional<Found> checked(Passage.Call call) {
        if (call.name().isEmpty()) return inferred(call);
        var name = names.received(call.name());
        if (name.equals(Toolbox.MORE)) return Optional.of(new Found(name, call.input()));
        return Optional.ofNullable(tools.get(name)).flatMap(shape -> fitting(name, call, shape));
    }

    /// A call without a name is of the one tool that its input fits.
    private Optional<Found> inferred(Passage.Call call) {
        var fitting = tools.entrySet().stream().filter(tool -> tool.getValue().names(Json.keys(call.input())))
            .flatMap(tool -> fitting(tool.getKey(), call, tool.getValue()).stream()).limit(2).toList();
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    private static Optional<Found> fitting(String name, Passage.Call call, InputShape shape) {
        return Optional.of(typed(call, shape)).filter(shape::accepts).map(input -> new Found(name, input));
    }

    private static JsonElement typed(Passage.Call call, InputShape shape) {
        var input = new JsonObject();
        for (var key : Json.keys(call.input())) {
            var value = Json.find(call.input(), key);
            var property = shape.property(key);
            Json.put(input, key, call.raw().contains(key) ? property.typed(Json.text(value)) : property.fitted(value));
        }
        return input;
    }

    String named(String name) { return names.received(name); }

    /// Writes the calls. Where the server has made calls itself, those among them that it also left in the text go, and any
    /// other is given back as the text that it was.
    void write(MadeCalls made, Consumer<Event> out) {
        if (made.isEmpty()) {
            var calls = groups.stream().flatMap(group -> group.calls.stream()).limit(most).toList();
            for (var call : calls) {
                var id = ids.next("toolu");
                out.accept(new Event.ToolCall(id, call.name));
                out.accept(new Event.ToolInput(id, Json.write(call.input)));
            }
        } else for (var group : groups)
            if (!group.calls.stream().allMatch(call -> made.has(call.name, call.input, Optional.ofNullable(tools.get(call.name))))) out.accept(new Event.Text(group.text));
    }
}
