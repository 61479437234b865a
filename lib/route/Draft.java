package lib.route;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// A request that is not finished: quirks and fixes may change its URL, headers and body.
public final class Draft {
    private final Map<String, String> headers = new HashMap<>(Ask.JSON);
    private final JsonObject shared;          // the body until something changes it; may share parts with the client's message
    private final Supplier<byte[]> unchanged; // the same, as bytes to send
    private final Supplier<JsonObject> copy;  // the same, for changes
    private String url;
    private JsonObject body, parameters;

    private Draft(String url, JsonObject shared, Supplier<byte[]> unchanged, Supplier<JsonObject> copy) {
        this.url = url;
        this.shared = shared;
        this.unchanged = unchanged;
        this.copy = copy;
    }

    /// A body of the dialect's own.
    public static Draft of(String url, JsonObject body) { return of(url, body, body); }

    /// `parameters` is the part of the body with the limit, the temperature and so on.
    public static Draft of(String url, JsonObject body, JsonObject parameters) {
        var draft = new Draft(url, body, () -> Json.bytes(body), () -> body);
        draft.body = body;
        draft.parameters = parameters;
        return draft;
    }

    /// A body that shares parts with the client's message: it is copied before a change.
    public static Draft shared(String url, JsonObject body) { return new Draft(url, body, () -> Json.bytes(body), () -> Json.copy(body)); }

    /// The client's message, which is sent as `unchanged` unless something changes it.
    public static Draft relayed(String url, JsonObject message, Supplier<byte[]> unchanged, Supplier<JsonObject> copy) {
        return new Draft(url, message, unchanged, copy);
    }

    public String url() { return url; }

    public void url(String other) { url = other; }

    /// Names are in lower case; a header with an empty value is not sent.
    public Map<String, String> headers() { return headers; }

    /// The body, for changes.
    public JsonObject body() {
        if (body == null) body = parameters = copy.get();
        return body;
    }

    /// The part of the body with the parameters, for changes.
    public JsonObject parameters() {
        body();
        return parameters;
    }

    /// The part of the body with the parameters, only for reading.
    public JsonObject read() { return body == null ? shared : parameters; }

    public Ask ask() {
        var sent = new HashMap<>(headers);
        sent.values().removeIf(String::isEmpty);
        return body == null ? Ask.post(url, sent, unchanged.get()) : Ask.post(url, sent, body);
    }
}
