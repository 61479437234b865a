package lib.listen;

import module java.base;
import java.security.cert.X509Certificate;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lib.access.*;
import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Keys and certificates as openssl and certbot write them, shown to a client that trusts only Java's authorities and
/// SSL_CERT_FILE. The files of test/tls hold a key and its certificate, made for these tests.
class CertificateTest {
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private static Path pem(String name) { return Path.of("test/tls", name + ".pem"); }

    private Listener listener(Path certificate, Path key) throws IOException {
        var config = new Config(Map.of("FREECC_TLS_CERT", certificate.toString(), "FREECC_TLS_KEY", key.toString()));
        return new Listener(new InetSocketAddress("127.0.0.1", 0), Listener.tls(config, warnings::add), Runnable::run, exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
    }

    /// Whose certificate a client with this authority is shown.
    private static String shown(Listener listener, String variable, Path authority) throws Exception {
        var trust = new Trust(new Config(Map.of(variable, authority.toString())));
        assertEquals(List.of(), trust.complaints());
        try (var client = HttpClient.newBuilder().sslContext(trust.context()).build()) {
            var answer = client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/")).build(), BodyHandlers.discarding());
            assertEquals(204, answer.statusCode());
            return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    @ParameterizedTest @ValueSource(strings = {"rsa-pkcs1", "rsa-pkcs8", "ec-sec1", "ec-pkcs8", "ed25519"})
    void everyFormOfKeyIsRead(String name) throws Exception {
        var listener = listener(pem(name), pem(name));
        assertEquals("CN=" + name + ".example", shown(listener, "SSL_CERT_FILE", pem(name)));
        assertEquals("CN=" + name + ".example", shown(listener, "NODE_EXTRA_CA_CERTS", pem(name)));
        assertThrows(SSLException.class, () -> shown(listener, "SSL_CERT_FILE", pem(name.equals("ec-sec1") ? "ed25519" : "ec-sec1")));
        listener.stop(Duration.ZERO);
    }

    @Test void aRenewedCertificateIsShownOnceItFitsItsKey(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("cert.pem"), key = folder.resolve("key.pem");
        replace("rsa-pkcs1", certificate, 1);
        replace("rsa-pkcs1", key, 1);
        var listener = listener(certificate, key);
        assertEquals("CN=rsa-pkcs1.example", shown(listener, "SSL_CERT_FILE", pem("rsa-pkcs1")));
        replace("ec-sec1", certificate, 2);
        assertEquals("CN=rsa-pkcs1.example", shown(listener, "SSL_CERT_FILE", pem("rsa-pkcs1")), "its key is still the old one's");
        assertEquals(List.of("the renewed certificate is not used yet: FREECC_TLS_KEY is not the key of the first certificate in FREECC_TLS_CERT"), warnings);
        replace("ec-sec1", key, 2);
        assertEquals("CN=ec-sec1.example", shown(listener, "SSL_CERT_FILE", pem("ec-sec1")));
        Files.delete(key);
        assertEquals("CN=ec-sec1.example", shown(listener, "SSL_CERT_FILE", pem("ec-sec1")));
        listener.stop(Duration.ZERO);
    }

    private static void replace(String name, Path file, int time) throws IOException {
        Files.copy(pem(name), file, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.from(time, TimeUnit.HOURS));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "FREECC_TLS_CERT=test/tls/ed25519.pem | FREECC_TLS_CERT needs FREECC_TLS_KEY beside it: set both to PEM files, or neither",
        "FREECC_TLS_KEY=test/tls/ed25519.pem | FREECC_TLS_KEY needs FREECC_TLS_CERT beside it: set both to PEM files, or neither",
        "FREECC_TLS_CERT=test/tls/ed25519.pem;FREECC_TLS_KEY=test/tls/ec-sec1.pem | FREECC_TLS_KEY is not the key of the first certificate in FREECC_TLS_CERT",
        "FREECC_TLS_CERT=no.pem;FREECC_TLS_KEY=no.pem | cannot read FREECC_TLS_CERT=no.pem",
        "FREECC_TLS_CERT=README.md;FREECC_TLS_KEY=README.md | FREECC_TLS_CERT names a file without a certificate in PEM format",
        "FREECC_TLS_CERT=test/tls/ed25519.pem;FREECC_TLS_KEY=README.md | FREECC_TLS_KEY does not hold an unencrypted private key in PEM format"})
    void whatCannotBeUsedIsReportedAtStart(String settings, String complaint) {
        var values = new HashMap<String, String>();
        for (var setting : settings.split(";")) values.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        var wrong = assertThrows(RuntimeException.class, () -> Listener.tls(new Config(values), warnings::add));
        assertTrue(wrong instanceof Config.Wrong || wrong instanceof ApiError, wrong::toString);
        assertEquals(complaint, wrong.getMessage());
    }
}
