package lib.answer;

import module java.base;

/// Looks for stop sequences in a text that arrives in pieces. The first that is complete ends the text, as it does where the
/// model writes it; how the pieces are cut makes no difference.
final class StopSequences {
    private final List<String> sequences;
    private String held = "";   // perhaps the start of one
    private String reached = "";

    StopSequences(List<String> sequences) { this.sequences = sequences; }

    /// The sequence that ended the text, or nothing yet.
    String reached() { return reached; }

    /// The text that is clear by now, up to the sequence that ends it.
    String take(String piece) {
        var text = held + piece;
        held = "";
        int start = text.length(), end = Integer.MAX_VALUE;
        for (var sequence : sequences) {
            var found = text.indexOf(sequence);
            var until = found + sequence.length();
            if (found < 0 || until > end || until == end && found >= start) continue;
            start = found;
            end = until;
            reached = sequence;
        }
        if (!reached.isEmpty()) return text.substring(0, start);
        var keep = sequences.stream().mapToInt(sequence -> overlap(text, sequence)).max().orElse(0);
        held = text.substring(text.length() - keep);
        return text.substring(0, text.length() - keep);
    }

    /// What was held back, if the text ends here.
    String rest() {
        var rest = held;
        held = "";
        return rest;
    }

    /// How many characters at the end of the text could be the start of the sequence.
    static int overlap(String text, String sequence) {
        for (var n = Math.min(sequence.length() - 1, text.length()); n > 0; n--)
            if (text.regionMatches(text.length() - n, sequence, 0, n)) return n;
        return 0;
    }
}
