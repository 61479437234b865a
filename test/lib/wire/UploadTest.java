package lib.wire;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// A server that refuses while the request is still being sent. Its answer is what the caller gets, not a broken pipe.
class UploadTest {
    /// `end` is what the server does after its answer: close at once, close for writing and read on, or keep it open and read on.
    @ParameterizedTest @CsvSource({"200000, 0, CLOSE", "3000000, 0, CLOSE", "20000000, 0, CLOSE", "3000000, 100000, CLOSE", "20000000, 100000, CLOSE", "3000000, 2000000, CLOSE",
        "3000000, 0, LINGER", "20000000, 0, LINGER", "20000000, 0, OPEN", "100, 0, CLOSE"})
    void anEarlyRefusalIsRead(int size, int read, String end) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) refuse(server.accept(), read, end);
                } catch (IOException e) {
                    return;   // the test is over
                }
            });
            try (var answer = new Upstream(new Proxies(_ -> "")).send(Ask.post("http://127.0.0.1:" + server.getLocalPort() + "/", Map.of(), new byte[size]))) {
                assertEquals("413 too large", answer.status() + " " + answer.text());
            }
        }
    }

    private static void refuse(Socket client, int read, String end) throws IOException {
        try (client) {
            var in = client.getInputStream();
            for (var head = new StringBuilder(); !head.toString().endsWith("\r\n\r\n"); ) head.append((char) in.read());
            in.readNBytes(read);
            client.getOutputStream().write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large".getBytes(StandardCharsets.UTF_8));
            if (end.equals("CLOSE")) return;
            if (end.equals("LINGER")) client.shutdownOutput();
            in.skip(Long.MAX_VALUE);
        } catch (SocketException e) {
            return;   // the client has read what it wanted
        }
    }
}
