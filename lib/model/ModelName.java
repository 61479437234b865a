package lib.model;

import module java.base;

/// The parts of a model's name: family, words for its kind (`opus`, `flash`), version and date.
///
/// @param series  the letter before the version, as k in kimi-k3; empty if there is none
/// @param version 5.5 for both 5.5 and 5-5; 0 if the name has none
/// @param date    year and month, as 2604; 0 if the name has none
/// @param sized   the name contains a number of parameters, as open weights do
/// @param latest  the name always means the newest model, as kimi-latest does
public record ModelName(Family family, Set<String> words, String series, double version, int date, boolean sized, boolean latest) {
    /// 2026-04-30, 20260430, 04-2026, 2604; and, without a year, 0430.
    private static final Pattern DATE = Pattern.compile("(?<![\\d.])(?:20(?<y1>\\d\\d)-?(?<m1>\\d\\d)-?\\d\\d|(?<m2>\\d\\d)-20(?<y2>\\d\\d)"
        + "|(?<y3>[2-9]\\d)(?<m3>\\d\\d)|\\d{4}|\\d{6})(?![\\d.])");
    /// 70b, a22b, 8x7b, 1t; and sizes of the context, such as 128k and 1m.
    private static final Pattern SIZE = Pattern.compile(
        "(?:(?<=[-_.])[ae])?(?<![\\d.])\\d+(?:\\.\\d+)?(?:x\\d+(?:\\.\\d+)?)?(?<unit>[bkmt])(?![a-z\\d])");
    /// 4, 4.5, 4-5, k2.6; Cohere uses letters since Command A.
    private static final Pattern VERSION = Pattern.compile(
        "(?:(?<![a-z])(?<series>[a-z]))?(?<major>\\d+(?:\\.\\d+)?)(?:-(?<minor>\\d{1,2})(?![\\d.a-z]))?");
    private static final Pattern LETTER = Pattern.compile("command-([a-q])(?![a-z])");
    private static final Pattern WORD = Pattern.compile("[a-z]+"), RELEASE = Pattern.compile("(?<![a-z])v(?=\\d)");
    /// Words that say how a model is offered, not what it is.
    private static final Set<String> OFFERS = Set.of(
        "preview", "latest", "exp", "experimental", "beta", "alpha", "batch", "free", "it", "fp");
    private static final Set<String> SEEING = Set.of("vision", "vl", "v", "omni");

    /// Expects a name without path and vendor, such as `claude-opus-4-5`.
    public static ModelName of(String bare) {
        var name = bare.toLowerCase(Locale.ROOT).replace(':', '-').replace('@', '-');
        var family = Family.of(name);
        var undated = DATE.matcher(name).replaceAll("");
        var plain = SIZE.matcher(undated).replaceAll("");
        var version = VERSION.matcher(plain);
        var found = version.find(family == Family.OTHER ? 0 : Math.min(family.start(plain), plain.length()));
        var series = found && version.group("series") != null ? version.group("series") : "";
        var words = WORD.matcher(RELEASE.matcher(plain).replaceAll("")).results().map(MatchResult::group)
            .filter(word -> !OFFERS.contains(word) && !word.equals(series)).collect(Collectors.toUnmodifiableSet());
        var sized = SIZE.matcher(undated).results().anyMatch(size -> "bt".contains(size.group("unit")));
        var number = byLetter(plain) > 0 ? byLetter(plain) : found ? number(version.group("major"), version.group("minor")) : 0;
        return new ModelName(family, words, series, number, date(DATE.matcher(name)), sized, number == 0 && name.contains("latest"));
    }

    private static int byLetter(String name) {
        var letter = LETTER.matcher(name);
        return letter.find() ? letter.group(1).charAt(0) - 'a' + 1 : 0;
    }

    private static double number(String major, String minor) {
        return Double.parseDouble(minor == null || major.contains(".") ? major : major + "." + minor);
    }

    private static int date(Matcher found) {
        if (!found.find()) return 0;
        for (var form : new String[] {"1", "2", "3"})
            if (found.group("y" + form) != null) return Integer.parseInt(found.group("y" + form) + found.group("m" + form));
        return 0;
    }

    /// Whether the name says that it accepts images, as in glm-4.5v.
    public boolean sees() { return words.stream().anyMatch(SEEING::contains); }

    /// Whether the name says that it does not reason.
    public boolean isPlain() { return words.contains("non") && (words.contains("reasoning") || words.contains("thinking")); }

    /// The number of words that both have.
    public long shared(ModelName other) { return words.stream().filter(other.words::contains).count(); }

    /// Whether both are open weights of the same kind.
    public boolean isOpenLike(ModelName other) { return sized && other.sized && words.equals(other.words); }

    public boolean isNumbered() { return version > 0; }

    /// Whether the name says how new the model is. If not, as in gemma-7b, the model is the first of its family.
    public boolean isPlaced() { return isNumbered() || date > 0 || latest && !sized; }

    /// Models with versions compare by version, those without by date.
    public boolean isComparable(ModelName other) {
        return isPlaced() && !latest && other.isPlaced() && !other.latest && isNumbered() == other.isNumbered();
    }

    public int compareAge(ModelName other) {
        var byVersion = Double.compare(version, other.version);
        return byVersion != 0 ? byVersion : Integer.compare(date, other.date);
    }
}
