package lib.wire;

import java.net.URI;

/// Whether an address is this machine's own.
public final class Loopback {
    private Loopback() {}

    public static boolean isHost(String name) {
        return name.equalsIgnoreCase("localhost") || name.matches("127(\\.\\d{1,3}){3}") || name.equals("[::1]") || name.equals("::1");
    }

    public static boolean isUrl(String url) {
        var host = URI.create(url).getHost();
        return host != null && isHost(host);
    }
}
