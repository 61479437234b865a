package lib.wire;

import module java.base;

/// New identifiers: random, or counted so that tests can predict them.
public final class Ids {
    private static final String LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// Made for the first identifier: it takes a Java that has just started 10 ms.
    private static final class Chance {
        static final SecureRandom SOURCE = new SecureRandom();
    }

    private final UnaryOperator<String> rest;

    /// `rest` gives what stands behind a prefix.
    public Ids(UnaryOperator<String> rest) { this.rest = rest; }

    public static Ids random() { return new Ids(_ -> token(22)); }

    public static Ids counting() {
        Map<String, Integer> counts = new HashMap<>();
        return new Ids(prefix -> {
            synchronized (counts) {
                return String.valueOf(counts.merge(prefix, 1, Integer::sum));
            }
        });
    }

    public String next(String prefix) { return prefix + "_" + rest.apply(prefix); }

    /// Random letters and digits, as secure as a password.
    public static String token(int length) {
        var token = new StringBuilder(length);
        for (var i = 0; i < length; i++) token.append(LETTERS.charAt(Chance.SOURCE.nextInt(LETTERS.length())));
        return token.toString();
    }
}
