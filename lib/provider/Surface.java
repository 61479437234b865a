package lib.provider;

import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An address of a provider, and what is spoken there.
record Surface(Dialect dialect, String base) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Z][A-Z0-9_]*)}"), HOST = Pattern.compile("^[a-z]+://[^/]*");

    /// A base URL as people paste it, without the path of one call.
    static String cleaned(String given, String provider) {
        var url = given.contains("://") ? given : "http://" + given;
        url = url.replaceFirst("/+$", "").replaceFirst("((/chat|/fim)?/completions|/v1/messages|/responses|/api/chat|(?<=/v2)/chat|/complete|/generate(_stream)?|/generation|/runs/(stream|wait))$", "").replaceFirst("/+$", "");
        try {
            URI.create(url.replaceAll("[<>{}]", ""));
            return url;
        } catch (IllegalArgumentException e) {
            throw new Config.Wrong("the base URL " + given + " of " + provider + " is not a URL");
        }
    }

    private static String path(String url) { return HOST.matcher(url).replaceFirst(""); }

    /// Whether the address looks like this one, at whatever host.
    boolean isAt(String url) { return !path(url).isEmpty() && path(url).replaceFirst("/v1$", "").equals(path(base).replaceFirst("/v1$", "")) && path(url).length() >= path(base).length(); }

    /// Whether the address has a part of this one's path, or none at all.
    boolean goesOn(String url) { return path(url).isEmpty() || path(base).startsWith(path(url) + "/"); }

    /// It is a host alone.
    boolean isBare() { return path(base).isEmpty(); }

    /// The address with as much of the usual path as was left out.
    String completed(String url) { return path(base).startsWith(path(url) + "/") ? HOST.matcher(url).results().findFirst().orElseThrow().group() + path(base) : url; }

    List<String> variables() { return VARIABLE.matcher(base).results().map(found -> found.group(1)).toList(); }

    /// The same with the settings in the places that are kept for them.
    Surface filled(String provider, Config config) {
        return new Surface(dialect, VARIABLE.matcher(base).replaceAll(place -> {
            var value = config.get(place.group(1));
            if (value.isEmpty()) throw ApiError.invalid(provider + ": set " + place.group(1) + (base.startsWith("{") ? "" : ", or " + Config.variable(provider, "API_BASE") + " to the whole address"));
            return Matcher.quoteReplacement(value.replaceFirst("/+$", ""));
        }));
    }
}
