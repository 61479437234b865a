package lib.message;

import module java.base;

import lib.json.*;

/// The sites that a web search may find, as Anthropic defines them: a domain covers its subdomains, a path may follow, and `*`
/// stands for anything in the path. https://docs.claude.com/en/docs/agents-and-tools/tool-use/web-search-tool
public record Domains(List<String> allowed, List<String> blocked) {
    public static final Domains ANY = new Domains(List.of(), List.of());

    static Domains of(JsonElement tool) { return new Domains(listed(tool, "allowed_domains"), listed(tool, "blocked_domains")); }

    private static List<String> listed(JsonElement tool, String key) {
        return Json.list(tool, key).stream().map(Json::text).map(Domains::bare).filter(rule -> !rule.isEmpty()).toList();
    }

    /// Clients write a scheme or a final slash, too.
    private static String bare(String rule) { return withoutScheme(rule.strip()).replaceFirst("/$", ""); }

    public boolean isEmpty() { return allowed.isEmpty() && blocked.isEmpty(); }

    /// Whether results from that address may be shown.
    public boolean allow(String url) {
        return (allowed.isEmpty() || allowed.stream().anyMatch(rule -> covers(rule, url)))
            && blocked.stream().noneMatch(rule -> covers(rule, url));
    }

    private static boolean covers(String rule, String url) {
        var site = host(rule);
        var host = host(url);
        if (!host.equals(site) && !host.endsWith("." + site)) return false;
        var path = path(rule);
        return path.isEmpty() || startsLike(path(url), path);
    }

    /// Whether the path is below the pattern's, in which `*` stands for anything.
    private static boolean startsLike(String path, String pattern) {
        var pieces = pattern.split("\\*", -1);
        if (!path.startsWith(pieces[0])) return false;
        var at = pieces[0].length();
        for (var i = 1; i < pieces.length; i++) {
            var found = path.indexOf(pieces[i], at);
            if (found < 0) return false;
            at = found + pieces[i].length();
        }
        return pieces[pieces.length - 1].isEmpty() || at == path.length() || "/?#".indexOf(path.charAt(at)) >= 0;
    }

    private static String host(String address) {
        var bare = withoutScheme(address);
        var authority = bare.substring(0, bare.length() - path(bare).length());
        return authority.substring(authority.indexOf('@') + 1).replaceFirst(":\\d+$", "").replaceFirst("\\.$", "")
            .toLowerCase(Locale.ROOT);
    }

    /// Includes the query; empty if the address has no path.
    private static String path(String address) {
        var bare = withoutScheme(address);
        var end = IntStream.range(0, bare.length()).filter(at -> "/?#".indexOf(bare.charAt(at)) >= 0).findFirst().orElse(bare.length());
        return bare.substring(end);
    }

    private static String withoutScheme(String address) {
        var scheme = address.indexOf("://");
        return scheme < 0 ? address : address.substring(scheme + 3);
    }

    /// The domains of which no page may be shown, for services that know no paths.
    public List<String> blockedWhole() { return hosts(blocked.stream().filter(rule -> path(rule).isEmpty()).toList()); }

    /// The domains alone, for services that know no paths: what they find is filtered again.
    public static List<String> hosts(List<String> rules) { return rules.stream().map(Domains::host).distinct().toList(); }

    /// In the words of search engines: `site:a.example OR site:b.example`, `-site:c.example`. Empty without rules.
    public String operators() {
        var only = allowed.stream().map(rule -> "site:" + beforeStar(rule)).collect(Collectors.joining(" OR "));
        var not = blocked.stream().map(rule -> "-site:" + beforeStar(rule)).collect(Collectors.joining(" "));
        return Stream.of(allowed.size() > 1 ? "(" + only + ")" : only, not).filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    }

    private static String beforeStar(String rule) { return rule.contains("*") ? rule.substring(0, rule.indexOf('*')) : rule; }
}
