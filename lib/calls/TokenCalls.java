package lib.calls;

import module java.base;

import lib.json.*;

/// Calls between tokens of a model's own: Kimi, DeepSeek, Step, MiniMax M3.
final class TokenCalls {
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(\\w+)=\"([^\"]*)\""), TAG = Pattern.compile("[\\w-]+");
    private static final String M3 = "]<]minimax[>[", SEP = "<|sep|>";

    private TokenCalls() {}

    /// Kimi K2: `functions.Read:0` and JSON. A bare number for a name leaves it to the input.
    static Passage kimi(Cursor in) {
        in.skip("<|tool_calls_section_begin|>");
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            in.need("<|tool_call_begin|>");
            in.space();
            var id = in.name();
            in.space();
            in.need("<|tool_call_argument_begin|>");
            in.space();
            var input = JsonCalls.object(in.json());
            in.space();
            in.needClose("<|tool_call_end|>");
            calls.add(new Passage.Call(id.matches("\\d+") ? "" : id, input));
            in.space();
        } while (in.sees("<|tool_call_begin|>"));
        in.skip("<|tool_calls_section_end|>");
        return new Passage(calls);
    }

    /// Kimi K3.
    static Passage kimi3(Cursor in) {
        var wrapped = in.skip("<|open|>tools" + SEP);
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            in.need("<|open|>call ");
            var name = attributes(in).getOrDefault("tool", "");
            var values = new TagCalls.Values();
            in.space();
            while (!in.skipEnd("<|close|>call" + SEP)) {
                in.need("<|open|>argument ");
                var attributes = attributes(in);
                var value = in.until("<|close|>argument" + SEP);
                var key = attributes.getOrDefault("key", "");
                if (attributes.getOrDefault("type", "string").equals("string")) values.text(key, value);
                else values.json(key, value);
                in.space();
            }
            calls.add(values.of(name));
            in.space();
        } while (in.sees("<|open|>call "));
        if (wrapped) in.needClose("<|close|>tools" + SEP);
        return new Passage(calls);
    }

    private static Map<String, String> attributes(Cursor in) {
        var attributes = new HashMap<String, String>();
        for (var found : ATTRIBUTE.matcher(in.until(SEP)).results().toList())
            attributes.put(found.group(1), found.group(2).replace("&quot;", "\"").replace("&amp;", "&"));
        return attributes;
    }

    /// DeepSeek: V3 says `function` and has its JSON in a fence, V3.1 has the name and the bare JSON.
    static Passage deepSeek(Cursor in) {
        in.skip("<｜tool▁calls▁begin｜>");
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            in.need("<｜tool▁call▁begin｜>");
            in.space();
            var name = in.name();
            in.space();
            in.need("<｜tool▁sep｜>");
            in.space();
            var fenced = in.peek() != '{';
            if (fenced) {
                name = in.name();
                in.space();
                in.need("```json");
                in.space();
            }
            var input = JsonCalls.object(in.json());
            in.space();
            if (fenced) in.needClose("```");
            in.space();
            in.needClose("<｜tool▁call▁end｜>");
            calls.add(new Passage.Call(name, input));
            in.space();
        } while (in.sees("<｜tool▁call▁begin｜>"));
        in.skip("<｜tool▁calls▁end｜>");
        return new Passage(calls);
    }

    /// Step-3.
    static Passage step(Cursor in) {
        in.skip("<｜tool_calls_begin｜>");
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            in.need("<｜tool_call_begin｜>");
            in.until("<｜tool_sep｜>");
            in.space();
            calls.add(TagCalls.invoke(in, "steptml:"));
            in.space();
            in.needClose("<｜tool_call_end｜>");
            in.space();
        } while (in.sees("<｜tool_call_begin｜>"));
        in.skip("<｜tool_calls_end｜>");
        return new Passage(calls);
    }

    /// MiniMax M3: a mark before every tag, and a tag for every property, also inside objects and lists.
    static Passage minimax(Cursor in) {
        in.need(M3 + "<tool_call>");
        var calls = new ArrayList<Passage.Call>();
        in.space();
        do {
            in.need(M3 + "<invoke name=\"");
            var name = in.nameBefore("\">");
            in.space();
            var values = new TagCalls.Values();
            while (!in.skipEnd(M3 + "</invoke>")) {
                in.need(M3 + "<");
                var tag = tag(in);
                property(in, tag, values);
                in.space();
            }
            calls.add(values.of(name));
            in.space();
        } while (!in.skipClose(M3 + "</tool_call>"));
        return new Passage(calls);
    }

    /// The tag's name, which `parameter name="..."` spells out.
    private static String tag(Cursor in) {
        var inside = in.until(">");
        var named = ATTRIBUTE.matcher(inside);
        if (inside.startsWith("parameter ") && named.find()) return named.group(2);
        if (!TAG.matcher(inside).matches()) throw new Cursor.Mismatch();
        return inside;
    }

    private static void property(Cursor in, String tag, TagCalls.Values values) {
        var start = in.at();
        in.space();
        if (in.sees(M3 + "<") && !in.sees(M3 + "</")) {
            values.json(tag, Json.write(nested(in, tag)));
            return;
        }
        in.back(start);
        values.put(tag, in.until(M3 + "</"));
        in.until(">");
    }

    private static JsonElement nested(Cursor in, String tag) {
        in.enter();
        var object = new JsonObject();
        var items = new JsonArray();
        while (!in.skip(M3 + "</" + tag + ">")) {
            in.need(M3 + "<");
            var name = tag(in);
            var start = in.at();
            in.space();
            JsonElement value;
            if (in.sees(M3 + "<") && !in.sees(M3 + "</")) value = nested(in, name);
            else {
                in.back(start);
                value = Json.tree(in.until(M3 + "</"));
                in.until(">");
            }
            if (name.equals("item")) items.add(value);
            else Json.put(object, name, value);
            in.space();
        }
        in.leave();
        return items.isEmpty() ? object : items;
    }
}
