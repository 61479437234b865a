package lib.wire;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Every pattern in lib reads a hostile text in a time that grows as the text does: the characters that it looks at are
/// counted for two sizes, so that no clock decides.
class PatternsTest {
    private static final int SMALL = 10_000, LARGE = 250_000;
    /// More looks at each character than this are as bad as a square.
    private static final int MOST_LOOKS = 600;
    private static final Pattern WORDS = Pattern.compile("[a-z0-9_]{2,40}(?: [a-z0-9_]{2,40}){0,8} ?", Pattern.CASE_INSENSITIVE), CLASSES = Pattern.compile("\\\\[bBdDwWsSpP](?:\\{\\w{1,20}})?|\\(\\?[a-zA-Z<!=:]{1,20}|[{]\\d{0,9},?\\d{0,9}}");

    static Stream<String> patterns() throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.walk(Path.of("lib"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                if (!Files.readString(file).contains("Pattern")) continue;
                names.add(file.toString().replaceFirst("\\.java$", "").replace('/', '.'));
            }
        }
        return names.stream();
    }

    @ParameterizedTest @MethodSource("patterns") void isLinear(String name) throws ReflectiveOperationException {
        var slow = new ArrayList<String>();
        for (var nested : all(Class.forName(name))) for (var field : nested.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) continue;
            field.setAccessible(true);
            for (var pattern : in(field.get(null))) slow(pattern).ifPresent(why -> slow.add(field.getName() + " " + pattern + " " + why));
        }
        assertEquals(List.of(), slow);
    }

    private static List<Class<?>> all(Class<?> type) {
        var all = new ArrayList<Class<?>>(List.of(type));
        for (var inner : type.getDeclaredClasses()) all.addAll(all(inner));
        return all;
    }

    private static List<Pattern> in(Object value) {
        return switch (value) {
            case Pattern pattern -> List.of(pattern);
            case Collection<?> many -> many.stream().flatMap(item -> in(item).stream()).toList();
            case Map<?, ?> map -> Stream.concat(map.keySet().stream(), map.values().stream()).flatMap(item -> in(item).stream()).toList();
            case Object[] many -> Stream.of(many).flatMap(item -> in(item).stream()).toList();
            case null, default -> List.of();
        };
    }

    /// Why the pattern is not linear, if it is not.
    private static Optional<String> slow(Pattern pattern) {
        var worst = "a";
        var most = 0L;
        for (var seed : seeds(pattern)) {
            var small = looks(pattern, seed, SMALL);
            if (small > most) {
                worst = seed;
                most = small;
            }
        }
        var large = most > (long) SMALL * MOST_LOOKS ? Long.MAX_VALUE : looks(pattern, worst, LARGE);
        return large <= most * (LARGE / SMALL) * 1.5 + LARGE ? Optional.empty()
            : Optional.of(most + " looks at " + SMALL + " and " + large + " at " + LARGE + " characters of '" + worst + "'");
    }

    /// What patterns stumble over: one character again and again, and their own words without an end.
    private static Set<String> seeds(Pattern pattern) {
        var seeds = new LinkedHashSet<>(List.of("a", "1", " ", "\n", ".", "-", "_", "/", "[", "{", "<", "'", "\"", "a.", "a-", "a/a", "1,", "1.", "a ", "'a", "'a' ", "[a", "ab1-", "A_", "data:", "é"));
        var words = WORDS.matcher(CLASSES.matcher(pattern.pattern()).replaceAll(" "));
        while (words.find() && seeds.size() < 60) {
            seeds.add(words.group());
            seeds.add(words.group() + " 1");
        }
        return seeds;
    }

    private static long looks(Pattern pattern, String seed, int length) {
        var text = new Counted(seed.repeat(length / seed.length() + 1).substring(0, length), (long) length * MOST_LOOKS);
        try {
            var matcher = pattern.matcher(text);
            for (var found = 0; found < 1_000_000 && matcher.find(); found++) { }
            pattern.matcher(text).matches();
        } catch (TooOften e) {
            return Long.MAX_VALUE / 8;
        } catch (StackOverflowError e) {
            return Long.MAX_VALUE / 8;   // a group in a loop takes a frame of the stack for each turn
        }
        return text.looks;
    }

    private static final class TooOften extends RuntimeException { }

    private static final class Counted implements CharSequence {
        private final String text;
        private final long most;
        private long looks;

        Counted(String text, long most) {
            this.text = text;
            this.most = most;
        }

        @Override public int length() { return text.length(); }

        @Override public char charAt(int i) {
            if (++looks > most) throw new TooOften();
            return text.charAt(i);
        }

        @Override public CharSequence subSequence(int from, int to) { return text.substring(from, to); }

        @Override public String toString() { return text; }
    }
}
