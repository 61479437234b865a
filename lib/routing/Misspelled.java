package lib.routing;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.provider.*;

/// Variables that look like settings of FreeCC and are not, such as BIG_MODEL_PROVIDR, which would be ignored in silence.
/// Most of an environment belongs to other programs, so only small differences count.
public final class Misspelled {
    /// Names that only FreeCC can mean.
    private static final Pattern OWN = Pattern.compile("((BIG|SMALL|OPUS|SONNET|FABLE|HAIKU)_?MODEL|FREECC)(_.*)?"),
        NAME = Pattern.compile("^[A-Z][A-Z0-9]{0,80}(_[A-Z0-9]{1,80}){0,20}"),
        NUMBERED = Pattern.compile("_?\\d+$"),
        ADDRESS = Pattern.compile("(_API|_BASE)?_(URL|HOST|ENDPOINT|ADDRESS)$");
    private static final Pattern KEY = Pattern.compile("([A-Z0-9_]{2,40})_(?:KEY|APIKEY|TOKEN|API_TOKEN)");
    private static final String PORT = "PORT";
    private static final int LONG = 6;

    private final Set<String> known = new TreeSet<>(List.of("FREECC_DIR"));

    private final Config config;

    private Misspelled(Config config) {
        this.config = config;
        known.addAll(names(Config.example()));
        for (var row : Providers.all()) {
            for (var names : List.of(row.keyVariables(), row.baseVariables(), row.needs(), row.optional())) known.addAll(names);
            for (var what : List.of("DIALECT", "PROXY")) known.add(Config.variable(row.id(), what));
        }
        config.names().stream().filter(name -> name.startsWith("FREECC_BUDGET_")).forEach(known::add);   // Keys knows the names
        for (var name : config.names())   // providers of the user's own
            for (var end : List.of("_API_BASE", "_BASE_URL")) if (name.endsWith(end) && !OWN.matcher(name).matches())
                for (var what : List.of("_API_BASE", "_BASE_URL", "_API_KEY", "_DIALECT", "_PROXY")) known.add(name.replace(end, what));
    }

    /// The variables that a text names. A Java that has just started needs seven times as long with a pattern.
    private static Set<String> names(String text) {
        var names = new HashSet<String>();
        for (int from = 0, to = 0; from < text.length(); from = ++to) {
            while (to < text.length() && Config.isOfName(text.charAt(to))) to++;
            if (to - from > 1 && text.charAt(from) != '_') names.add(text.substring(from, to));
        }
        names.removeIf(name -> !name.equals(PORT) && name.indexOf('_') < 0);
        return names;
    }

    public static List<String> complaints(Config config) {
        var names = new Misspelled(config);
        return config.names().stream().sorted().filter(name -> !names.known.contains(name))
            .flatMap(name -> names.complaint(name).stream()).toList();
    }

    private Optional<String> complaint(String name) {
        if (!NAME.matcher(name).matches() || known.contains(NUMBERED.matcher(name).replaceFirst(""))) return Optional.empty();
        var own = OWN.matcher(name).matches();
        var written = own ? ADDRESS.matcher(name).replaceFirst("_API_BASE") : name;
        var meant = Optional.of(name.replaceFirst("^FREECC_", "")).filter(known::contains)
            .or(() -> ofProvider(name))
            .or(() -> known.stream().filter(other -> own ? OWN.matcher(other).matches() || other.equals(PORT) : isNear(name, other))
                .min(Comparator.comparingInt(other -> distance(other.equals(PORT) ? name.replaceFirst("^FREECC_", "") : written, other))));
        if (meant.isEmpty() && !own) return Optional.empty();
        var advice = meant.map(other -> "did you mean " + other + "?").orElse(".env.example lists them");
        return Optional.of(name + " is not a setting of FreeCC; " + advice);
    }

    /// A provider's key under a name that other programs give it, as OPENAI_KEY, unless its own is set.
    private Optional<String> ofProvider(String name) {
        var key = KEY.matcher(name);
        if (!key.matches() || Providers.find(key.group(1).toLowerCase(Locale.ROOT), config).isEmpty()) return Optional.empty();
        var meant = key.group(1) + "_API_KEY";
        return known.contains(meant) && config.get(meant).isEmpty() ? Optional.of(meant) : Optional.empty();
    }

    /// In the first word, which is mostly a provider's, one slip is the most, or GITLAB_TOKEN would be GITHUB_TOKEN.
    private static boolean isNear(String name, String other) {
        if (Math.abs(name.length() - other.length()) > 2) return false;
        var first = name.indexOf('_');
        if (first < 0) return false;
        var same = other.startsWith(name.substring(0, first + 1));
        if (same) return distance(name, other) <= (name.length() - first > LONG ? 2 : 1);
        return first >= LONG - 1 && isSameAround(name, other) && distance(name, other) == 1;
    }

    /// Whether all but two letters at one place are the same: a look that spares most distances at start.
    private static boolean isSameAround(String one, String other) {
        int shorter = Math.min(one.length(), other.length()), before = 0, after = 0;
        while (before < shorter && one.charAt(before) == other.charAt(before)) before++;
        while (after < shorter && one.charAt(one.length() - 1 - after) == other.charAt(other.length() - 1 - after)) after++;
        return before + after >= Math.max(one.length(), other.length()) - 2;
    }

    /// How many letters are wrong, missing, too many, or have changed places with the next.
    private static int distance(String one, String other) {
        var table = new int[one.length() + 1][other.length() + 1];
        for (var i = 0; i <= one.length(); i++) for (var j = 0; j <= other.length(); j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            var same = one.charAt(i - 1) == other.charAt(j - 1);
            table[i][j] = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + (same ? 0 : 1));
            var swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
            if (swapped) table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
        }
        return table[one.length()][other.length()];
    }
}
