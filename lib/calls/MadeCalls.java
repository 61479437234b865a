package lib.calls;

import module java.base;
import com.google.gson.JsonElement;

import lib.message.*;
import lib.wire.*;

/// The calls that a server has made itself. A call in the text may be one of them, left there as well.
final class MadeCalls {
    private record Made(String name, StringBuilder input) { }

    private final Map<String, Made> calls = new LinkedHashMap<>();   // by their ids

    void add(String id, String name, String input) { calls.put(id, new Made(name, new StringBuilder(input))); }

    void input(String id, String piece) {
        if (calls.containsKey(id)) calls.get(id).input.append(piece);
    }

    boolean isEmpty() { return calls.isEmpty(); }

    boolean has(String name, JsonElement input, Optional<InputShape> shape) {
        return calls.values().stream().anyMatch(call -> call.name.equals(name) && isSame(call.input.toString(), input, shape));
    }

    /// An input that cannot be read is taken for the same, because a call made twice does more harm.
    private static boolean isSame(String made, JsonElement found, Optional<InputShape> shape) {
        try {
            var input = Json.parse(made.isBlank() ? "{}" : made);
            return found.equals(shape.map(known -> known.fitted(input)).orElse(input));
        } catch (Json.Malformed e) {
            return true;
        }
    }
}
