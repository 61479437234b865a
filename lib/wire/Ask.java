package lib.wire;

import module java.base;
import com.google.gson.JsonObject;

/// What goes up: one HTTP request to a provider. The scheme `echo` is answered from memory with the body itself.
public record Ask(String method, URI url, Map<String, String> headers, byte[] body) {
    public static final Map<String, String> JSON = Map.of("content-type", "application/json");

    public static Ask post(String url, JsonObject body) { return post(url, JSON, body); }

    public static Ask post(String url, Map<String, String> headers, JsonObject body) {
        return post(url, headers, Json.bytes(body));
    }

    public static Ask post(String url, Map<String, String> headers, byte[] body) {
        return new Ask("POST", URI.create(url), headers, body);
    }

    public static Ask get(String url, Map<String, String> headers) {
        return new Ask("GET", URI.create(url), headers, new byte[0]);
    }

    /// An empty value takes the header out.
    public Ask with(String header, String value) {
        var more = new HashMap<>(headers);
        if (value.isEmpty()) more.remove(header);
        else more.put(header, value);
        return new Ask(method, url, more, body);
    }

    /// What is left to know of it once it has been sent.
    public Ask withoutBody() { return new Ask(method, url, headers, new byte[0]); }

    public boolean isEcho() { return "echo".equals(url.getScheme()); }
}
