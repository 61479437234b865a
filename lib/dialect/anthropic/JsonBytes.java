package lib.dialect.anthropic;

import module java.base;

import lib.json.*;

/// Replaces one value of a JSON object in its bytes, so that every other byte is unchanged.
final class JsonBytes {
    private JsonBytes() {}

    /// The object with the top-level string `key` set to `value`. The bytes must be a valid JSON object.
    static byte[] value(byte[] json, String key, String value) {
        var depth = 0;
        for (var i = 0; i < json.length; i++) {
            switch (json[i]) {
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case '"' -> {
                    var end = endOfText(json, i);
                    var colon = skipSpace(json, end);
                    if (depth == 1 && colon < json.length && json[colon] == ':' && Json.text(Json.parse(part(json, i, end))).equals(key)) {
                        var start = skipSpace(json, colon + 1);
                        return start < json.length && json[start] == '"' ? replaced(json, start, endOfText(json, start), value) : json;
                    }
                    i = end - 1;
                }
                default -> { }
            }
        }
        return json;
    }

    private static byte[] replaced(byte[] json, int from, int to, String value) {
        var quoted = new Utf8(value.length() + 2).quoted(value).bytes();
        var out = new ByteArrayOutputStream(json.length + quoted.length);
        out.write(json, 0, from);
        out.writeBytes(quoted);
        out.write(json, to, json.length - to);
        return out.toByteArray();
    }

    private static int endOfText(byte[] json, int quote) {
        var i = quote + 1;
        while (json[i] != '"') i += json[i] == '\\' ? 2 : 1;
        return i + 1;
    }

    private static int skipSpace(byte[] json, int i) {
        while (i < json.length && json[i] <= ' ' && json[i] >= 0) i++;
        return i;
    }

    private static String part(byte[] json, int from, int to) { return new String(json, from, to - from, StandardCharsets.UTF_8); }
}
