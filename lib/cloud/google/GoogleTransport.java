package lib.cloud.google;

import module java.base;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;

import lib.wire.*;

/// Sends the requests of Google's library over FreeCC's own connections. Its default transport knows only Java's system
/// properties; this one follows HTTPS_PROXY and NO_PROXY, in `.env`, too.
final class GoogleTransport extends HttpTransport {
    private final Function<Ask, Answer> connections;

    GoogleTransport(Function<Ask, Answer> connections) { this.connections = connections; }

    @Override protected LowLevelHttpRequest buildRequest(String method, String url) { return new Request(method, URI.create(url)); }

    private final class Request extends LowLevelHttpRequest {
        private final String method;
        private final URI url;
        private final Map<String, String> headers = new HashMap<>();

        Request(String method, URI url) {
            this.method = method;
            this.url = url;
        }

        @Override public void addHeader(String name, String value) {
            headers.merge(name.toLowerCase(java.util.Locale.ROOT), value, (one, other) -> one + ", " + other);
        }

        @Override public LowLevelHttpResponse execute() throws IOException {
            var body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) getStreamingContent().writeTo(body);
            if (getContentType() != null) headers.put("content-type", getContentType());
            if (getContentEncoding() != null) headers.put("content-encoding", getContentEncoding());
            return new Response(connections.apply(new Ask(method, url, headers, body.toByteArray())));
        }
    }

    private static final class Response extends LowLevelHttpResponse {
        private final Answer answer;
        private final List<Map.Entry<String, String>> headers;

        Response(Answer answer) {
            this.answer = answer;
            this.headers = answer.headers().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value))).toList();
        }

        @Override public InputStream getContent() { return answer.body(); }

        @Override public String getContentEncoding() { return answer.header("content-encoding"); }

        @Override public long getContentLength() { return -1; }

        @Override public String getContentType() { return answer.header("content-type"); }

        @Override public String getStatusLine() { return "HTTP/1.1 " + answer.status(); }

        @Override public int getStatusCode() { return answer.status(); }

        @Override public String getReasonPhrase() { return ""; }

        @Override public int getHeaderCount() { return headers.size(); }

        @Override public String getHeaderName(int index) { return headers.get(index).getKey(); }

        @Override public String getHeaderValue(int index) { return headers.get(index).getValue(); }

        @Override public void disconnect() { answer.close(); }
    }
}
