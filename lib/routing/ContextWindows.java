package lib.routing;

import module java.base;

import lib.access.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

/// The context windows that servers on this machine report; each is asked for each model until it has answered.
public final class ContextWindows {
    /// Asks no server.
    public static final ContextWindows UNASKED = new ContextWindows(_ -> Optional.empty());

    private final Function<String, Optional<LocalServer>> servers;
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    public ContextWindows() { this(Providers::server); }

    ContextWindows(Function<String, Optional<LocalServer>> servers) { this.servers = servers; }

    /// The route, with the context window that its local server reports, if any.
    public Route fitted(Route route) {
        var server = servers.apply(route.provider());
        if (server.isEmpty() || !Loopback.isUrl(route.base())) return route;
        var window = known.getOrDefault(key(route), 0L);
        if (!known.containsKey(key(route))) try {
            window = window(server.get(), route);
            known.put(key(route), window);
        } catch (IOException e) {
            return route;   // it does not run yet, or is loading the model: the next request asks again
        }
        return window > 0 ? route.with(route.model().within(window)) : route;
    }

    private static String key(Route route) { return route.label() + " " + route.base(); }

    private static long window(LocalServer server, Route route) throws IOException {
        try {
            return server.window().of(route.base().replaceFirst("/v1$", ""), route.name());
        } catch (FileNotFoundException e) {
            return 0;   // an older server: use the catalogue's figure
        }
    }
}
