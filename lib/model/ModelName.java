package lib.model;

import module java.base;

/// What a model's name says: its family, the words that name its kind (`opus`, `flash`), its version, and its date.
///
/// @param series  the letter before the version, as k in kimi-k3; empty if there is none
/// @param version 5.5 for both 5.5 and 5-5; 0 if the name has none
/// @param date    year and month, as 2604; 0 if the name has none
/// @param sized   the name has a number of parameters, as open weights do
public record ModelName(Family family, Set<String> words, String series, double version, int date, boolean sized) {
    private static final Pattern DATE = Pattern.compile("(?<![\\d.])(?:20(?<y1>\\d\\d)-?(?<m1>\\d\\d)-?\\d\\d|(?<m2>\\d\\d)-20(?<y2>\\d\\d)|(?<y3>[2-9]\\d)(?<m3>\\d\\d)|\\d{4}|\\d{6})(?![\\d.])"),
        SIZE = Pattern.compile("(?:(?<=[-_.])[ae])?(?<![\\d.])\\d+(?:\\.\\d+)?(?:x\\d+(?:\\.\\d+)?)?(?<unit>[bkmt])(?![a-z\\d])"),
        VERSION = Pattern.compile("(?:(?<![a-z])(?<series>[a-z]))?(?<major>\\d+(?:\\.\\d+)?)(?:-(?<minor>\\d{1,2})(?![\\d.a-z]))?"),
        WORD = Pattern.compile("[a-z]+"), LETTER = Pattern.compile("command-([a-q])(?![a-z])");
    /// OFFERS say how a model is offered, and nothing about what it is.
    private static final Set<String> OFFERS = Set.of("preview", "latest", "exp", "experimental", "beta", "alpha", "batch", "free", "it", "fp"), SEEING = Set.of("vision", "vl", "v", "omni");

    /// Of a name without path and vendor, such as `claude-opus-4-5`.
    public static ModelName of(String bare) {
        var name = bare.toLowerCase(Locale.ROOT).replace(':', '-').replace('@', '-');
        var family = Family.of(name);
        var dates = DATE.matcher(name);
        var date = dates.find() ? yearAndMonth(dates) : 0;
        var undated = dates.reset().replaceAll("");
        var sized = SIZE.matcher(undated).results().anyMatch(size -> size.group("unit").equals("b") || size.group("unit").equals("t"));
        var plain = SIZE.matcher(undated).replaceAll("");
        var versions = VERSION.matcher(plain);
        var found = versions.find(family == Family.OTHER ? 0 : Math.min(family.start(plain), plain.length()));
        var series = found && versions.group("series") != null ? versions.group("series") : "";
        var letter = LETTER.matcher(plain);   // Cohere counts by letters since Command A
        var version = letter.find() ? letter.group(1).charAt(0) - 'a' + 1 : found ? number(versions.group("major"), versions.group("minor")) : 0;
        var words = WORD.matcher(plain.replaceAll("(?<![a-z])v(?=\\d)", "")).results().map(word -> word.group()).filter(word -> !OFFERS.contains(word) && !word.equals(series)).collect(Collectors.toUnmodifiableSet());
        return new ModelName(family, words, series, version, date, sized);
    }

    private static double number(String major, String minor) { return Double.parseDouble(minor == null || major.contains(".") ? major : major + "." + minor); }

    private static int yearAndMonth(Matcher date) {
        for (var form : new String[] {"1", "2", "3"}) if (date.group("y" + form) != null) return Integer.parseInt(date.group("y" + form) + date.group("m" + form));
        return 0;   // month and day alone
    }

    /// Whether the name says that it takes images, as in glm-4.5v.
    public boolean sees() { return words.stream().anyMatch(SEEING::contains); }

    /// Whether the name says that it does not reason.
    public boolean isPlain() { return words.contains("non") && (words.contains("reasoning") || words.contains("thinking")); }

    /// How many of the other's words it has.
    public long shared(ModelName other) { return words.stream().filter(other.words::contains).count(); }

    public boolean isNumbered() { return version > 0; }

    /// By version, and by date only between models that have none.
    public int compareAge(ModelName other) {
        var byVersion = Double.compare(version, other.version);
        return byVersion != 0 ? byVersion : Integer.compare(date, other.date);
    }
}
