package lib.search;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// Which search service the user has configured, by the variables that LiteLLM's users have: the one that SEARCH_PROVIDER
/// names, or the first with a key.
final class SearchServices {
    /// A slow service must not hold up the model.
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String PERPLEXITY = "perplexity";

    /// `path` completes a base that is only a host. A base with `/search` at its end is the whole address.
    private record Kind(String id, String prefix, String host, String path, SearchService service, Function<String, Credential> proof) {
        String key() { return prefix + "_API_KEY"; }

        String base() { return prefix + "_API_BASE"; }

        /// What configures it. SearXNG is the user's own: it has an address, and mostly no key.
        String variable() { return host.isEmpty() ? base() : key(); }

        String url(Config config) {
            var given = config.get(base(), host).replaceFirst("/+$", "");
            if (given.endsWith("/search")) return given;
            for (var at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
                if (given.endsWith(path.substring(0, at))) return given + path.substring(at);
            return given + path;
        }
    }

    private static final List<Kind> ALL = List.of(
        new Kind("tavily", "TAVILY", "https://api.tavily.com", "/search", new Tavily(), Credential::bearer),
        new Kind("brave", "BRAVE", "https://api.search.brave.com", "/res/v1/web/search", new Brave(), in("x-subscription-token")),
        new Kind("exa", "EXA", "https://api.exa.ai", "/search", new Exa(), in("x-api-key")),
        new Kind("serper", "SERPER", "https://google.serper.dev", "/search", new Serper(), in("x-api-key")),
        new Kind("searxng", "SEARXNG", "", "/search", new SearXng(), Credential::bearer),
        new Kind(PERPLEXITY, "PERPLEXITYAI", "https://api.perplexity.ai", "/search", new PerplexitySearch(), Credential::bearer));

    /// The variables that configure a service, for messages.
    static final String VARIABLES = ALL.stream().map(Kind::variable).collect(Collectors.joining(", "));

    private SearchServices() {}

    private static Function<String, Credential> in(String header) { return key -> Credential.header(header, key); }

    static Optional<Searcher> configured(Config config, Consumer<String> log) {
        var chosen = config.get("SEARCH_PROVIDER").toLowerCase(Locale.ROOT);
        if (chosen.isEmpty()) return ALL.stream().filter(one -> isMeant(one, config)).findFirst().map(one -> searcher(one, config, log));
        var kind = ALL.stream().filter(one -> one.id().equals(chosen)).findFirst().orElseThrow(() -> new Config.Wrong(
            "unknown search provider '" + chosen + "' in SEARCH_PROVIDER; use one of "
                + ALL.stream().map(Kind::id).collect(Collectors.joining(", "))));
        if (config.get(kind.variable()).isEmpty()) throw new Config.Wrong("SEARCH_PROVIDER=" + chosen + " needs "
            + kind.variable() + "; set it, or choose another provider");
        return Optional.of(searcher(kind, config, log));
    }

    /// The key of a provider that serves the models was not given for searches.
    private static boolean isMeant(Kind kind, Config config) {
        var modelKey = kind.id().equals(PERPLEXITY)
            && Stream.of(config.big(), config.small()).anyMatch(slot -> slot.provider().equals(PERPLEXITY));
        return !config.get(kind.variable()).isEmpty() && !modelKey;
    }

    private static Searcher searcher(Kind kind, Config config, Consumer<String> log) {
        var upstream = new Upstream(new Proxies(config::get), PATIENCE);
        var keys = KeyPool.of(kind.key(), config.get(kind.key()), kind.proof());
        return new Searcher(kind.id(), kind.variable(), kind.url(config), kind.service(), keys, upstream, log);
    }
}
