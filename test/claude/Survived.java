package claude;

import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.SocketEffect;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static claude.Upstream.call;
import static claude.Upstream.calls;
import static claude.Upstream.text;
import static claude.Upstream.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;

/// Answers that break off, a provider that is silent, a FreeCC that is killed and started again: the session goes on.
public class Survived {
    private static final String TEXT = "{'choices':[{'index':0,'delta':{'content':'%s'}}]}".replace('\'', '"');
    private static final String FINISH = "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}".replace('\'', '"');
    private static final String HALF_A_CALL = """
        {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":
        {"name":"Bash","arguments":"{\\"command\\":\\"echo half"}}]}}]}""".replace("\n", "");

    private Upstream upstream;
    private Desk desk, office;
    private Proxy proxy;

    @BeforeEach void serve(@TempDir Path room) throws Exception {
        upstream = new Upstream();
        office = new Desk(room.resolve("office")).with(upstream.variables());
        proxy = new Proxy(office);
        desk = new Desk(room.resolve("desk"))
            .with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any", "CLAUDE_CODE_MAX_RETRIES", "10");
    }

    @AfterEach void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    private Run claude(String prompt) throws Exception { return desk.claude(List.of(Client.folder() + "/claude"), prompt); }

    private static boolean streams(Upstream.Ask ask) { return ask.body().has("stream") && ask.body().get("stream").getAsBoolean(); }

    private static Upstream.Reply answer(Upstream.Ask ask, String text) { return streams(ask) ? text(text) : whole(text); }

    /// Sends this chunk, and then closes the connection.
    private static Upstream.Reply cut(String chunk) {
        return () -> events(List.of(chunk), Duration.ZERO, List.of()).onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE).build();
    }

    private static MockResponse.Builder events(List<String> first, Duration silence, List<String> then) {
        return new MockResponse.Builder().addHeader("content-type", "text/event-stream").body(new MockResponseBody() {
            @Override public long getContentLength() { return -1; }

            @Override public void writeTo(BufferedSink sink) throws IOException {
                for (var chunk : first) sink.writeUtf8("data: " + chunk + "\n\n").flush();
                try {
                    Thread.sleep(silence);
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                for (var chunk : then) sink.writeUtf8("data: " + chunk + "\n\n").flush();
            }
        });
    }

    @Test @DisplayName("an answer that breaks off in its text is asked for again")
    void cutInText() throws Exception {
        var made = new AtomicInteger();
        upstream.play(ask -> made.getAndIncrement() == 0 ? cut(TEXT.formatted("Half of an ans")) : answer(ask, "A whole answer."));
        assertEquals("A whole answer.", claude("Say something").answer());
        assertEquals(2, made.get(), "requests");
    }

    @Test @DisplayName("a call that breaks off does not run, and the whole one runs once")
    void cutInCall() throws Exception {
        var made = new AtomicInteger();
        upstream.play(ask -> made.getAndIncrement() == 0 ? cut(HALF_A_CALL)
            : ask.results().isEmpty() ? calls(call("call_2", "Bash", "command", "echo once >>done.txt")) : answer(ask, "Done."));
        assertEquals("Done.", claude("Do it").answer());
        assertEquals("once\n", Files.readString(desk.folder.resolve("done.txt")));
    }

    @Test @DisplayName("forty seconds of silence in the middle of an answer")
    void silence() throws Exception {
        var made = new AtomicInteger();
        upstream.play(_ -> {
            made.incrementAndGet();
            return () -> events(List.of(TEXT.formatted("Before ")), Duration.ofSeconds(40),
                List.of(TEXT.formatted("and after."), FINISH, "[DONE]")).build();
        });
        assertEquals("Before and after.", claude("Think long").answer());
        assertEquals(1, made.get(), "the client has waited");
    }

    @Test @DisplayName("FreeCC is killed in mid-answer and started again: the session goes on")
    void restarted() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        proxy.close();
        proxy = new Proxy(office, port);
        desk.with("ANTHROPIC_BASE_URL", proxy.url);
        var again = new CompletableFuture<Proxy>();
        var made = new AtomicInteger();
        upstream.play(ask -> {
            if (ask.results().isEmpty()) return calls(call("call_1", "Bash", "command", "echo one >>done.txt"));
            if (made.getAndIncrement() > 0) return answer(ask, "The result was kept.");
            proxy.process.descendants().forEach(ProcessHandle::destroyForcibly);
            proxy.process.destroyForcibly();
            again.completeAsync(() -> started(port));
            return answer(ask, "Nobody hears this.");
        });
        assertEquals("The result was kept.", claude("Do it").answer());
        assertEquals("one\n", Files.readString(desk.folder.resolve("done.txt")), "the call ran once");
        proxy = again.get();
    }

    private Proxy started(int port) {
        try {
            proxy.process.waitFor();
            return new Proxy(office, port);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
