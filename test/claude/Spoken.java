package claude;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import static claude.Upstream.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// One task in every great dialect, and as relayed, in chat and on this machine: read, edit, run and look in parallel, answer; then FreeCC starts anew, and the
/// conversation goes on with all that the model had thought.
public class Spoken {
    @TestFactory Stream<DynamicTest> tongues(@TempDir Path room) {
        return Stream.of(Tongue.values()).map(tongue -> DynamicTest.dynamicTest("read, edit, run, look, and on after a restart: " + tongue,
            () -> task(tongue, Files.createDirectories(room.resolve(tongue.name())))));
    }

    /// A model that thinks and then says nothing, over and over. Claude Code repeats an error up to ten times, so that it has to be
    /// one that it takes for final.
    @TestFactory Stream<DynamicTest> thoughtsAndThenNothing(@TempDir Path room) {
        return Stream.of(Tongue.values()).map(tongue -> DynamicTest.dynamicTest("thoughts and then nothing, again and again, end in an error: " + tongue,
            () -> nothing(tongue, Files.createDirectories(room.resolve(tongue.name())))));
    }

    private static void nothing(Tongue tongue, Path room) throws Exception {
        var desk = new Desk(Files.createDirectories(room.resolve("desk"))).with("CLAUDE_CODE_MAX_RETRIES", "10");
        try (var upstream = new MockWebServer()) {
            upstream.setDispatcher(new Dispatcher() {
                @Override public MockResponse dispatch(RecordedRequest request) { return Tongue.response(tongue.think(0) + tongue.end(false)); }
            });
            upstream.start();
            try (var proxy = new Proxy(new Desk(Files.createDirectories(room.resolve("server"))).with(tongue.variables("http://127.0.0.1:" + upstream.getPort())))) {
                var run = desk.with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any").claude(List.of(Client.folder() + "/claude"), "Say something");
                assertTrue(run.out().contains("answered this conversation with nothing 3 times in a row"), run::toString);
                assertTrue(run.code() != 0, run::toString);
                var requests = proxy.said().lines().filter(line -> line.contains(" -> ")).toList();
                assertTrue(!requests.isEmpty() && requests.size() <= 4, proxy::said);
            }
        }
    }

    private static void task(Tongue tongue, Path room) throws Exception {
        var asks = new CopyOnWriteArrayList<String>();
        var home = Files.createDirectories(room.resolve("desk"));
        var desk = new Desk(home);
        var poem = desk.write("poem.txt", "Violets are blue.\n");
        var picture = desk.folder.resolve("dot.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        try (var upstream = new MockWebServer()) {
            upstream.setDispatcher(new Dispatcher() {
                @Override public MockResponse dispatch(RecordedRequest request) {
                    var body = request.getBody().utf8();
                    asks.add(body);
                    return Tongue.response(reply(tongue, tongue.results(body), body.contains("And once more"), poem, picture));
                }
            });
            upstream.start();
            var variables = tongue.variables("http://127.0.0.1:" + upstream.getPort());
            assertEquals("All done.", run(room.resolve("first"), variables, desk, "Green the violets"));
            assertEquals("Violets are green.\n", Files.readString(poem));
            var last = asks.getLast();
            assertEquals(4, tongue.results(last), "four results have come back");
            assertTrue(last.contains("the shell ran"), "what the shell said reached the model");
            assertTrue(last.contains("iVBORw0KGgo"), "the image reached the model");
            assertEquals(3, count(last, Tongue.SECRET), "every turn's thought came back");
            assertEquals("Once more.", run(room.resolve("second"), variables, desk, "And once more", "--continue"));
            var thoughts = tongue == Tongue.GEMINI ? 3 : 4;   // Gemini signs its calls, the others the last answer, too
            assertEquals(thoughts, count(asks.getLast(), Tongue.SECRET), "and after a restart, too");
        }
    }

    private static String run(Path room, String[] variables, Desk desk, String prompt, String... arguments) throws Exception {
        try (var proxy = new Proxy(new Desk(Files.createDirectories(room)).with(variables))) {
            return desk.with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any").claude(List.of(Client.folder() + "/claude"), prompt, arguments).answer();
        }
    }

    private static String reply(Tongue tongue, long results, boolean again, Path poem, Path picture) {
        if (again) return tongue.think(9) + tongue.text("Once more.") + tongue.end(false);
        return switch ((int) results) {
            case 0 -> tongue.think(0) + tongue.call(1, call("call_1", "Read", "file_path", poem.toString())) + tongue.end(true);
            case 1 -> tongue.think(1) + tongue.call(1, call("call_2", "Edit", "file_path", poem.toString(), "old_string", "blue", "new_string", "green")) + tongue.end(true);
            case 2 -> tongue.think(2) + tongue.call(1, call("call_3", "Bash", "command", "echo the shell ran")) + tongue.call(2, call("call_4", "Read", "file_path", picture.toString())) + tongue.end(true);
            default -> tongue.think(3) + tongue.text("All done.") + tongue.end(false);
        };
    }

    private static int count(String text, String part) { return text.split(java.util.regex.Pattern.quote(part), -1).length - 1; }
}
