package lib.wire;

import module java.base;

/// Whether an address is on this machine.
public final class Loopback {
    private static final Pattern NAME = Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[::1]|::1");

    private Loopback() {}

    public static boolean isHost(String name) { return NAME.matcher(name).matches(); }

    /// The URL may have a place for the model, as `{model}`.
    public static boolean isUrl(String url) {
        var host = URI.create(url.replaceAll("[{}]", "")).getHost();
        return host != null && isHost(host);
    }
}
