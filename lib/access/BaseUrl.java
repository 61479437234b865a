package lib.access;

import module java.base;

import lib.config.*;
import lib.wire.*;

/// A base URL of the table, and its comparison with those that people paste.
public record BaseUrl(String url) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Z][A-Z0-9_]*)}"), HOST = Pattern.compile("^[a-z]+://[^/]*"),
        PLACE = Pattern.compile("<\\w+>|\\{\\w+}");
    /// Paths of single calls, which people copy from documentation.
    private static final Pattern CALL = Pattern.compile("(/(chat/|fim/)?completions|/v1/messages|/responses|/api/chat|(?<=/v2)/chat"
        + "|/complete|/generate(_stream)?|/generation|/runs/(stream|wait))$");

    private static final Memo<String, String> CLEANED = new Memo<>(1000, _ -> 1);   // each request asks for the same few

    /// A base URL as people paste it, without a trailing slash or the path of a single call.
    public static String cleaned(String given, String provider) {
        return CLEANED.get(provider + " " + given, () -> clean(given, provider));
    }

    private static String clean(String given, String provider) {
        var url = given.contains("://") ? given : "http://" + given;
        var cleaned = CALL.matcher(url.replaceFirst("/+$", "")).replaceFirst("").replaceFirst("/+$", "");
        try {
            URI.create(cleaned.replaceAll("[<>{}]", ""));
            return cleaned;
        } catch (IllegalArgumentException e) {
            throw new Config.Wrong("the base URL " + given + " for " + provider + " is not a valid URL; correct "
                + Config.variable(provider, "API_BASE"));
        }
    }

    private static String path(String url) { return HOST.matcher(url).replaceFirst(""); }

    private static String unversioned(String url) { return path(url).replaceFirst("/v1$", ""); }

    /// Whether the given URL has this one's path, at any host.
    boolean hasPathOf(String given) {
        return !path(given).isEmpty() && unversioned(given).equals(unversioned(url)) && path(given).length() >= path(url).length();
    }

    private static String host(String url) {
        var host = HOST.matcher(url).results().findFirst().map(MatchResult::group).orElse("");
        return host.replaceFirst("^[a-z]+://", "").toLowerCase(Locale.ROOT);
    }

    /// Whether the given URL is at this host or at a subdomain, such as `eu.api.openai.com`.
    boolean isOwnHostOf(String given) { return isLiteral() && (host(given).equals(host(url)) || host(given).endsWith("." + host(url))); }

    /// The same, with any name for a placeholder in this host.
    boolean isHostOf(String given) {
        if (isLiteral()) return isOwnHostOf(given);
        var pattern = PLACE.splitAsStream(host(url)).map(Pattern::quote).collect(Collectors.joining("[\\w-]+"));
        return host(url).contains(".") && host(given).matches(pattern);
    }

    boolean hasPortOf(String given) { return port(given).equals(port(url)); }

    private static String port(String url) { return host(url).replaceFirst("^(.*:|[^:]*$)", ""); }

    private boolean isLiteral() { return host(url).contains(".") && !PLACE.matcher(host(url)).find(); }

    /// Whether the given URL has only the start of this one's path.
    boolean extendsPathOf(String given) { return path(given).isEmpty() || path(url).startsWith(path(given) + "/"); }

    boolean isHostOnly() { return path(url).isEmpty(); }

    /// The given URL, completed with what is missing of this one's path.
    String complete(String given) {
        if (!path(url).startsWith(path(given) + "/")) return given;
        return HOST.matcher(given).results().findFirst().orElseThrow().group() + path(url);
    }

    /// The settings that it contains as `{VARIABLE}`.
    List<String> variables() {
        return url.indexOf('{') < 0 ? List.of() : VARIABLE.matcher(url).results().map(found -> found.group(1)).toList();
    }

    /// The URL with the values of those settings.
    String filled(String provider, Config config) {
        return VARIABLE.matcher(url).replaceAll(place -> {
            var value = config.get(place.group(1));
            if (value.isEmpty()) throw ApiError.invalid(provider + ": set " + place.group(1)
                + (url.startsWith("{") ? "" : ", or " + Config.variable(provider, "API_BASE") + " to the complete base URL"));
            return Matcher.quoteReplacement(value.replaceFirst("/+$", ""));
        });
    }
}
