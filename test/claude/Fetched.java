package claude;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import static claude.Upstream.call;
import static claude.Upstream.calls;
import static claude.Upstream.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Claude Code fetches a page itself and asks a model about it, the one that it works with (2.1.332). It takes nothing but HTTPS,
/// so the page is served with a certificate that it is told to trust.
public class Fetched {
    @Test @DisplayName("WebFetch, whose page a request without tools asks about")
    void fetch(@TempDir Path room, @TempDir Path seat) throws Exception {
        var page = page(room);
        try (var upstream = new Upstream(); var proxy = new Proxy(new Desk(room).with(upstream.variables()))) {
            var desk = new Desk(seat).with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any",
                "NODE_EXTRA_CA_CERTS", room.resolve("page.pem").toString());
            // Without this, it asks claude.ai about the domain first.
            Files.writeString(Files.createDirectories(desk.home.resolve(".claude")).resolve("settings.json"), "{\"skipWebFetchPreflight\": true}");
            var url = "https://127.0.0.1:" + page.getAddress().getPort() + "/harbour";
            upstream.play(ask -> {
                if (!ask.body().has("tools")) return text("It opens at nine.");
                return ask.results().isEmpty() ? calls(call("call_1", "WebFetch", "url", url, "prompt", "When does the harbour open?"))
                    : text("Heard: " + ask.results().getLast());
            });
            assertEquals("Heard: It opens at nine.", desk.claude(List.of(Client.folder() + "/claude"), "When does it open?").answer().strip());

            var read = upstream.asks.stream().filter(ask -> !ask.body().has("tools")).toList();
            assertEquals(1, read.size(), upstream.asks::toString);
            var said = read.getFirst().said("user");
            assertTrue(said.contains("The harbour opens at **nine**") && said.contains("When does the harbour open?"), said);
            assertFalse(said.contains("<b>"), "the page as Markdown: " + said);
        } finally {
            page.stop(0);
        }
    }

    private static HttpsServer page(Path room) throws Exception {
        var store = room.resolve("page.p12");
        keytool("-genkeypair", "-alias", "page", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-ext", "bc:c=ca:true",
            "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit");
        keytool("-exportcert", "-rfc", "-alias", "page", "-keystore", store.toString(), "-storepass", "changeit", "-file",
            room.resolve("page.pem").toString());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/harbour", exchange -> {
            var html = "<html><body><h1>Harbour</h1><p>The harbour opens at <b>nine</b>.</p></body></html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void keytool(String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        line.addAll(List.of(arguments));
        var tool = new ProcessBuilder(line).redirectErrorStream(true).start();
        var said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) throw new IllegalStateException(said);
    }
}
