import lib.access.Pem;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A provider whose every answer has the same fault. It sends what the fault says, and then waits for the other side to hang up.
final class FaultyProvider implements AutoCloseable {
    static final String CERTIFICATE = "test/tls/ec-pkcs8.pem";
    private static final int MOST_LINES = 500;

    /// Sends an answer, or what goes wrong in its place.
    interface Fault { void send(Line line, FaultyAnswer answer) throws IOException; }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Optional<SSLContext> tls;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Fault fault;
    private final FaultyAnswer answer;
    private volatile Supplier<String> heard = () -> "";

    /// `tls` is empty for a provider without encryption.
    FaultyProvider(Optional<SSLContext> tls, Fault fault, FaultyAnswer answer) throws IOException {
        this.tls = tls;
        this.fault = fault;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    /// With a certificate of its own making.
    static SSLContext secure() throws Exception {
        var pem = Pem.read(CERTIFICATE, "a file");
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setKeyEntry("own", Pem.privateKey(pem, "a file"), new char[0], Pem.certificates(pem, "a file").toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    int port() { return listener.getLocalPort(); }

    int asked() { return lines.stream().mapToInt(line -> line.asked).sum(); }

    /// What the client must have got of the answer's text: what the last request was answered.
    String sent() { return lines.isEmpty() ? "" : lines.getLast().text; }

    /// The text that the client has got so far.
    void heard(Supplier<String> text) { heard = text; }

    /// Nothing more will come.
    boolean isSilent() { return !lines.isEmpty() && lines.getLast().silent; }

    boolean isWholeSent() { return lines.isEmpty() || lines.getLast().whole; }

    private void accept() {
        try {
            while (true) {
                var line = new Line(listener.accept(), tls, () -> heard.get());
                if (lines.size() >= MOST_LINES) lines.removeIf(one -> one.over.getCount() == 0);   // hours of traffic have many
                lines.add(line);
                Thread.ofVirtual().start(() -> serve(line));
            }
        } catch (IOException e) {
            return;   // the test is over
        }
    }

    private void serve(Line line) {
        try {
            while (line.takesRequest()) {
                fault.send(line, answer);
                line.silent = true;
                if (!line.whole) line.awaitHangUp();
            }
        } catch (IOException e) {
            return;   // the other side has hung up, which is what is waited for
        } finally {
            line.close();
            line.over.countDown();
        }
    }

    /// Whether every connection that did not come to a proper end has been given up.
    boolean hasBeenLeft(Duration most) throws InterruptedException {
        var end = System.nanoTime() + most.toNanos();
        for (var line : lines)
            while (!line.whole && !line.over.await(20, TimeUnit.MILLISECONDS)) if (System.nanoTime() > end) return false;
        return true;
    }

    @Override public void close() throws IOException {
        listener.close();
        lines.forEach(Line::close);
    }

    /// One connection of FreeCC's.
    static final class Line {
        private final Socket wire, socket;   // the same, but for what TLS does between them
        private final InputStream in;
        private final Supplier<String> heard;
        private final CountDownLatch over = new CountDownLatch(1);
        private volatile int asked;
        private volatile boolean whole, silent;
        private volatile String text = "";

        Line(Socket wire, Optional<SSLContext> tls, Supplier<String> heard) throws IOException {
            this.wire = wire;
            this.heard = heard;
            this.socket = tls.isPresent() ? tls.get().getSocketFactory().createSocket(wire, null, wire.getPort(), false) : wire;
            if (socket instanceof SSLSocket secure) secure.setUseClientMode(false);
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private boolean takesRequest() throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var b = in.read();
                if (b < 0) return false;
                head.append((char) b);
                if (asked == 0 && head.length() == 1 && b == 22) return true;   // TLS's hello to a peer that knows none
            }
            var length = head.toString().lines().filter(line -> line.toLowerCase().startsWith("content-length:")).findFirst();
            in.skipNBytes(length.map(line -> Long.parseLong(line.substring(15).strip())).orElse(0L));
            asked++;
            whole = silent = false;
            text = "";
            return true;
        }

        Line raw(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        }

        Line raw(String bytes) throws IOException { return raw(bytes.getBytes(StandardCharsets.UTF_8)); }

        /// A status and headers, each with its line's end in the text.
        Line head(String status, String... headers) throws IOException {
            return raw("HTTP/1.1 " + status + "\r\n" + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList()) + "\r\n");
        }

        Line begin(FaultyAnswer answer, String... headers) throws IOException {
            var all = new java.util.ArrayList<>(List.of(headers));
            all.add("content-type: " + answer.type());
            all.add("transfer-encoding: chunked");
            return head("200 OK", all.toArray(String[]::new));
        }

        Line chunk(byte[] bytes) throws IOException {
            raw(Integer.toHexString(bytes.length) + "\r\n");
            return raw(bytes).raw("\r\n");
        }

        /// These events, in this order, of which the client must get all the text.
        Line events(FaultyAnswer answer, List<String> some) throws IOException {
            text = FaultyAnswer.text(some);
            for (var event : some) chunk(answer.bytes(event));
            return this;
        }

        Line says(String text) {
            this.text = text;
            return this;
        }

        /// The HTTP message is complete, and the connection may be used again.
        void end() throws IOException {
            raw("0\r\n\r\n");
            whole = true;
        }

        void isWhole() { whole = true; }

        void full(String status, String type, byte[] body) throws IOException {
            whole = true;
            head(status, "content-type: " + type, "content-length: " + body.length).raw(body);
        }

        void halfClose() throws IOException {
            socket.shutdownOutput();
        }

        /// Waits until the client has got the text, because a reset overtakes what was sent before it.
        Line awaitRead() {
            while (!wire.isClosed() && !heard.get().startsWith(text)) LockSupport.parkNanos(1_000_000);
            return this;
        }

        void reset() throws IOException {
            wire.setSoLinger(true, 0);
            wire.close();
        }

        /// TLS does not say that it ends.
        void cut() throws IOException { wire.close(); }

        void close() {
            try (wire) {
                socket.close();
            } catch (IOException e) {
                return;   // it is closed already
            }
        }

        private void awaitHangUp() throws IOException {
            while (!wire.isClosed() && in.read() >= 0) { }
        }
    }
}
