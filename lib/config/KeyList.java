package lib.config;

import module java.base;

/// The keys that one variable holds, separated by commas. A key that contains a comma itself is in quotation marks; what is JSON,
/// such as a cloud's service key, is one credential.
public final class KeyList {
    private static final Pattern KEY = Pattern.compile("\\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]*))\\s*(?:,|$)");

    private KeyList() {}

    public static List<String> of(String value) {
        if (value.isBlank() || value.startsWith("{") || value.indexOf(',') < 0) return value.isBlank() ? List.of() : List.of(value);
        var keys = new LinkedHashSet<String>();
        var all = KEY.matcher(value);
        for (var from = 0; from < value.length() && all.find(from) && all.start() == from; from = all.end())
            keys.add(Stream.of(1, 2, 3).map(all::group).filter(Objects::nonNull).findFirst().orElse("").strip());
        keys.remove("");
        return List.copyOf(keys);
    }

    /// A key as a list of one.
    public static String quoted(String key) {
        if (key.indexOf(',') < 0) return key;
        return key.indexOf('"') < 0 ? '"' + key + '"' : "'" + key + "'";
    }

    /// The first key, for a caller that makes a single request; empty if the variable holds no key.
    public static String first(String value) { return of(value).stream().findFirst().orElse(""); }
}
