package lib.calls;

import module java.base;

import lib.json.*;

/// Calls in JSON, one object or a list of them, between the tokens of each family.
final class JsonCalls {
    private static final List<String> NAMES = List.of("name", "tool_name"), INPUTS = List.of("arguments", "parameters"),
        OTHERS = List.of("type", "id", "tool_call_id", "function");

    private JsonCalls() {}

    /// The call that the JSON describes, under whichever names its family has for it.
    static Passage.Call call(JsonElement json) {
        if (!Json.at(json, "function").isEmpty()) return call(Json.find(json, "function"));
        var name = NAMES.stream().map(key -> Json.text(json, key)).filter(text -> !text.isEmpty()).findFirst();
        var input = INPUTS.stream().map(key -> Json.find(json, key)).filter(value -> !value.isJsonNull()).findFirst();
        return new Passage.Call(name.orElseThrow(Cursor.Mismatch::new), object(input.orElse(new JsonObject())));
    }

    /// The input itself, or what it spells as a text.
    static JsonObject object(JsonElement input) {
        if (input instanceof JsonObject object) return object;
        if (!Json.isObject(Json.text(input))) throw new Cursor.Mismatch();
        return Json.objectIn(Json.text(input));
    }

    private static List<Passage.Call> calls(JsonElement json) {
        return json.isJsonArray() ? Json.list(json).stream().map(JsonCalls::call).toList() : List.of(call(json));
    }

    /// Between an opening and a closing token.
    static Passage between(Cursor in, String open, String close) {
        in.need(open);
        in.space();
        var calls = calls(in.json());
        in.space();
        in.needClose(close);
        return new Passage(calls);
    }

    /// After a token, and up to a closing one where the family has that.
    static Passage after(Cursor in, String open, String close) {
        in.need(open);
        in.space();
        return list(in, close);
    }

    /// One call or several, with or without the closing token.
    static Passage list(Cursor in, String close) {
        var calls = calls(in.json());
        in.space();
        in.skip(close);
        return new Passage(calls);
    }

    /// Llama's: JSON, `;` between two, or a built-in function as Python calls it.
    static Passage python(Cursor in, String token) {
        in.need(token);
        in.space();
        if (in.peek() != '{') return PythonCalls.call(in);
        return new Passage(separated(in));
    }

    private static List<Passage.Call> separated(Cursor in) {
        var calls = new ArrayList<Passage.Call>();
        do {
            in.space();
            calls.add(call(in.json()));
            in.space();
        } while (in.skip(";"));
        return calls;
    }

    /// Mistral's: a list, or a name, a token and an object.
    static Passage mistral(Cursor in, String token) {
        in.need(token);
        in.space();
        if (in.peek() == '[' || in.peek() == '{') return new Passage(calls(in.json()));
        var name = in.name();
        if (in.skip("[CALL_ID]")) in.name();
        in.skip("[ARGS]");
        in.space();
        return Passage.of(new Passage.Call(name, object(in.json())));
    }

    /// The whole answer, which is a call and nothing else, also in a fence.
    static Passage alone(Cursor in) {
        var fenced = in.skip("```json") || in.skip("```");
        in.space();
        var start = in.at();
        if (in.peek() == '[') in.need("[");
        in.space();
        in.need("{");
        in.space();
        if (Stream.of(NAMES, INPUTS, OTHERS).flatMap(List::stream)
            .noneMatch(key -> in.sees("\"" + key + "\""))) throw new Cursor.Mismatch();
        in.back(start);
        var calls = new ArrayList<Passage.Call>();
        do {
            in.space();
            var json = in.json();
            (json.isJsonArray() ? Json.list(json) : List.of(json)).forEach(one -> calls.add(bare(one)));
            in.space();
        } while (in.skip(";"));
        if (fenced) in.needClose("```");
        in.space();
        if (!in.isAtEnd()) throw new Cursor.Mismatch();
        if (!in.isLast()) throw new Cursor.Unfinished();
        return new Passage(calls);
    }

    /// Nothing but what a call has: an answer that happens to have a name stays an answer.
    private static Passage.Call bare(JsonElement json) {
        var function = Json.at(json, "function");
        var known = Stream.of(NAMES, INPUTS, OTHERS).flatMap(List::stream).toList();
        if (!known.containsAll(Json.keys(json)) || !known.containsAll(Json.keys(function))) throw new Cursor.Mismatch();
        if (INPUTS.stream().noneMatch(key -> Json.has(json, key) || Json.has(function, key))) throw new Cursor.Mismatch();
        return call(json);
    }
}
