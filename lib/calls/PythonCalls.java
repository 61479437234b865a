package lib.calls;

import module java.base;

import lib.json.*;

/// Calls as Python writes them: `[Read(file_path="/a", limit=20)]`.
final class PythonCalls {
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d[\\d_]*(\\.\\d*)?([eE][-+]?\\d+)?");
    private static final Map<Character, String> ESCAPES = Map.of(
        'n', "\n", 't', "\t", 'r', "\r", '0', "\0", 'b', "\b", 'f', "\f", '\n', "");

    private PythonCalls() {}

    /// A list, which LFM2 puts between tokens and also writes in JSON.
    static Passage list(Cursor in, String open, String close) {
        in.need(open);
        in.space();
        var start = in.at();
        in.need("[");
        in.space();
        var calls = new ArrayList<Passage.Call>();
        if (!open.isEmpty() && in.peek() == '{') {
            in.back(start);
            calls.addAll(Json.list(in.json()).stream().map(JsonCalls::call).toList());
        } else {
            do {
                in.space();
                calls.add(one(in));
                in.space();
            } while (in.skip(","));
            in.need("]");
        }
        in.space();
        in.needClose(close);
        return new Passage(calls);
    }

    /// Llama 4's, without a token: alone in its lines, which a link is not.
    static Passage bare(Cursor in) {
        var calls = list(in, "", "");
        in.lineEnds();
        return calls;
    }

    /// Gemma 3's and Gemini's: statements in a fence, each printed or not.
    static Passage toolCode(Cursor in, String open) {
        in.need(open);
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            calls.addAll(statement(in));
            in.space();
        } while (!in.skipClose("```"));
        return new Passage(calls);
    }

    /// A call, which may be printed or stand in a list.
    static List<Passage.Call> statement(Cursor in) {
        var printed = in.skip("print(");
        in.space();
        var calls = in.peek() == '[' ? list(in, "", "").calls() : List.of(one(in));
        in.space();
        if (printed) in.need(")");
        in.skip(";");
        return calls;
    }

    /// Llama's built-in functions: `brave_search.call(query="...")`
    static Passage call(Cursor in) {
        var call = one(in);
        return Passage.of(new Passage.Call(call.name().replaceFirst("\\.call$", ""), call.input()));
    }

    private static Passage.Call one(Cursor in) {
        var name = in.nameBefore("(");
        var input = new JsonObject();
        in.space();
        while (!in.skip(")")) {
            if (in.skip("**")) {
                var all = value(in);
                if (!all.isJsonObject()) throw new Cursor.Mismatch();
                for (var key : Json.keys(all)) Json.put(input, key, Json.find(all, key));
            } else {
                var key = in.name();
                in.space();
                in.need("=");
                in.space();
                Json.put(input, key, value(in));
            }
            in.space();
            if (!in.skip(",") && !in.sees(")")) throw new Cursor.Mismatch();
            in.space();
        }
        return new Passage.Call(name, input);
    }

    /// A literal.
    private static JsonElement value(Cursor in) {
        for (var word : List.of("True", "true")) if (in.skip(word)) return Json.tree(true);
        for (var word : List.of("False", "false")) if (in.skip(word)) return Json.tree(false);
        for (var word : List.of("None", "null")) if (in.skip(word)) return Json.parse("null");
        var raw = in.peek() == 'r' && (in.sees("r\"") || in.sees("r'"));
        if (raw) in.need("r");
        return switch (in.peek()) {
            case '"', '\'' -> text(in, raw);
            case '[' -> sequence(in, "[", "]");
            case '(' -> sequence(in, "(", ")");
            case '{' -> dictionary(in);
            default -> number(in);
        };
    }

    /// Neighbours are one text.
    private static JsonElement text(Cursor in, boolean raw) {
        var text = new StringBuilder();
        while (true) {
            var quote = in.sees("\"\"\"") ? "\"\"\"" : in.sees("'''") ? "'''" : String.valueOf(in.peek());
            in.need(quote);
            while (!in.skip(quote)) {
                var c = in.take();
                if (c != '\\') text.append(c);
                else if (raw) text.append(c).append(in.take());
                else escaped(in, text);
            }
            var end = in.at();
            in.space();
            if (in.isAtEnd() || in.peek() != '"' && in.peek() != '\'') {
                in.back(end);
                return Json.tree(text.toString());
            }
        }
    }

    private static void escaped(Cursor in, StringBuilder text) {
        var c = in.take();
        var digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits == 0) {
            text.append(ESCAPES.getOrDefault(c, c == '\\' || c == '"' || c == '\'' ? String.valueOf(c) : "\\" + c));
            return;
        }
        var code = new StringBuilder();
        for (var i = 0; i < digits; i++) code.append(in.take());
        try {
            text.appendCodePoint(Integer.parseInt(code.toString(), 16));
        } catch (IllegalArgumentException e) {
            throw new Cursor.Mismatch();
        }
    }

    private static JsonElement sequence(Cursor in, String open, String close) {
        in.enter();
        var items = new JsonArray();
        in.need(open);
        in.space();
        while (!in.skip(close)) {
            items.add(value(in));
            in.space();
            if (!in.skip(",") && !in.sees(close)) throw new Cursor.Mismatch();
            in.space();
        }
        in.leave();
        return items;
    }

    private static JsonElement dictionary(Cursor in) { return in.object(key -> Json.text(text(key, false)), PythonCalls::value); }

    static JsonElement number(Cursor in) {
        var number = in.match(NUMBER).replace("_", "");
        try {
            return Json.parse(number.replaceFirst("^\\+", "").replaceFirst("\\.$", ".0"));
        } catch (Json.Malformed e) {
            throw new Cursor.Mismatch();
        }
    }
}
