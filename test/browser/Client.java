package browser;

import com.google.gson.Gson;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What asks FreeCC: a conversation as Claude Code holds it, in short.
final class Client {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Gson GSON = new Gson();

    private final String url;
    private final List<String> headers = new ArrayList<>(List.of("content-type", "application/json"));
    private final Map<String, Object> message = new LinkedHashMap<>();
    private final List<Map<String, ?>> turns = new ArrayList<>();

    Client(String url, String session) {
        this.url = url;
        if (!session.isEmpty()) with("x-claude-code-session-id", session);
        message.put("model", "claude-freecc/big");
        message.put("max_tokens", 4096);
        message.put("stream", true);
    }

    Client with(String header, String value) {
        headers.addAll(List.of(header, value));
        return this;
    }

    /// A member of the request, such as its system prompt.
    Client put(String name, Object value) {
        message.put(name, value);
        return this;
    }

    /// A turn that was said before.
    Client said(String role, Object content) {
        turns.add(Map.of("role", role, "content", content));
        return this;
    }

    /// Says this and asks for the answer.
    CompletableFuture<String> asks(Object content) {
        said("user", content);
        message.put("messages", turns);
        var request = HttpRequest.newBuilder(URI.create(url + "/v1/messages")).headers(headers.toArray(String[]::new))
            .POST(HttpRequest.BodyPublishers.ofString(GSON.toJson(message))).build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    static HttpResponse<String> get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
