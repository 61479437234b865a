package lib.wire;

import module java.base;
import java.net.Proxy;

/// The proxy from the usual variables, HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, or from a provider's own, {PROVIDER}_PROXY.
public final class Proxies extends ProxySelector {
    private final UnaryOperator<String> setting;
    private final Optional<Named> only;

    private record Named(String variable, URI address) { }

    /// `setting` looks up a variable; the result is empty if it is not set. An address that cannot be used is reported now
    /// rather than by the first request.
    public Proxies(UnaryOperator<String> setting) {
        this.setting = setting;
        this.only = Optional.empty();
        address("https");
        if (!value("http_proxy").isEmpty()) address("http");
    }

    private Proxies(UnaryOperator<String> setting, Named only) {
        this.setting = setting;
        this.only = Optional.of(only);
    }

    /// What leads to this provider, if it has a variable of its own, such as GROQ_PROXY. NO_PROXY does not count there.
    public Optional<Proxies> of(String provider) {
        var variable = provider.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_PROXY";
        var address = setting.apply(variable);
        return address.isEmpty() ? Optional.empty() : Optional.of(new Proxies(setting, checked(variable, address)));
    }

    @Override public List<Proxy> select(URI uri) {
        return List.of(to(uri).map(Named::address)
            .map(proxy -> new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()))
            .map(proxy -> new Proxy(Proxy.Type.HTTP, proxy)).orElse(Proxy.NO_PROXY));
    }

    /// The user and password of the proxy for this address, as its header wants them; empty without any.
    String authorization(URI uri) {
        var user = to(uri).map(Named::address).map(URI::getRawUserInfo).orElse("");
        var plain = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        return user.isEmpty() ? "" : "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /// Which variable names the proxy for this address.
    Optional<String> variable(URI uri) { return to(uri).map(Named::variable); }

    private Optional<Named> to(URI uri) {
        return only.or(() -> isExcepted(uri.getHost().toLowerCase(Locale.ROOT)) ? Optional.empty() : address(uri.getScheme()));
    }

    private Optional<Named> address(String scheme) {
        return Stream.of(scheme + "_proxy", "all_proxy").flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
            .filter(name -> !setting.apply(name).isEmpty()).findFirst().map(name -> checked(name, setting.apply(name)));
    }

    /// The complaint does not repeat the address, which may hold a password.
    private static Named checked(String name, String address) {
        try {
            var proxy = new URI(address.contains("://") ? address : "http://" + address);
            if (!proxy.getScheme().matches("(?i)https?")) throw ApiError.invalid(name + " names a " + proxy.getScheme()
                + " proxy, which FreeCC cannot use; set it to an HTTP proxy, http://host:port, such as a Privoxy that forwards to yours");
            if (proxy.getHost() != null && proxy.getPort() < 65536) return new Named(name, proxy);
        } catch (URISyntaxException e) {
            // The same as an address without a host.
        }
        throw ApiError.invalid(name + " is not the URL of a proxy; use http://host:port, "
            + "with special characters in a password written as %XX (@ is %40)");
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
