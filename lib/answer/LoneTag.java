package lib.answer;

import module java.base;

/// Takes a closing think tag out of the midst of a text in which none opens: a server has removed the opening one, or left it in the
/// prompt. A tag that prose or code speaks of stays: it stands behind a space, in quotes or in backticks.
final class LoneTag {
    private static final String QUOTES = "\"'([{“‘«„*_";

    private final String opening, closing;
    private String held = "";
    private char last = ' ';
    private boolean opened, inCode;

    LoneTag(String opening, String closing) {
        this.opening = opening;
        this.closing = closing;
    }

    /// So much of the text as is known to contain no such tag.
    String take(String piece) { return take(piece, false); }

    /// What was held back, at the end of the text.
    String rest() { return take("", true); }

    private String take(String piece, boolean ended) {
        if (held.isEmpty() && piece.indexOf('<') < 0 && piece.indexOf('`') < 0) {   // nearly every piece
            if (!piece.isEmpty()) last = piece.charAt(piece.length() - 1);
            return piece;
        }
        var text = held + piece;
        held = "";
        var out = new StringBuilder();
        var from = 0;
        for (var at = text.indexOf(closing); at >= 0; at = text.indexOf(closing, from)) {
            var after = at + closing.length();
            if (after == text.length() && !ended) break;
            pass(text.substring(from, at), out);
            var next = after == text.length() ? '\n' : text.charAt(after);
            if (!isLone(next)) pass(closing, out);
            else if (!isLineEnd(next) && last != '\n') pass("\n\n", out);
            from = after;
        }
        var rest = text.substring(from);
        var whole = ended ? rest.length() : rest.endsWith(closing) ? rest.length() - closing.length()
            : rest.length() - Math.max(StopSequences.overlap(rest, closing), StopSequences.overlap(rest, opening));
        pass(rest.substring(0, whole), out);
        held = rest.substring(whole);
        return out.toString();
    }

    private boolean isLone(char next) {
        return !opened && !inCode && last != ' ' && QUOTES.indexOf(last) < 0 && (isLineEnd(next) || Character.isLetterOrDigit(next));
    }

    private static boolean isLineEnd(char next) { return next == '\n' || next == '\r'; }

    private void pass(String text, StringBuilder out) {
        if (text.isEmpty()) return;
        out.append(text);
        opened |= text.contains(opening);
        if (text.chars().filter(letter -> letter == '`').count() % 2 == 1) inCode = !inCode;
        last = text.charAt(text.length() - 1);
    }
}
