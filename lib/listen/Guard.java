package lib.listen;

import module java.base;
import com.sun.net.httpserver.Headers;

import lib.config.*;
import lib.wire.*;

/// Who may ask. On this machine's own address anyone on this machine, but no web page; elsewhere only who has the key.
public final class Guard {
    private final String host, key;

    public Guard(Config config, String host) {
        this.host = host;
        this.key = config.accessKey();
        if (!Loopback.isHost(host) && key.isEmpty()) throw new Config.Wrong("FREECC_HOST=" + host
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

    /// Refuses whoever does not send the key, if there is one.
    public void checkKey(Headers headers) {
        if (!key.isEmpty() && !isKey(first(headers, "x-api-key")) && !isKey(bearer(first(headers, "Authorization"))))
            throw new ApiError(401, "this FreeCC asks for a key: send FREECC_API_KEY as ANTHROPIC_AUTH_TOKEN");
    }

    private static String bearer(String header) {
        return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).strip() : "";
    }

    /// Takes as long for a wrong key as for a right one.
    private boolean isKey(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
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
