package lib.wire;

import module java.base;
import java.net.Proxy;

/// The proxy from the usual variables: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
public final class Proxies extends ProxySelector {
    private final UnaryOperator<String> setting;

    /// `setting` looks up a variable; the result is empty if it is not set.
    public Proxies(UnaryOperator<String> setting) { this.setting = setting; }

    @Override public List<Proxy> select(URI uri) {
        var given = value(uri.getScheme() + "_proxy");
        var address = given.isEmpty() ? value("all_proxy") : given;
        if (address.isEmpty() || isExcepted(uri.getHost().toLowerCase(Locale.ROOT))) return List.of(Proxy.NO_PROXY);
        var proxy = URI.create(address.contains("://") ? address : "http://" + address);
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())));
    }

    private String value(String name) {
        var lower = setting.apply(name);
        return lower.isEmpty() ? setting.apply(name.toUpperCase(Locale.ROOT)) : lower;
    }

    private boolean isExcepted(String host) {
        if (Loopback.isHost(host)) return true;
        for (var rule : value("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            var name = rule.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
            if (rule.equals("*") || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))) return true;
        }
        return false;
    }

    @Override public void connectFailed(URI uri, SocketAddress address, IOException e) { }
}
