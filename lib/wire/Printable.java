package lib.wire;

import module java.base;

/// Text from elsewhere, such as a provider's words or a client's names, as a terminal may show it.
public final class Printable {
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+");

    private Printable() {}

    /// On one line, without what would move the cursor, change the terminal or turn the text round.
    public static String line(String text) { return UNSAFE.matcher(text).replaceAll(" "); }

    /// The same with not more than so many characters.
    public static String line(String text, int most) {
        var line = line(text);
        return line.codePointCount(0, line.length()) <= most ? line : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }
}
