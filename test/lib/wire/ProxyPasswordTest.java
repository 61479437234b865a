package lib.wire;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A proxy that wants a user and a password, as a socket that shows what it is asked.
class ProxyPasswordTest {
    private static final String BASIC = "Basic " + Base64.getEncoder().encodeToString("me:s@me+ä".getBytes(StandardCharsets.UTF_8)),
        REFUSAL = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: 0\r\n\r\n",
        OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    ServerSocket proxy;

    @BeforeEach void listen() throws IOException { proxy = new ServerSocket(0, 9, InetAddress.getLoopbackAddress()); }

    @AfterEach void close() throws IOException { proxy.close(); }

    private Upstream through(String user) {
        var address = "http://" + user + "127.0.0.1:" + proxy.getLocalPort();
        return new Upstream(new Proxies(name -> name.equals("ALL_PROXY") ? address : ""));
    }

    /// What the proxy is asked, which it answers so.
    private CompletableFuture<String> asked(String answer) {
        return CompletableFuture.supplyAsync(() -> {
            try (var client = proxy.accept()) {
                var head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) head.append((char) client.getInputStream().read());
                client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                return head.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Ask get(String url) { return Ask.get(url, Map.of("authorization", "Bearer key")); }

    @Test void aHostWithoutTlsIsAskedForWithThePassword() throws Exception {
        var asked = asked(OK);
        try (var answer = through("me:s%40me+%C3%A4@").send(get("http://api.example/v1"))) {
            assertEquals(200, answer.status());
        }
        assertTrue(asked.get().startsWith("GET http://api.example/v1 HTTP/1.1\r\n") && asked.get().contains("proxy-authorization: " + BASIC + "\r\n"), asked.get());
    }

    @Test void aTunnelIsAskedForWithThePasswordAndWithoutTheKey() throws Exception {
        var asked = asked(REFUSAL);
        var error = assertThrows(ApiError.class, () -> through("me:s%40me+%C3%A4@").send(get("https://api.example/v1")));
        assertTrue(asked.get().startsWith("CONNECT api.example:443 HTTP/1.1\r\n") && asked.get().contains("proxy-authorization: " + BASIC + "\r\n"), asked.get());
        assertTrue(!asked.get().contains("key"), asked.get());
        assertEquals("400 the proxy refuses the user and password in ALL_PROXY; special characters in them are written as %XX (@ is %40)", error.status() + " " + error.getMessage());
    }

    @Test void aProxyThatWantsAPasswordSaysWhereToWriteIt() throws Exception {
        var asked = asked(REFUSAL);
        var error = assertThrows(ApiError.class, () -> through("").send(get("https://api.example/v1")));
        assertTrue(!asked.get().contains("proxy-authorization"), asked.get());
        assertEquals("400 the proxy asks for a user and a password; write them into ALL_PROXY: http://user:password@host:port", error.status() + " " + error.getMessage());
    }

    @Test void aProvidersOwnProxyIsNamedByItsVariable() throws Exception {
        var asked = asked(REFUSAL);
        var address = "http://127.0.0.1:" + proxy.getLocalPort();
        var upstream = new Upstream(new Proxies(name -> name.equals("MY_LLM_PROXY") ? address : "")).to("my-llm");
        var error = assertThrows(ApiError.class, () -> upstream.send(get("https://api.example/v1")));
        assertTrue(asked.get().startsWith("CONNECT api.example:443"), asked.get());
        assertEquals("400 the proxy asks for a user and a password; write them into MY_LLM_PROXY: http://user:password@host:port", error.status() + " " + error.getMessage());
    }

    @Test void aProxyOfOneProviderHasItsOwn() {
        var proxies = new Proxies(name -> Map.of("GROQ_PROXY", "http://me:sesame@proxy:3128").getOrDefault(name, ""));
        assertEquals("", proxies.authorization(URI.create("https://api.example/v1")));
        assertEquals("Basic bWU6c2VzYW1l", proxies.of("groq").orElseThrow().authorization(URI.create("https://api.example/v1")));
    }

    @Test void whoIsReachedDirectlyDoesNotSeeIt() {
        assertEquals("", new Proxies(name -> name.equals("ALL_PROXY") ? "http://me:sesame@proxy:3128" : "").authorization(URI.create("http://127.0.0.1:8000/v1")));
        assertEquals("", new Proxies(name -> Map.of("NO_PROXY", "corp.example", "ALL_PROXY", "http://me:sesame@proxy:3128").getOrDefault(name, "")).authorization(URI.create("https://llm.corp.example/v1")));
    }
}
