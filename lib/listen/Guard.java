package lib.listen;

import module java.base;
import com.sun.net.httpserver.Headers;

import lib.config.*;
import lib.wire.*;

/// Who may ask. On this machine's own address anyone on this machine, but no web page; elsewhere only who has the key.
public final class Guard {
    private final String host;
    private final Keys keys;

    public Guard(Keys keys, String host) {
        this.host = host;
        this.keys = keys;
        if (!Loopback.isHost(host) && keys.isEmpty()) throw new Config.Wrong("FREECC_HOST=" + host
            + " would let the whole network use your keys: set FREECC_API_KEY, which clients must then send, or stay on 127.0.0.1");
    }

    /// Refuses other hosts and web pages.
    public void checkOrigin(Headers headers) {
        var asked = first(headers, "Host");
        if (Loopback.isHost(host) && !Loopback.isHost(nameOf(asked)))
            throw new ApiError(403, "the Host header names " + asked + ", which is not this machine");
        var origin = first(headers, "Origin");
        if (!origin.isEmpty() && !isSame(origin, asked))
            throw new ApiError(403, "requests from web pages (Origin: " + origin + ") are not served");
    }

    /// The name of the key that was sent, empty if it has none. Refuses whoever sends none, if there is one.
    public String keyName(Headers headers) {
        if (keys.isEmpty()) return "";
        return keys.nameOf(first(headers, "x-api-key")).or(() -> keys.nameOf(bearer(first(headers, "Authorization"))))
            .orElseThrow(() -> new ApiError(401, "this FreeCC asks for a key: send FREECC_API_KEY, or your own of FREECC_API_KEYS, "
                + "as ANTHROPIC_AUTH_TOKEN"));
    }

    private static String bearer(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The name in `name:port` or `[address]:port`.
    private static String nameOf(String host) {
        var colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static String first(Headers headers, String name) {
        var value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}
