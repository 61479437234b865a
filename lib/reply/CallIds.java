package lib.reply;

import module java.base;

/// Ids of tool calls in the form that Anthropic's API accepts, `^[a-zA-Z0-9_-]+$`, and back in the provider's own, such
/// as `functions.Read:0`: the client is given the first, and the provider gets its id back as it came.
public final class CallIds {
    private static final String MARK = "enc-";
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_-]*"), KEPT = Pattern.compile("[a-zA-Z0-9-]"),
        ENCODED = Pattern.compile(MARK + "(?:[a-zA-Z0-9-]|_[0-9a-f]{2})*");

    private CallIds() {}

    public static String legal(String id) {
        if (LEGAL.matcher(id).matches() && !id.startsWith(MARK)) return id;
        var legal = new StringBuilder(MARK);
        for (var b : id.getBytes(StandardCharsets.UTF_8)) {
            var letter = String.valueOf((char) (b & 0xff));
            legal.append(KEPT.matcher(letter).matches() ? letter : String.format("_%02x", b));
        }
        return legal.toString();
    }

    public static String original(String id) {
        if (!ENCODED.matcher(id).matches()) return id;
        var bytes = new ByteArrayOutputStream();
        for (var at = MARK.length(); at < id.length(); at++) {
            var escaped = id.charAt(at) == '_';
            bytes.write(escaped ? Integer.parseInt(id, at + 1, at + 3, 16) : id.charAt(at));
            if (escaped) at += 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
