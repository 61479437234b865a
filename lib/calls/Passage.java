package lib.calls;

import module java.base;

import lib.json.*;

/// What a stretch of a model's own syntax says: calls, and what it thought before them.
record Passage(List<Call> calls, String thought) {
    /// One call. Values that were written raw, without JSON's marks, are still texts and are typed by the tool's schema.
    /// A name may be empty where the model leaves it to be told by the input.
    record Call(String name, JsonObject input, Set<String> raw) {
        Call(String name, JsonObject input) { this(name, input, Set.of()); }
    }

    Passage(List<Call> calls) { this(calls, ""); }

    static Passage of(Call call) { return new Passage(List.of(call)); }
}
