package lib.server;

import module java.base;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.ledger.*;
import lib.routing.*;
import lib.wire.*;

/// FreeCC between a client and a provider that are both plain sockets, so that a test decides what each of them does and when.
abstract class Peers {
    private static final Duration LONG = Duration.ofSeconds(20);
    static final Timing FAST = new Timing(Duration.ofMillis(60), Duration.ofMillis(20), Duration.ofMillis(90), LONG, LONG);
    static final Timing IMPATIENT = new Timing(Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofMillis(100), LONG);
    static final String BODY = "{\"model\":\"groq/m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir Path folder;
    ServerSocket provider;

    @BeforeEach void listen() throws IOException { provider = new ServerSocket(0, 50, InetAddress.getLoopbackAddress()); }

    @AfterEach void close() throws IOException { provider.close(); }

    Server server(Timing timing, String... settings) throws IOException { return server("127.0.0.1", timing, settings); }

    Server server(String host, Timing timing, String... settings) throws IOException { return server(host, timing, Ids.counting(), settings); }

    Server server(Timing timing, Ids ids) throws IOException { return server("127.0.0.1", timing, ids); }

    private Server server(String host, Timing timing, Ids ids, String... settings) throws IOException {
        var values = new HashMap<>(Map.of("GROQ_API_KEY", "k", "GROQ_API_BASE", "http://127.0.0.1:" + provider.getLocalPort() + "/v1"));
        for (var setting : settings) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        var config = new Config(values);
        return new Server(new Server.Parts(config, new Routes(config, new Config.Slot("demo", "", "", "")), ContextWindows.UNASKED, new Upstream(new Proxies(_ -> "")),
            new Log(folder.resolve("log"), Optional.empty(), config), new Ledger(config.with("LEDGER", "false")), ids, timing, new ParseCache()), host, 0);
    }

    static Socket ask(int port, String body) throws IOException {
        var client = new Socket("127.0.0.1", port);
        client.setSoTimeout(20_000);
        client.getOutputStream().write(("POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
        return client;
    }

    /// Takes the request, and answers what is given; the socket stays open.
    Socket answer(String begun) throws IOException {
        var asked = provider.accept();
        var in = asked.getInputStream();
        for (var read = new StringBuilder(); !read.toString().endsWith("\r\n\r\n"); ) read.append((char) in.read());
        asked.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
        asked.getOutputStream().flush();
        return asked;
    }

    static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    static final String WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";

    /// Reads until all of these have come, in whatever order.
    static String until(Socket client, String... whats) throws IOException {
        var missing = new ArrayList<>(List.of(whats));
        var seen = new StringBuilder();   // of bytes, as letters: only the end is compared, for a flood may come before it
        var in = new BufferedInputStream(client.getInputStream());
        for (var b = in.read(); b >= 0; b = in.read()) {
            seen.append((char) b);
            var last = (char) b;
            missing.removeIf(what -> what.charAt(what.length() - 1) == last && seen.indexOf(what, Math.max(0, seen.length() - what.length())) >= 0);
            if (missing.isEmpty()) return text(seen);
        }
        throw new AssertionError("ended without " + missing + ":\n" + text(seen));
    }

    private static String text(StringBuilder bytes) {
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).replace("\r", "");
    }

    /// Blocks until the other side has closed.
    static void hasHungUp(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        try {
            while (socket.getInputStream().read() >= 0) { }
        } catch (java.net.SocketException e) {
            return;   // a reset is a way of closing
        }
    }
}
