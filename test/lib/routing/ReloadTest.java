package lib.routing;

import module java.base;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

/// `.env` as it is edited, and what the next request finds. Each edit is a second later than the one before.
class ReloadTest {
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
    @TempDir Path folder;
    private final List<String> said = new ArrayList<>();
    private Path file;
    private Instant now = START, written = START.minusSeconds(60);
    private Reload live;

    @BeforeEach void begin() throws IOException {
        file = folder.resolve(".env");
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=one", "GROQ_API_KEY=first-key", "SMALL_MODEL_NAME=small");
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
        written = written.plusSeconds(1);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private void start(String... environment) {
        var given = new HashMap<>(Map.of("HOME", folder.toString(), "OPENAI_API_KEY", "o"));
        for (var setting : environment) given.put(setting.replaceFirst("=.*", ""), setting.replaceFirst("[^=]*=", ""));
        var config = new Config(given).over(file);
        live = new Reload(new Reload.Source(file, settings -> settings.over(file)), new Routes(config, Detection.of(config).slot()), () -> now,
            said::add, line -> said.add("! " + line));
    }

    /// The big model and its key, as the next request finds them, two seconds later.
    private String served() {
        now = now.plusSeconds(2);
        var big = live.get().big();
        var key = big.credential().signed(Ask.get("http://127.0.0.1:9", Map.of())).headers().getOrDefault("authorization", "no key");
        return big.label() + " " + key.replace("Bearer ", "");
    }

    private String told() {
        var all = String.join("\n", said).replace(file.toString(), ".env");
        said.clear();
        return all;
    }

    @Test void anotherModelAnotherKeyAndALineThatIsGone() throws IOException {
        start();
        assertEquals("groq/one first-key", served());
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=two", "GROQ_API_KEY=second-key", "SMALL_MODEL_NAME=small");
        assertEquals("groq/two second-key", served());
        assertEquals(".env was read again: BIG_MODEL_NAME, GROQ_API_KEY changed", told());
        write("BIG_MODEL_PROVIDER=groq", "GROQ_API_KEY=second-key");
        assertEquals("groq/openai/gpt-oss-120b second-key", served());
        assertEquals("groq/openai/gpt-oss-20b", live.get().small().label());
        assertEquals(".env was read again: BIG_MODEL_NAME, SMALL_MODEL_NAME changed", told());
    }

    @Test void aBrokenEditIsReportedAndChangesNothing() throws IOException {
        start();
        write("BIG_MODEL_PROVIDER=nobody", "GROQ_API_KEY=second-key");
        assertEquals("groq/one first-key", served());
        assertEquals("! .env has changed, but cannot be used: unknown provider 'nobody' in BIG_MODEL_PROVIDER; use one from PROVIDERS.md "
            + "(such as openai, gemini, deepseek, groq, openrouter or ollama), or define it with NOBODY_API_BASE. The settings stay as they were", told());
        write("BIG_MODEL_PROVIDER=groq", "this is not a setting second-key");
        assertEquals("groq/one first-key", served());
        assertEquals("! .env has changed, but cannot be used: .env: a line is not a setting; write NAME=value, or begin a comment with #. "
            + "The settings stay as they were", told());
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=one");
        assertEquals("groq/one first-key", served());
        assertEquals("! .env has changed, but cannot be used: no key for groq: set GROQ_API_KEY. The settings stay as they were", told());
        write("BIG_MODEL_PROVIDER=openai", "BIG_MODEL_NAME=gpt-4.1");
        assertEquals("openai/gpt-4.1 o", served());
        assertEquals(".env was read again: BIG_MODEL_NAME, BIG_MODEL_PROVIDER, GROQ_API_KEY, SMALL_MODEL_NAME changed", told());
    }

    @Test void aFileThatIsGoneChangesNothing() throws IOException {
        start();
        Files.delete(file);
        assertEquals("groq/one first-key", served());
        assertEquals("! .env is gone; the settings stay as they were until it is back", told());
        assertEquals("groq/one first-key", served());
        assertEquals("", told(), "it is said once");
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=back", "GROQ_API_KEY=first-key", "SMALL_MODEL_NAME=small");
        assertEquals("groq/back first-key", served());
    }

    @Test void theEnvironmentWins() throws IOException {
        start("GROQ_API_KEY=environment-key");
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=one", "GROQ_API_KEY=second-key", "SMALL_MODEL_NAME=small", "PORT=9000");
        assertEquals("groq/one environment-key", served());
        assertEquals(".env was read again: GROQ_API_KEY stays as the environment sets it; PORT takes effect at the next start", told());
    }

    @Test void aMistypedNameIsReportedAndTheRestCounts() throws IOException {
        start();
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAM=two", "GROQ_API_KEY=first-key", "BIG_MODEL_NAME=three", "SMALL_MODEL_NAME=small");
        assertEquals("groq/three first-key", served());
        assertEquals(".env was read again: BIG_MODEL_NAM, BIG_MODEL_NAME changed\n"
            + "! BIG_MODEL_NAM is not a setting of FreeCC; did you mean BIG_MODEL_NAME?", told());
    }

    @Test void theFileIsLookedAtOnceASecondAndNotWhileItIsWritten() throws IOException {
        start();
        served();
        write("BIG_MODEL_PROVIDER=groq", "BIG_MODEL_NAME=two", "GROQ_API_KEY=first-key");
        now = now.plusMillis(900);
        assertEquals("groq/one", live.get().big().label());
        Files.setLastModifiedTime(file, FileTime.from(now.plusMillis(95)));
        now = now.plusMillis(100);
        assertEquals("groq/one", live.get().big().label(), "it was written five milliseconds ago");
        now = now.plusSeconds(1);
        assertEquals("groq/two", live.get().big().label());
    }

    @Test void tokensOfSettingsThatStayAreKept() throws IOException {
        start("VERTEX_PROJECT_ID=p");
        var before = live.get();
        write("BIG_MODEL_PROVIDER=groq", "# a comment", "BIG_MODEL_NAME=one", "GROQ_API_KEY=first-key", "SMALL_MODEL_NAME=small");
        served();
        assertSame(before, live.get());
        assertEquals("", told());
    }
}
