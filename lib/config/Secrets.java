package lib.config;

import module java.base;

/// What no log may show: the keys in the settings of one run, and the tokens that it has fetched or read since.
public final class Secrets {
    private static final int SHORTEST = 8;   // a shorter one would mask half a text

    private final Set<String> known = new ConcurrentSkipListSet<>(Comparator.comparingInt(String::length).reversed()
        .thenComparing(Comparator.naturalOrder()));

    public void learn(String secret) {
        if (secret.length() >= SHORTEST) known.add(secret);
    }

    /// The text with stars in their places; the longest first, because one may be a part of another.
    public String masked(String text) {
        var masked = text;
        for (var secret : known) masked = masked.replace(secret, "***");
        return masked;
    }
}
