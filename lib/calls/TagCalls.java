package lib.calls;

import module java.base;

import lib.json.*;

/// Calls in tags: `<tool_call>` with JSON, with `<function=...>` or with `<arg_key>`, and `<invoke>` under any prefix.
final class TagCalls {
    private TagCalls() {}

    /// Hermes and Qwen in JSON, Granite 3 in a list of it, Qwen3-Coder in functions, GLM and Hunyuan in pairs of key and value.
    static Passage toolCall(Cursor in) {
        in.need("<tool_call>");
        in.space();
        if (in.sees("<function=")) {
            var passage = function(in);
            in.space();
            in.skip("</tool_call>");
            return passage;
        }
        if (in.peek() == '[') return JsonCalls.list(in, "</tool_call>");
        if (in.peek() != '{') return Passage.of(pairs(in));
        var call = JsonCalls.call(in.json());
        in.space();
        in.needClose("</tool_call>");
        return Passage.of(call);
    }

    /// Hunyuan's, one or more in a wrapper.
    static Passage toolCalls(Cursor in) {
        in.need("<tool_calls>");
        var calls = new ArrayList<Passage.Call>();
        do {
            in.space();
            calls.addAll(toolCall(in).calls());
            in.space();
        } while (!in.skipClose("</tool_calls>"));
        return new Passage(calls);
    }

    /// `<function=Read>`, with or without the tag around it.
    static Passage function(Cursor in) {
        in.need("<function=");
        var name = in.nameBefore(">");
        var values = new Values();
        in.space();
        while (!in.skipEnd("</function>")) {
            in.need("<parameter=");
            values.put(in.nameBefore(">"), trimmed(in.value("</parameter>", "<parameter=", "</function>")));
            in.space();
        }
        return Passage.of(values.of(name));
    }

    /// One line break before and one after are the format's.
    static String trimmed(String value) {
        var from = value.startsWith("\r\n") ? 2 : value.startsWith("\n") ? 1 : 0;
        var to = value.length() - (value.endsWith("\r\n") ? 2 : value.endsWith("\n") ? 1 : 0);
        return value.substring(Math.min(from, to), to);
    }

    private static Passage.Call pairs(Cursor in) {
        var name = in.name();
        var values = new Values();
        in.blanks();
        if (!in.skip("<tool_sep>") && !in.sees("<") && !in.sees("\n") && !in.sees("\\n") && !in.sees("\r")) throw new Cursor.Mismatch();
        in.space();
        while (in.skip("<arg_key>")) {
            var key = in.until("</arg_key>").strip();
            in.space();
            in.need("<arg_value>");
            values.put(key, in.value("</arg_value>", "<arg_key>", "</tool_call>"));
            in.space();
        }
        in.needEnd("</tool_call>");
        return values.of(name);
    }

    /// Claude's `<invoke>` and its relatives': `prefix` is what stands before each tag's name, `wrapper` the tag around
    /// them, empty where there is none.
    static Passage invokes(Cursor in, String prefix, String wrapper) {
        if (!wrapper.isEmpty()) {
            in.need("<" + wrapper + ">");
            in.space();
        }
        var calls = new ArrayList<Passage.Call>();
        do {
            calls.add(invoke(in, prefix));
            in.space();
        } while (!wrapper.isEmpty() && !in.skipClose("</" + wrapper + ">"));
        return new Passage(calls);
    }

    /// A count or the word `call` that the model writes on a line of its own before.
    static Passage announced(Cursor in, String word, String prefix, String wrapper) {
        in.need(word);
        in.space();
        return invokes(in, prefix, wrapper);
    }

    static Passage.Call invoke(Cursor in, String prefix) {
        in.need("<" + prefix + "invoke name=\"");
        var name = in.nameBefore("\"");
        in.blanks();
        if (in.skip("/>")) return new Passage.Call(name, new JsonObject());
        in.need(">");
        var close = "</" + prefix + "invoke>";
        var open = "<" + prefix + "parameter name=\"";
        var values = new Values();
        in.space();
        if (in.peek() == '{') {
            var input = JsonCalls.object(in.json());
            in.space();
            in.needClose(close);
            return new Passage.Call(name, input);
        }
        while (!in.skipEnd(close)) {
            in.need(open);
            var key = in.until("\"");
            var attributes = in.until(">");
            var value = in.value("</" + prefix + "parameter>", open, close);
            if (attributes.contains("string=\"false\"")) values.json(key, value);
            else if (attributes.contains("string=\"true\"")) values.text(key, value);
            else values.put(key, value);
            in.space();
        }
        return values.of(name);
    }

    /// The values of one call, as they are read.
    static final class Values {
        private final JsonObject input = new JsonObject();
        private final Set<String> raw = new HashSet<>();

        /// To be typed by the schema.
        void put(String key, String value) {
            text(key, value);
            raw.add(key);
        }

        void text(String key, String value) { Json.put(input, key, value); }

        void json(String key, String value) {
            try {
                Json.put(input, key, Json.parse(value.strip()));
            } catch (Json.Malformed e) {
                throw new Cursor.Mismatch();
            }
        }

        Passage.Call of(String name) { return new Passage.Call(name, input, Set.copyOf(raw)); }
    }
}
