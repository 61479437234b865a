package lib.json;

import module java.base;

/// The names of keys and events that were read lately, one string for each: they repeat all the time, and a lookup is cheaper than
/// decoding them. A name has two places, or else any two names that share one would be decoded each time. Two threads that read the
/// same new name at once may both decode it.
public final class Names {
    private static final int LONGEST = 40;

    private final String[] names = new String[1024];

    /// The name in these bytes, which escape nothing. It is interned, so that a comparison with a name in the code is cheap.
    public String of(byte[] in, int from, int to) {
        if (to - from > LONGEST) return new String(in, from, to - from, StandardCharsets.UTF_8);
        var hash = to - from;
        for (var i = from; i < to; i++) hash = 31 * hash + in[i];
        var place = (hash ^ hash >>> 10) & names.length - 1;
        var known = names[place];
        if (isHere(known, in, from, to)) return known;
        var other = names[place ^ 1];
        if (isHere(other, in, from, to)) return other;
        names[place ^ 1] = known;
        return names[place] = new String(in, from, to - from, StandardCharsets.UTF_8).intern();
    }

    private static boolean isHere(String known, byte[] in, int from, int to) {
        if (known == null || known.length() != to - from) return false;
        for (var i = from; i < to; i++) if (known.charAt(i - from) != in[i]) return false;
        return true;
    }
}
