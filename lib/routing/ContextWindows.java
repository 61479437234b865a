package lib.routing;

import module java.base;

import lib.access.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

/// The context windows that servers on this machine report; each is asked once for each model.
public final class ContextWindows {
    /// Asks no server.
    public static final ContextWindows UNASKED = new ContextWindows(_ -> Optional.empty());

    private final Function<String, Optional<LocalServer>> servers;
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    public ContextWindows() { this(Providers::server); }

    private ContextWindows(Function<String, Optional<LocalServer>> servers) { this.servers = servers; }

    /// The route, with the context window that its local server reports, if any.
    public Route fitted(Route route) {
        var server = servers.apply(route.provider());
        if (server.isEmpty() || !Loopback.isUrl(route.base())) return route;
        var window = known.computeIfAbsent(route.label() + " " + route.base(), _ -> window(server.get(), route));
        return window > 0 ? route.with(route.model().within(window)) : route;
    }

    private static long window(LocalServer server, Route route) {
        try {
            return server.window().of(route.base().replaceFirst("/v1$", ""), route.name());
        } catch (IOException e) {
            return 0;   // an older server: use the catalogue's figure
        }
    }
}
