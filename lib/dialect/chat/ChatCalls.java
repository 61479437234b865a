package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Assembles streamed tool calls from fragments of every shape: with or without index, id or name, and with arguments in
/// pieces, whole, as an object, or repeated from the start each time.
final class ChatCalls {
    private static final class Call {
        String index = "", id = "", name = "", callId = "";
        final StringBuilder waiting = new StringBuilder();   // arguments that arrived before the name
        final CumulativeArguments arguments = new CumulativeArguments();
    }

    private final ReplyContext terms;
    private final Consumer<Event> out;
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> choices = new HashSet<>();   // that have called

    ChatCalls(ReplyContext terms, Consumer<Event> out) {
        this.terms = terms;
        this.out = out;
    }

    /// Fragments of one choice, whose calls are its own.
    void write(String choice, List<JsonElement> fragments) {
        for (var fragment : fragments) {
            choices.add(choice);
            var name = Json.text(fragment, "function", "name");
            var arguments = Json.find(fragment, "function", "arguments");
            var piece = arguments.isJsonObject() ? Json.write(arguments) : Json.text(arguments);
            var call = callOf(place(choice, Json.spelled(fragment, "index")), Json.text(fragment, "id"), name, piece);
            if (call.id.isEmpty()) call.id = Json.text(fragment, "id");
            if (call.name.isEmpty() && !name.isEmpty()) begin(call, name);
            if (call.name.isEmpty()) call.waiting.append(piece);
            else input(call, call.arguments.take(piece));
        }
    }

    private static String place(String choice, String index) {
        return choice.isEmpty() || choice.equals("0") ? index : choice + ":" + index;
    }

    boolean isEmpty() { return choices.isEmpty(); }

    boolean has(String choice) { return choices.contains(choice); }

    private void begin(Call call, String name) {
        call.name = name;
        if (terms.oneCall() && call != calls.getFirst()) return;   // some hosts cannot be told, or ignore it
        var taken = calls.stream().anyMatch(other -> other.callId.equals(call.id));
        call.callId = call.id.isEmpty() || taken ? terms.ids().next("toolu") : call.id;
        out.accept(new Event.ToolCall(call.callId, name));
        if (!call.waiting.isEmpty()) input(call, call.arguments.take(call.waiting.toString()));
    }

    private void input(Call call, String json) {
        if (!json.isEmpty() && !call.callId.isEmpty()) out.accept(new Event.ToolInput(call.callId, json));
    }

    /// The call that the fragment continues, or a new one.
    private Call callOf(String index, String id, String name, String piece) {
        for (var call : calls.reversed()) {
            var same = !index.isEmpty() ? call.index.equals(index) : id.isEmpty() || call.id.equals(id);
            if (same) return isNext(call, id, name, piece) ? add(index) : call;
        }
        // Only a name starts a call: here the index came late, or each chunk has its own id.
        return calls.isEmpty() || !name.isEmpty() || !index.isEmpty() && !calls.getLast().index.isEmpty() ? add(index) : calls.getLast();
    }

    /// Some hosts give every call the same index, and some repeat the name in every chunk. A different id or name means
    /// another call, and so do further arguments after complete ones.
    private static boolean isNext(Call call, String id, String name, String piece) {
        if (name.isEmpty() || call.name.isEmpty()) return false;
        if (!id.isEmpty() && !call.id.isEmpty()) return !call.id.equals(id);
        return !call.name.equals(name) || id.isEmpty() && !piece.isEmpty() && call.arguments.whole() && !call.arguments.has(piece);
    }

    private Call add(String index) {
        var call = new Call();
        call.index = index;
        calls.add(call);
        return call;
    }

    void end() {
        for (var call : calls) {
            if (call.name.isEmpty() && call.waiting.isEmpty()) continue;
            if (call.name.isEmpty()) throw new ApiError(500, "the provider sent a tool call without a name");
            input(call, call.arguments.rest());
        }
    }
}
