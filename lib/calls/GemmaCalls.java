package lib.calls;

import module java.base;

import lib.json.*;

/// Gemma 4's and Gemini's own form, `call:Read{file_path:<|"|>/a<|"|>,limit:20}`: names without quotes, texts between tokens.
final class GemmaCalls {
    private static final List<String> QUOTES = List.of("<|\"|>", "<ctrl46>", "<escape>");
    private static final Pattern WORD = Pattern.compile("[^,{}\\[\\]<]+"), KEY = Pattern.compile("\"?[\\w.-]+\"?");

    private GemmaCalls() {}

    static Passage between(Cursor in, String open, String close) {
        in.need(open);
        in.space();
        var call = call(in);
        in.space();
        in.needClose(close);
        return Passage.of(call);
    }

    static Passage.Call call(Cursor in) {
        in.need("call:");
        in.space();
        var name = in.name();
        in.space();
        return new Passage.Call(name, object(in));
    }

    private static JsonObject object(Cursor in) { return in.object(GemmaCalls::key, GemmaCalls::value); }

    private static String key(Cursor in) {
        var quoted = QUOTES.stream().filter(in::skip).findFirst();
        return quoted.isPresent() ? in.until(quoted.get()) : in.match(KEY).replace("\"", "");
    }

    private static JsonElement value(Cursor in) {
        for (var quote : QUOTES) if (in.skip(quote)) return Json.tree(in.until(quote));
        if (in.peek() == '{') return object(in);
        if (in.peek() == '[') return list(in);
        var word = in.match(WORD).strip();
        try {
            return Json.parse(word);
        } catch (Json.Malformed e) {
            return word.equals("None") ? Json.parse("null") : Json.tree(word);
        }
    }

    private static JsonElement list(Cursor in) {
        in.enter();
        var items = new JsonArray();
        in.need("[");
        in.space();
        while (!in.skip("]")) {
            items.add(value(in));
            in.space();
            if (!in.skip(",") && !in.sees("]")) throw new Cursor.Mismatch();
            in.space();
        }
        in.leave();
        return items;
    }
}
