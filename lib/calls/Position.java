package lib.calls;

/// Where a letter of a Markdown text stands: at the beginning of a line or not, in code, in a quotation, in a table.
final class Position {
    private static final String QUOTES = "\"'`“”‘’«»„「『";
    private static final int DEEPEST_INDENT = 3, FENCE = 3;

    private char first, before, fence;   // the line's first letter; the letter before; what an open fence is made of
    private int column, lead, length;    // of the run that the line begins with, and of the fence
    private boolean blank, leading, rest, inline, opened;

    Position() { reset(); }

    /// As at the beginning of a text.
    void reset() {
        fence = before = 0;
        begin();
    }

    private void begin() {
        first = 0;
        column = lead = 0;
        blank = true;
        leading = rest = inline = opened = false;
    }

    boolean isOpen() { return fence == 0 && !inline && first != '>' && first != '|' && QUOTES.indexOf(before) < 0; }

    boolean isLineStart() { return blank && column <= DEEPEST_INDENT; }

    boolean isBlank() { return blank; }

    void pass(char c) {
        if (c == '\n') {
            if (fence != 0 && !opened && first == fence && lead >= length && !rest) fence = 0;
            before = 0;
            begin();
            return;
        }
        var space = c == ' ' || c == '\t' || c == '\r';
        if (blank && space) column++;
        else if (blank) {
            blank = false;
            first = c;
            leading = c == '`' || c == '~';
            lead = 1;
        } else if (leading && c == first) lead++;
        else {
            leading = false;
            rest |= !space;
        }
        code(c);
        before = c;
    }

    private void code(char c) {
        if (leading && lead >= FENCE && (fence == 0 || opened)) {
            fence = c;
            length = lead;
            opened = true;
            inline = false;
        } else if (c == '`' && opened) {   // code that begins and ends in one line
            fence = 0;
            opened = false;
        } else if (c == '`' && fence == 0 && before != '`') inline = !inline;
    }
}
