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
            assertTrue(error.getMessage().contains("JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=<file>"), error.getMessage());
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

    @Test void aKeyThatCannotBeSentIsToldAndNotShown() {
        var error = assertThrows(ApiError.class, () -> new Upstream(new Proxies(_ -> "")).send(Ask.get("http://127.0.0.1:9/", Map.of("authorization", "Bearer sk-1\r\nx-evil: 1"))));
        assertEquals("400 invalid value for the header authorization: the key or setting contains a line break or a character outside Latin-1", error.status() + " " + error.getMessage());
    }

    @Test void whatIsNoAddressOfTheWebIsNotAsked() {
        for (var wrong : new String[]{"file:///etc/passwd", "ftp://127.0.0.1/", "github.example/login"})
            assertTrue(assertThrows(ApiError.class, () -> new Upstream(new Proxies(_ -> "")).send(Ask.get(wrong, Map.of()))).getMessage().contains("the base URL must start with"), wrong);
    }
}
