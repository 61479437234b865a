package lib.calls;

import module java.base;

/// gpt-oss's harmony: messages with a channel and a recipient, also as it reads once a server has stripped its tokens.
/// https://cookbook.openai.com/articles/openai-harmony
final class HarmonyCalls {
    private static final Pattern RECIPIENT = Pattern.compile("\\bto=([\\w.:-]+)");
    private static final int LONGEST_HEADER = 200;

    private HarmonyCalls() {}

    /// What it thought, and the calls after.
    static Passage messages(Cursor in) {
        var calls = new ArrayList<Passage.Call>();
        var thought = new StringBuilder();
        do {
            in.skip("<|start|>");
            if (!in.skip("assistant")) in.skip("functions");
            var header = header(in);
            var recipient = RECIPIENT.matcher(header);
            in.space();
            if (recipient.find()) {
                calls.add(new Passage.Call(recipient.group(1), JsonCalls.object(in.json())));
                in.space();
                in.skip("<|call|>");
            } else if (header.contains("analysis") && calls.isEmpty()) thought.append(in.until("<|end|>"));
            else throw new Cursor.Mismatch();
            in.space();
        } while (in.sees("<|start|>") || in.sees("<|channel|>"));
        if (calls.isEmpty()) throw in.unfinished();
        return new Passage(calls, thought.toString());
    }

    private static String header(Cursor in) {
        if (in.peek() != '<' && in.peek() != ' ') throw new Cursor.Mismatch();
        var start = in.at();
        var header = in.until("<|message|>");
        if (in.at() - start > LONGEST_HEADER || header.contains("\n")) throw new Cursor.Mismatch();
        return header;
    }

    /// `analysis...assistantcommentary to=functions.Read json{...}`
    static Passage stripped(Cursor in) {
        var thought = "";
        if (in.skip("analysis")) {
            if (!Character.isLetter(in.peek())) throw new Cursor.Mismatch();
            thought = in.until("assistantcommentary to=");
        } else {
            in.skip("assistant");
            in.need("commentary to=");
        }
        var calls = new ArrayList<Passage.Call>();
        do {
            var name = in.name();
            in.space();
            in.skip("code");
            in.skip("json");
            in.space();
            calls.add(new Passage.Call(name, JsonCalls.object(in.json())));
            in.space();
        } while (in.skip("assistantcommentary to="));
        return new Passage(calls, thought);
    }
}
