package lib.wire;

import module java.base;

import lib.json.*;

/// One HTTP request to a provider. With the scheme `echo`, the request's body is the response.
public record Ask(String method, URI url, Map<String, String> headers, byte[] body) {
    public static final Map<String, String> JSON = Map.of("content-type", "application/json");

    public static Ask post(String url, JsonObject body) { return post(url, JSON, body); }

    public static Ask post(String url, Map<String, String> headers, JsonObject body) {
        return post(url, headers, Json.bytes(body));
    }

    public static Ask post(String url, Map<String, String> headers, byte[] body) {
        return new Ask("POST", address(url), headers, body);
    }

    public static Ask get(String url, Map<String, String> headers) {
        return new Ask("GET", address(url), headers, new byte[0]);
    }

    /// A model's name may be part of it.
    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("no address can be made of " + url.replaceAll("\\p{Cc}", "?")
                + "; check the model's name and the base URL");
        }
    }

    /// An empty value removes the header.
    public Ask with(String header, String value) {
        var more = new HashMap<>(headers);
        if (value.isEmpty()) more.remove(header);
        else more.put(header, value);
        return new Ask(method, url, more, body);
    }

    /// What is kept after it was sent.
    public Ask withoutBody() { return new Ask(method, url, headers, new byte[0]); }

    public boolean isEcho() { return "echo".equals(url.getScheme()); }
}
