package claude;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.BufferedSink;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static claude.Upstream.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Two replicas of FreeCC behind Debian's nginx with ops/nginx.conf. They know nothing of each other, and a session needs none
/// of them in particular.
public class Replicas {
    private static final Tongue TONGUE = Tongue.RESPONSES;
    private final List<String> asks = new CopyOnWriteArrayList<>(), told = new CopyOnWriteArrayList<>();
    private final AtomicBoolean killed = new AtomicBoolean();

    @Test @DisplayName("two replicas behind nginx: one is killed in mid-stream, and the task is finished with all that the model had thought")
    void killed(@TempDir Path room) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/sbin/nginx"))) {
            assertTrue(System.getenv("CI") == null, "nginx is missing: apt-get install nginx-light");
            System.out.println("SKIPPED: no /usr/sbin/nginx here, so that the replicas were not tried");
            return;
        }
        var replicas = new CopyOnWriteArrayList<Proxy>();
        try (var upstream = new MockWebServer()) {
            upstream.setDispatcher(new Dispatcher() {
                @Override public MockResponse dispatch(RecordedRequest request) {
                    var body = request.getBody().utf8();
                    asks.add(body);
                    return answer(body, replicas.get(request.getTarget().startsWith("/1/") ? 0 : 1));
                }
            });
            upstream.start();
            for (var name : List.of("1", "2")) replicas.add(new Proxy(new Desk(Files.createDirectories(room.resolve(name)))
                .with(TONGUE.variables("http://127.0.0.1:" + upstream.getPort() + "/" + name))));
            var port = freePort();
            var nginx = nginx(room, port, replicas);
            try {
                var desk = new Desk(Files.createDirectories(room.resolve("desk")))
                    .with("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port, "ANTHROPIC_AUTH_TOKEN", "any", "CLAUDE_CODE_MAX_RETRIES", "3");
                var run = desk.claude(List.of(Client.folder() + "/claude"), "Do five things");
                assertEquals("All five done.", run.answer(), run::toString);
                assertTrue(killed.get(), "nobody was killed");
                assertEquals("1\n2\n3\n4\n5\n", Files.readString(desk.folder.resolve("done.txt")), "each call ran once");
                assertEquals(5, TONGUE.results(asks.getLast()), "five results have come back");
                assertEquals(5, asks.getLast().split(java.util.regex.Pattern.quote(Tongue.SECRET), -1).length - 1, "every turn's thought came back");
                var logs = replicas.stream().map(replica -> replica.said().lines().filter(line -> line.startsWith("200 ")).count()).toList();
                assertTrue(logs.getFirst() > 0 && logs.getLast() > 0, "both have served: " + logs);
                told.add("answers of the first replica: " + logs.getFirst() + ", of the second: " + logs.getLast());
                var left = replicas.getFirst().process.isAlive() ? replicas.getFirst() : replicas.getLast();
                left.process.destroy();
                assertTrue(left.process.waitFor(30, TimeUnit.SECONDS), "SIGTERM did not end it");
                assertEquals(0, left.process.exitValue(), "SIGTERM is an orderly end");
                told.add("the other one, after SIGTERM: exit code 0");
                System.out.println("  " + String.join("\n  ", told));
            } finally {
                nginx.destroy();
                nginx.waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            for (var replica : replicas) replica.close();
        }
    }

    /// A thought and one call each turn. In the third turn, the replica that has asked is killed after the thought.
    private MockResponse answer(String body, Proxy asking) {
        var turn = (int) TONGUE.results(body);
        told.add("turn " + (turn + 1) + ": asked by process " + asking.process.pid() + " with " + turn + " results and "
            + (body.split(Tongue.SECRET, -1).length - 1) + " thoughts");
        if (turn == 5) return Tongue.response(TONGUE.think(turn) + TONGUE.text("All five done.") + TONGUE.end(false));
        if (turn == 2 && killed.compareAndSet(false, true)) return new MockResponse.Builder().addHeader("content-type", "text/event-stream").body(new MockResponseBody() {
            @Override public long getContentLength() { return -1; }

            @Override public void writeTo(BufferedSink sink) throws IOException {
                sink.writeUtf8(TONGUE.think(turn)).flush();
                asking.process.destroyForcibly();
                told.add("turn 3: SIGKILL to process " + asking.process.pid() + " in the middle of its answer");
            }
        }).build();
        var call = call("call_" + turn, "Bash", "command", "echo " + (turn + 1) + " >>done.txt");
        return Tongue.response(TONGUE.think(turn) + TONGUE.call(1, call) + TONGUE.end(true));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// ops/nginx.conf with the replicas' real addresses, and round robin, so that each turn meets another one.
    private static Process nginx(Path room, int port, List<Proxy> replicas) throws Exception {
        var shipped = Files.readString(Path.of("ops/nginx.conf"));
        var text = shipped.replace("listen 8080;", "listen 127.0.0.1:" + port + ";").replaceAll("least_conn;.*", "")
            .replace("freecc:8082", address(replicas.getFirst())).replace("freecc-2:8082", address(replicas.getLast())).replace("/tmp/", room + "/");
        var file = Files.writeString(room.resolve("nginx.conf"), text);
        var nginx = new ProcessBuilder("/usr/sbin/nginx", "-p", room.toString(), "-c", file.toString(), "-g", "daemon off;")
            .redirectErrorStream(true).redirectOutput(room.resolve("nginx.log").toFile()).start();
        while (nginx.isAlive() && !accepts(port)) Thread.onSpinWait();
        assertTrue(nginx.isAlive(), Files.readString(room.resolve("nginx.log")));
        return nginx;
    }

    private static String address(Proxy replica) { return replica.url.replace("http://", ""); }

    private static boolean accepts(int port) {
        try (var _ = new java.net.Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
