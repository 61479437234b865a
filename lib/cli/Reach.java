package lib.cli;

import module java.base;
import java.net.Proxy;

import lib.route.*;
import lib.wire.*;

/// Whether the provider can be reached at all. Without a person to see its retries, Claude Code tries for three minutes
/// before it says why, so with -p FreeCC looks first.
final class Reach {
    private static final int PATIENCE = 5000;   // milliseconds; a slow network is not an unreachable one

    private Reach() {}

    static void check(Route route, Proxies proxies) throws IOException {
        var url = URI.create(route.url(""));
        var taken = proxies.of(route.provider()).orElse(proxies);
        if (url.getHost() == null || !url.getScheme().startsWith("http")) return;
        if (taken.select(url).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT)) return;
        var port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), port), PATIENCE);
        } catch (SocketTimeoutException e) {
            return;
        } catch (UnknownHostException e) {
            throw unreachable(route, url, "there is no such host");
        } catch (SocketException e) {
            throw unreachable(route, url, e.getMessage());
        }
    }

    private static ApiError unreachable(Route route, URI url, String why) {
        return new ApiError(500, "cannot connect to " + url.getHost() + (url.getPort() > 0 ? ":" + url.getPort() : "") + " for "
            + route.label() + " (" + why
            + "); check that it is running and that the base URL is right");
    }
}
