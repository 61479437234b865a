package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.reply.Event;
import lib.wire.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Puts streamed tool calls together from fragments of every shape: with and without index, id or name, with the
/// arguments in pieces, whole, as an object, or each time from the beginning.
final class ChatCalls {
    private static final class Call {
        String index = "", id = "", name = "", callId = "";
        final StringBuilder waiting = new StringBuilder();   // arguments that came before the name
        final Snapshots arguments = new Snapshots();
    }

    private final Terms terms;
    private final Consumer<Event> out;
    private final List<Call> calls = new ArrayList<>();

    ChatCalls(Terms terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = out;
    }

    void write(List<JsonElement> fragments) {
        for (var fragment : fragments) {
            var function = Json.at(fragment, "function");
            var call = callOf(fragment, Json.text(function, "name"));
            if (!Json.text(fragment, "id").isEmpty() && call.id.isEmpty()) call.id = Json.text(fragment, "id");
            if (call.name.isEmpty() && !Json.text(function, "name").isEmpty()) begin(call, Json.text(function, "name"));
            var piece = Json.find(function, "arguments") instanceof JsonObject object ? Json.write(object) : Json.text(function, "arguments");
            if (call.name.isEmpty()) call.waiting.append(piece);
            else input(call, call.arguments.take(piece));
        }
    }

    private void begin(Call call, String name) {
        call.name = name;
        call.callId = call.id.isEmpty() ? terms.ids().next("toolu") : call.id;
        out.accept(new Event.ToolCall(call.callId, terms.names().received(name)));
        if (!call.waiting.isEmpty()) input(call, call.arguments.take(call.waiting.toString()));
    }

    private void input(Call call, String json) {
        if (!json.isEmpty()) out.accept(new Event.ToolInput(call.callId, json));
    }

    /// The call that the fragment continues, or a new one.
    private Call callOf(JsonElement fragment, String name) {
        var index = Json.spelled(fragment, "index");
        var id = Json.text(fragment, "id");
        for (var i = calls.size() - 1; i >= 0; i--) {
            var call = calls.get(i);
            var same = index.isEmpty() ? id.isEmpty() ? i == calls.size() - 1 : call.id.equals(id) : call.index.equals(index);
            if (same) return isNext(call, id, name) ? add(index) : call;
        }
        // A new id without a name continues the last call of a host that gives every chunk its own id.
        return calls.isEmpty() || !name.isEmpty() || !index.isEmpty() ? add(index) : calls.getLast();
    }

    /// Some hosts give every call the same index: a name with another id, or after whole arguments, is another call.
    private static boolean isNext(Call call, String id, String name) {
        if (name.isEmpty() || call.name.isEmpty()) return false;
        return id.isEmpty() || call.id.isEmpty() ? call.arguments.whole() && id.isEmpty() : !call.id.equals(id);
    }

    private Call add(String index) {
        var call = new Call();
        call.index = index;
        calls.add(call);
        return call;
    }

    void end() {
        for (var call : calls) {
            if (call.name.isEmpty()) throw new lib.wire.ApiError(500, "the provider sent a tool call without a name");
            input(call, call.arguments.rest());
        }
    }
}
