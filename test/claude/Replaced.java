package claude;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import static claude.Upstream.call;
import static claude.Upstream.calls;
import static claude.Upstream.refuse;
import static claude.Upstream.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A key or a provider that fails in the middle of a task: another one takes its place, or Claude Code asks again.
public class Replaced {
    private static final String NO = "{\"error\":{\"message\":\"%s\"}}";
    private Upstream upstream;
    private Path room;
    private Desk desk;

    @BeforeEach void open(@TempDir Path folder) throws Exception {
        upstream = new Upstream();
        room = folder;
        desk = new Desk(room.resolve("desk")).with("ANTHROPIC_AUTH_TOKEN", "any");
    }

    @AfterEach void close() { upstream.close(); }

    private Proxy proxy(String... settings) throws Exception {
        var proxy = new Proxy(new Desk(room.resolve("office")).with(upstream.variables()).with(settings));
        desk.with("ANTHROPIC_BASE_URL", proxy.url);
        return proxy;
    }

    private Run claude(String prompt) throws Exception { return desk.claude(List.of(Client.folder() + "/claude"), prompt); }

    /// Two calls, and then the end.
    private static Upstream.Reply task(Upstream.Ask ask) {
        var done = ask.results().size();
        return done == 2 ? text("Both done.") : calls(call("call_" + done, "Bash", "command", "echo " + (done + 1) + " >>done.txt"));
    }

    private void isDone(Run run) throws Exception {
        assertEquals("Both done.", run.answer());
        assertEquals("1\n2\n", Files.readString(desk.folder.resolve("done.txt")), "each call ran once");
    }

    @Test @DisplayName("the session's key is revoked in mid-task: the other one finishes it")
    void firstKeyDead() throws Exception {
        var first = new AtomicReference<String>();
        var used = new HashSet<String>();
        upstream.play(ask -> {
            first.compareAndSet(null, ask.authorization());
            if (ask.results().isEmpty()) return task(ask);
            if (ask.authorization().equals(first.get())) return refuse(401, NO.formatted("Invalid API key"));
            used.add(ask.authorization());
            return task(ask);
        });
        try (var proxy = proxy("GROQ_API_KEY", "gsk_one_of_two,gsk_two_of_two")) {
            isDone(claude("Do two things"));
            assertEquals(1, used.size(), "the other key has answered: " + used);
            assertTrue(upstream.asks.getLast().authorization().startsWith("Bearer gsk_"));
            assertEquals(1, upstream.asks.stream().filter(ask -> !ask.results().isEmpty() && ask.authorization().equals(first.get())).count(),
                "a key that was refused rests");
            assertTrue(!proxy.said().contains("gsk_"), "no key in the log");
        }
    }

    @Test @DisplayName("the provider fails in mid-task: the fallback finishes it")
    void firstProviderDead() throws Exception {
        var refused = new AtomicInteger();
        upstream.play(ask -> {
            if (ask.results().isEmpty() || Json.text(ask.body(), "model").equals("other")) return task(ask);
            refused.incrementAndGet();
            return refuse(503, NO.formatted("down for maintenance"));
        });
        var variables = List.of(upstream.variables());
        var base = variables.get(variables.indexOf("GROQ_API_BASE") + 1);
        try (var proxy = proxy("BIG_MODEL_FALLBACKS", "acme/other", "ACME_API_BASE", base, "ACME_API_KEY", "acme_of_the_test")) {
            isDone(claude("Do two things"));
            assertEquals("Bearer acme_of_the_test", upstream.lastAsk().authorization());
            assertTrue(refused.get() <= 4, "it was not asked for ever: " + refused);
            assertTrue(proxy.said().contains("acme/other"), proxy::said);
        }
    }

    @Test @DisplayName("a limit that is over in a second: Claude Code asks again")
    void limit() throws Exception {
        var made = new AtomicInteger();
        upstream.play(ask -> made.getAndIncrement() == 1
            ? () -> refuse(429, NO.formatted("Rate limit reached")).response().newBuilder().addHeader("retry-after", "1").build() : task(ask));
        desk.with("CLAUDE_CODE_MAX_RETRIES", "3");
        try (var _ = proxy()) {
            isDone(claude("Do two things"));
            assertEquals(4, made.get(), "three answers and a refusal");
        }
    }

    @Test @DisplayName("an overload: FreeCC asks once more by itself, and then Claude Code does")
    void overload() throws Exception {
        var made = new AtomicInteger();
        upstream.play(ask -> made.getAndIncrement() < 2 ? refuse(529, NO.formatted("overloaded")) : task(ask));
        desk.with("CLAUDE_CODE_MAX_RETRIES", "3");
        try (var proxy = proxy()) {
            isDone(claude("Do two things"));
            assertEquals(5, made.get(), "three answers and two refusals");
            assertEquals(1, proxy.said().lines().filter(line -> line.startsWith("529 ")).count(), proxy::said);
        }
    }
}
