package lib.calls;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.wire.*;

/// The calls that were found in a reply's text: of tools that were offered, and with all that these require.
final class FoundCalls {
    private record Found(String name, JsonElement input) { }

    private record Group(List<Found> calls, String text) { }

    /// A call that the server has made itself. One in the text may be the same, left there as well.
    private record Made(String name, StringBuilder input) { }

    private final ToolNames names;
    private final Map<String, InputShape> tools;
    private final Ids ids;
    private final int most;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Made> made = new LinkedHashMap<>();   // by their ids

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
            if (shape.drops(key, value)) continue;
            var property = shape.property(key);
            Json.put(input, key, call.raw().contains(key) ? property.typed(Json.text(value)) : property.fitted(value));
        }
        return input;
    }

    /// The server has made a call itself, under any name of the tool.
    void made(String id, String name, String input) { made.put(id, new Made(names.received(name), new StringBuilder(input))); }

    void input(String id, String piece) {
        if (made.containsKey(id)) made.get(id).input.append(piece);
    }

    /// Writes the calls. Where the server has made calls itself, those among them that it also left in the text go, and any
    /// other is given back as the text that it was.
    void write(Consumer<Event> out) {
        if (made.isEmpty()) {
            var calls = groups.stream().flatMap(group -> group.calls.stream()).limit(most).toList();
            for (var call : calls) {
                var id = ids.next("toolu");
                out.accept(new Event.ToolCall(id, call.name));
                out.accept(new Event.ToolInput(id, Json.write(call.input)));
            }
        } else for (var group : groups)
            if (!group.calls.stream().allMatch(this::isMade)) out.accept(new Event.Text(group.text));
    }

    private boolean isMade(Found found) {
        return made.values().stream().anyMatch(call -> call.name.equals(found.name) && isSame(call.input.toString(), found));
    }

    /// An input that cannot be read is taken for the same, because a call made twice does more harm.
    private boolean isSame(String json, Found found) {
        try {
            var input = Json.parse(json.isBlank() ? "{}" : json);
            return found.input.equals(Optional.ofNullable(tools.get(found.name)).map(shape -> shape.fitted(input)).orElse(input));
        } catch (Json.Malformed e) {
            return true;
        }
    }
}
