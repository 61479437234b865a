package lib.answer;

import module java.base;

/// Where the JSON in a model's answer may be: many models put a code fence around it, or words before and after it.
final class JsonInText {
    private static final String FENCE = "```";
    private static final int MOST_FENCES = 8;

    private JsonInText() {}

    /// What may be meant, the likeliest first: the whole text, what is in a fence, and everything between the outermost brackets.
    static List<String> candidates(String text) {
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
        return List.copyOf(found);
    }
}
