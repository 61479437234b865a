package lib.answer;

import module java.base;

import lib.json.*;

/// Where the JSON in a model's answer may be: many models put a code fence around it, or words before and after it.
final class JsonInText {
    private static final String FENCE = "```";
    private static final int MOST_FENCES = 8;

    private JsonInText() {}

    /// What may be meant, the likeliest first: the whole text, what is in a fence, everything between the outermost brackets, the
    /// first of several, and what a JSON string spells.
    static List<String> candidates(String answer) {
        var text = answer.replaceFirst("^\\s*\uFEFF", "");   // a byte order mark
        var found = new LinkedHashSet<String>();
        found.add(text.strip());
        var fences = 0;
        for (var open = text.indexOf(FENCE); open >= 0 && fences++ < MOST_FENCES; open = text.indexOf(FENCE, open + FENCE.length())) {
            var start = text.indexOf('\n', open) + 1;
            if (start == 0) break;
            for (var end : List.of(text.lastIndexOf(FENCE), text.indexOf("\n" + FENCE, start - 1)))
                if (end >= start) found.add(text.substring(start, end).strip());
        }
        var start = IntStream.of(text.indexOf('{'), text.indexOf('[')).filter(at -> at >= 0).min().orElse(text.length());
        var end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
        if (end > start) found.add(text.substring(start, end));
        first(text, start).ifPresent(found::add);
        spelled(text.strip()).ifPresent(found::add);
        return List.copyOf(found);
    }

    /// The value that begins there, which another may follow.
    private static Optional<String> first(String text, int start) {
        var depth = 0;
        var quoted = false;
        for (var at = start; at < text.length(); at++) {
            var letter = text.charAt(at);
            if (quoted && letter == '\\') at++;
            else if (letter == '"') quoted = !quoted;
            else if (!quoted && (letter == '{' || letter == '[')) depth++;
            else if (!quoted && (letter == '}' || letter == ']') && --depth == 0) return Optional.of(text.substring(start, at + 1));
        }
        return Optional.empty();
    }

    private static Optional<String> spelled(String text) {
        if (!text.startsWith("\"")) return Optional.empty();
        try {
            return Optional.of(Json.text(Json.parse(text)).strip()).filter(inner -> !inner.isEmpty());
        } catch (Json.Malformed e) {
            return Optional.empty();
        }
    }
}
