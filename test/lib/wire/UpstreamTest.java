package lib.wire;

import module java.base;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What the way to a provider says of itself when it is closed.
class UpstreamTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test void aCertificateOfAnUnknownAuthoritySaysWhatToDo(@TempDir Path folder) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(signedByItself(folder.resolve("keys"))));
        server.start();
        try {
            var error = assertThrows(ApiError.class, () -> new Upstream(new Proxies(_ -> "")).send(Ask.get("https://127.0.0.1:" + server.getAddress().getPort() + "/", Map.of())));
            assertEquals(500, error.status());
            assertTrue(error.getMessage().contains("set SSL_CERT_FILE to a PEM file"), error.getMessage());
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext signedByItself(Path keys) throws Exception {
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keystore", keys.toString(), "-storepass", new String(PASSWORD),
            "-alias", "own", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1").redirectErrorStream(true).start();
        var said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), said);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keys.toFile(), PASSWORD), PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test void aProviderWithItsOwnProxyIsAskedThroughIt() throws Exception {
        try (var proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var upstream = new Upstream(new Proxies(name -> name.equals("GROQ_PROXY") ? "http://127.0.0.1:" + proxy.getLocalPort() : ""));
            var answer = CompletableFuture.supplyAsync(() -> upstream.to("groq").send(Ask.get("http://api.groq.example/v1/models", Map.of())));
            try (var asked = proxy.accept()) {
                var line = new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.ISO_8859_1)).readLine();
                assertEquals("GET http://api.groq.example/v1/models HTTP/1.1", line);
                asked.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertEquals(204, answer.get(20, TimeUnit.SECONDS).status());
            }
        }
    }

    @Test void aKeyThatCannotBeSentIsToldAndNotShown() {
        var error = assertThrows(ApiError.class, () -> new Upstream(new Proxies(_ -> "")).send(Ask.get("http://127.0.0.1:9/", Map.of("authorization", "Bearer sk-1\r\nx-evil: 1"))));
        assertEquals("400 invalid value for the header authorization: the key or setting contains a line break or a character outside Latin-1", error.status() + " " + error.getMessage());
    }

    @Test void whatIsNoAddressOfTheWebIsNotAsked() {
        for (var wrong : new String[]{"file:///etc/passwd", "ftp://127.0.0.1/", "github.example/login"})
            assertTrue(assertThrows(ApiError.class, () -> new Upstream(new Proxies(_ -> "")).send(Ask.get(wrong, Map.of()))).getMessage().contains("the base URL must start with"), wrong);
    }

    private static byte[] gzipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> read(byte[] body, String encoding) throws IOException {
        try (var mock = new mockwebserver3.MockWebServer()) {
            mock.enqueue(new mockwebserver3.MockResponse.Builder().setHeader("content-encoding", encoding).chunkedBody(new okio.Buffer().write(body), 7).build());
            mock.start();
            try (var answer = new Upstream(new Proxies(_ -> "")).send(Ask.get("http://127.0.0.1:" + mock.getPort() + "/", Map.of()))) {
                var data = new ArrayList<String>();
                answer.frames(() -> { }).forEach(frame -> data.add(frame.data()));
                return data;
            }
        }
    }

    @Test void gzipThatWasNotAskedForIsRead() throws IOException {
        assertEquals(List.of("a", "b"), read(gzipped("data: a\n\ndata: b\n\n"), "gzip"));
        assertEquals(List.of("{\"a\":1}"), read(gzipped("{\"a\":1}"), "X-GZIP"));
        assertEquals(List.of("a"), read("data: a\n\n".getBytes(), "identity"));
        assertTrue(assertThrows(ApiError.class, () -> read("data: a\n\n".getBytes(), "gzip")).getMessage().contains("was lost"));
        assertTrue(assertThrows(ApiError.class, () -> read(gzipped("x"), "br")).getMessage().contains("'br'"));
    }

    /// What has arrived of a compressed stream is read before more is waited for.
    @Test void aCompressedStreamIsNotHeldBack() throws IOException {
        var sent = new ByteArrayOutputStream();
        var zip = new GZIPOutputStream(sent, true);
        zip.write("data: a\n\n".getBytes());
        zip.flush();
        var waits = new AtomicInteger();
        try (var body = new AnswerBody(new SequenceInputStream(new ByteArrayInputStream(sent.toByteArray()), new ByteArrayInputStream(new byte[0])), "gzip")) {
            assertEquals("a", new Answer(200, Map.of(), body).frames(waits::incrementAndGet).iterator().next().data());
            assertEquals(0, body.available());
        }
    }

    /// A byte now and then is no answer.
    @Test void aShortQuestionHasATimeForAllOfItsAnswer() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = server.accept()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n{".getBytes());
                    client.getInputStream().skip(Long.MAX_VALUE);
                } catch (IOException e) {
                    return;   // it was given up
                }
            });
            var hasty = new Upstream(new Proxies(_ -> ""), Duration.ofMillis(200));
            var late = assertThrows(ApiError.class, () -> hasty.send(Ask.get("http://127.0.0.1:" + server.getLocalPort() + "/", Map.of())));
            assertTrue(late.status() == 504 && late.getMessage().contains("in time"), late.getMessage());
        }
    }

    @Test void aBrokenMessageOfAwsIsAnError() {
        var body = new ByteArrayInputStream(new byte[64]);
        var answer = new Answer(200, Map.of("content-type", List.of("application/vnd.amazon.eventstream")), body);
        assertTrue(assertThrows(ApiError.class, () -> answer.frames(() -> { }).iterator().next()).getMessage().contains("hecksum"));
    }
}
