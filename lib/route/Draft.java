package lib.route;

import module java.base;
import com.google.gson.JsonObject;

import lib.wire.*;

/// A request on its way up, still open to change: quirks and fixes alter its URL, its headers and its body alike.
public final class Draft {
    private final Map<String, String> headers = new HashMap<>(Ask.JSON);
    private final JsonObject shared;          // what it is until something changes it; parts of it are the client's own
    private final Supplier<byte[]> unchanged; // the same as it goes up
    private final Supplier<JsonObject> copy;  // the same, to be changed
    private String url;
    private JsonObject body, parameters;

    private Draft(String url, JsonObject shared, Supplier<byte[]> unchanged, Supplier<JsonObject> copy) {
        this.url = url;
        this.shared = shared;
        this.unchanged = unchanged;
        this.copy = copy;
    }

    /// A body that the dialect has made.
    public static Draft of(String url, JsonObject body) { return of(url, body, body); }

    /// The same; `parameters` is the part of it that holds the limit, the temperature and the like.
    public static Draft of(String url, JsonObject body, JsonObject parameters) {
        var draft = new Draft(url, body, () -> Json.bytes(body), () -> body);
        draft.body = body;
        draft.parameters = parameters;
        return draft;
    }

    /// A body that shares parts with the client's message: it is copied before anything changes it.
    public static Draft shared(String url, JsonObject body) { return new Draft(url, body, () -> Json.bytes(body), () -> Json.copy(body)); }

    /// The client's message, which goes up as `unchanged` unless something changes it.
    public static Draft relayed(String url, JsonObject message, Supplier<byte[]> unchanged, Supplier<JsonObject> copy) { return new Draft(url, message, unchanged, copy); }

    public String url() { return url; }

    public void url(String other) { url = other; }

    /// In lower case; one with an empty value does not go up.
    public Map<String, String> headers() { return headers; }

    /// The body, to be changed.
    public JsonObject body() {
        if (body == null) body = parameters = copy.get();
        return body;
    }

    /// The part of the body that holds the parameters, to be changed.
    public JsonObject parameters() {
        body();
        return parameters;
    }

    /// The part of the body that holds the parameters, only to be read.
    public JsonObject read() { return body == null ? shared : parameters; }

    public Ask ask() {
        var sent = new HashMap<>(headers);
        sent.values().removeIf(String::isEmpty);
        return body == null ? Ask.post(url, sent, unchanged.get()) : Ask.post(url, sent, body);
    }
}
