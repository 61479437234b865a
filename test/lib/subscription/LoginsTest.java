package lib.subscription;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The file of logins: who may read it, and what happens when several write.
class LoginsTest {
    @TempDir Path folder;

    private Config config() { return new Config(Map.of("XDG_STATE_HOME", folder.toString())); }

    private Path file() { return folder.resolve("freecc/logins.json"); }

    private static JsonObject login(String token) { return Json.object("access_token", token); }

    @Test void onlyItsOwnerMayReadIt() throws IOException {
        new Logins(config()).save("chatgpt", login("secret-token"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
        assertEquals(login("secret-token"), new Logins(config()).of("chatgpt"));
    }

    @Test void oneLoginLeavesTheOthersAndNothingElseBehind() throws IOException {
        var logins = new Logins(config());
        logins.save("chatgpt", login("one"));
        logins.save("github_copilot", login("two"));
        assertTrue(logins.forget("chatgpt"));
        assertFalse(logins.forget("chatgpt"));
        assertEquals("{\"github_copilot\":{\"access_token\":\"two\"}}", Files.readString(file()));
        try (var files = Files.list(file().getParent())) {
            assertEquals("[logins.json, logins.lock]", files.map(path -> path.getFileName().toString()).sorted().toList().toString());
        }
    }

    @Test void aDamagedFileIsAsGoodAsNone() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"chatgpt\":");
        assertTrue(new Logins(config()).of("chatgpt").isEmpty());
    }

    @Test void changesComeOneAfterTheOther() throws Exception {
        var seen = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, 20).mapToObj(_ -> threads.submit(() -> new Logins(config()).changed("chatgpt", saved -> {
                seen.add(Json.number(saved, "n"));
                return Json.object("n", Json.number(saved, "n") + 1);
            }))).toList();
            for (var one : all) one.get();
        }
        assertEquals(IntStream.range(0, 20).mapToObj(n -> (long) n).toList(), seen.stream().sorted().toList());
    }

    @Test void itsTokensAreSecrets() {
        var config = config();
        new Logins(config).save("chatgpt", login("token-that-no-log-may-show"));
        assertEquals("it is ***", config.secrets().masked("it is token-that-no-log-may-show"));
    }

    @Test void whatCannotBeReadIsToldToWhoNeedsItAndStopsNobodyElse() throws IOException {
        Files.createDirectories(file());
        var error = assertThrows(ApiError.class, () -> new Logins(config()).of("chatgpt"));
        assertEquals(400, error.status());
        assertTrue(error.getMessage().contains("cannot read the login file "), error.getMessage());
        var config = config().with("GROQ_API_KEY", "k");
        var routes = new Routes(config, new Config.Slot("groq", "", "", ""));
        assertTrue(routes.listed().keySet().stream().anyMatch(id -> id.startsWith(Routes.LISTED + "groq/")));
        assertEquals(400, assertThrows(ApiError.class, () -> routes.of("chatgpt/gpt-6").credential().signed(Ask.get("http://localhost/", Map.of()))).status());
        assertTrue(Detection.of(config.with("GROQ_API_KEY", "")).why().length() > 0);
    }

    /// The old token is spent: the new one must not be lost with who asked.
    @Test void aRenewalIsSeenThroughThoughWhoAskedHasGone() throws Exception {
        var begun = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var logins = new Logins(config());
        logins.save("chatgpt", login("old"));
        var asks = Thread.ofVirtual().start(() -> assertThrows(ApiError.class, () -> logins.changed("chatgpt", _ -> {
            begun.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new ApiError(500, "cancelled");
            }
            return login("new");
        })));
        begun.await();
        asks.interrupt();
        asks.join();
        answer.countDown();
        assertEquals(login("new"), logins.changed("chatgpt", saved -> saved));
    }
}
