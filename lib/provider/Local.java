package lib.provider;

import com.google.gson.JsonElement;
import lib.wire.Json;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Short questions to a server on this machine, which answers at once or is not there.
final class Local {
    private static final int PATIENCE = 200;   // milliseconds

    private Local() {}

    static JsonElement get(String url) throws IOException { return ask(url, ""); }

    /// A POST where there is a body.
    static JsonElement ask(String url, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE);
        connection.setReadTimeout(PATIENCE);
        try {
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestProperty("content-type", "application/json");
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            try (var in = connection.getInputStream()) {
                return Json.parse(in.readNBytes(4 << 20));
            }
        } catch (Json.Malformed e) {
            throw new IOException("no JSON at " + url);
        } finally {
            connection.disconnect();
        }
    }
}
