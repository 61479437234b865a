package claude;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.imageio.ImageIO;

import static claude.Upstream.call;
import static claude.Upstream.calls;
import static claude.Upstream.refuse;
import static claude.Upstream.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Claude Code before a FreeCC that serves, as `ANTHROPIC_BASE_URL=... claude` uses it.
public class Served {
    static Upstream upstream;
    static Proxy proxy;
    Desk desk;

    @BeforeAll static void serve(@TempDir Path room) throws Exception {
        upstream = new Upstream();
        proxy = new Proxy(new Desk(room).with(upstream.variables()));
    }

    @AfterAll static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @BeforeEach void sit(@TempDir Path room) throws Exception {
        desk = new Desk(room).with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any");
    }

    Run claude(String prompt, String... arguments) throws Exception {
        return desk.claude(List.of(Client.folder() + "/claude"), prompt, arguments);
    }

    @Test @DisplayName("a text reply, with its usage")
    void text_reply() throws Exception {
        upstream.play(_ -> text("Grüße aus 世界 👋, it's \"done\"."));
        var run = claude("Say hello");
        assertEquals("Grüße aus 世界 👋, it's \"done\".", run.answer());
        var usage = run.event("result", "success").getAsJsonObject("usage");
        assertEquals("234 1000 56", Json.text(usage, "input_tokens") + " " + Json.text(usage, "cache_read_input_tokens") + " " + Json.text(usage, "output_tokens"));

        var ask = upstream.lastAsk();
        assertEquals(1, upstream.asks.size());
        assertEquals("Bearer " + Upstream.KEY, ask.authorization());
        assertEquals(Upstream.MODEL, Json.text(ask.body(), "model"));
        assertTrue(ask.said("user").contains("Say hello"));
        assertTrue(ask.said("system").contains("Environment"), "the system message in mid-conversation");
        assertFalse(ask.body().toString().contains("x-anthropic-billing-header"), "the attribution line");
    }

    @Test @DisplayName("Bash")
    void bash() throws Exception {
        upstream.play(ask -> switch (ask.results().size()) {
            case 0 -> calls(call("call_1", "Bash", "command", "printf 'six by %s' nine; echo oops >&2; exit 3"));
            default -> text("The shell said: " + ask.results().getFirst());
        });
        var answer = claude("Multiply").answer();
        assertTrue(answer.startsWith("The shell said: ") && answer.contains("six by nine") && answer.contains("oops") && answer.contains("3"), answer);
    }

    @Test @DisplayName("Read, Edit and Write, with the files on disk right")
    void files() throws Exception {
        var poem = desk.write("poem.txt", "Rosen sind rot,\nVeilchen sind blau.\n");
        var copy = desk.folder.resolve("neu/copy of \"poem\".txt");
        upstream.play(ask -> switch (ask.results().size()) {
            case 0 -> calls(call("call_1", "Read", "file_path", poem.toString()));
            case 1 -> calls(call("call_2", "Edit", "file_path", poem.toString(), "old_string", "blau.", "new_string", "\"grün\"\t\\ 🌱"));
            case 2 -> calls(call("call_3", "Write", "file_path", copy.toString(), "content", "line one\nline \\n two\n"));
            default -> text("written");
        });
        assertEquals("written", claude("Paint the violets green").answer());
        assertEquals("Rosen sind rot,\nVeilchen sind \"grün\"\t\\ 🌱\n", Files.readString(poem));
        assertEquals("line one\nline \\n two\n", Files.readString(copy));
        assertTrue(upstream.lastAsk().results().getFirst().contains("Veilchen sind blau."), "what was read reached the model");
    }

    @Test @DisplayName("parallel tools, whose fragments interleave")
    void parallel() throws Exception {
        upstream.play(ask -> ask.results().isEmpty()
            ? calls(call("call_a", "Bash", "command", "echo the first"), call("call_b", "Bash", "command", "echo the second"),
                    call("call_c", "Bash", "command", "echo the third"))
            : text("all three"));
        assertEquals("all three", claude("Do three things").answer());
        var ask = upstream.lastAsk();
        var pairs = new ArrayList<String>();
        for (var result : ask.messages("tool")) pairs.add(Json.text(result, "tool_call_id") + ": " + Json.text(result, "content").strip());
        assertEquals(List.of("call_a: the first", "call_b: the second", "call_c: the third"), pairs.stream().sorted().toList());
        assertEquals(3, Json.objects(ask.messages("assistant").getFirst(), "tool_calls").size(), "one assistant message with three calls");
    }

    @Test @DisplayName("--advisor, which only Anthropic's own API can ask: the work goes on without it")
    void advisor() throws Exception {
        desk.with("CLAUDE_CODE_ENABLE_EXPERIMENTAL_ADVISOR_TOOL", "1");
        upstream.play(ask -> ask.results().isEmpty() ? calls(call("call_1", "Bash", "command", "echo on its own"))
            : text("It said: " + ask.results().getFirst().strip()));
        assertEquals("It said: on its own", claude("Do it", "--advisor", "opus").answer());
        assertTrue(proxy.said().contains("left out: tools of type advisor_"), "the client offered an advisor:\n" + proxy.said());
        for (var ask : upstream.asks) {
            assertTrue(ask.body().get("tools").toString().contains("\"Bash\""));
            var mentions = ask.body().toString().contains("tool_addition") || ask.body().get("tools").toString().contains("advisor");
            assertFalse(mentions, ask.body()::toString);
        }
    }

    @Test @DisplayName("a sub-agent, waited for")
    void subagent() throws Exception {
        upstream.play(ask -> !ask.said("user").contains("Use an agent") ? nested(ask) : switch (ask.results().size()) {
            case 0 -> calls(call("call_1", "Agent", "description", "Compute", "prompt", "Compute six times seven",
                "subagent_type", "general-purpose", "run_in_background", false));
            default -> text("Heard: " + ask.results().getLast());
        });
        var answer = claude("Use an agent").answer();
        assertTrue(answer.startsWith("Heard: ") && answer.contains("The agent found 42"), answer);
    }

    @Test @DisplayName("a sub-agent in the background, whose news comes later")
    void background() throws Exception {
        upstream.play(ask -> {
            if (!ask.said("user").contains("Use an agent")) return nested(ask);
            if (ask.said("user").contains("The agent found 42")) return text("Told of 42");
            return ask.results().isEmpty()
                ? calls(call("call_1", "Agent", "description", "Compute", "prompt", "Compute six times seven", "subagent_type", "general-purpose"))
                : text("Waiting");
        });
        assertEquals("Told of 42", claude("Use an agent").answer());
    }

    /// Only titles and URLs of what was found reach the main model by themselves: what the pages say is in the summary.
    @Test @DisplayName("WebSearch, made by FreeCC for a model that cannot search")
    void search() throws Exception {
        upstream.play(ask -> {
            if (ask.said("user").contains("Perform a web search")) return ask.results().isEmpty()
                ? calls(call("call_s", "web_search", "query", "capital of Burkina Faso")) : text("It is Ouagadougou.");
            return ask.results().isEmpty() ? calls(call("call_1", "WebSearch", "query", "capital of Burkina Faso", "blocked_domains", List.of("spam.example")))
                : text("Heard: " + ask.results().getLast());
        });
        var run = claude("What is the capital of Burkina Faso?");
        var answer = run.answer();
        assertTrue(answer.contains("It is Ouagadougou.") && answer.contains("https://en.wikipedia.example/Ouagadougou"), answer);
        assertFalse(answer.contains("spam.example/x"), answer);
        assertTrue(run.out().contains("\"searchCount\":1"), run::toString);
        var told = upstream.asks.stream().flatMap(ask -> ask.results().stream()).filter(result -> result.contains("is the capital of Burkina Faso.")).findFirst();
        assertTrue(told.isPresent(), "the model that searched has read the pages");
    }

    private Upstream.Reply nested(Upstream.Ask ask) {
        return ask.results().isEmpty()
            ? calls(call("call_n", "Bash", "command", "echo $((6 * 7))"))
            : text("The agent found " + ask.results().getLast().strip());
    }

    @Test @DisplayName("an image inside a tool result")
    void image() throws Exception {
        var picture = desk.folder.resolve("dot.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        upstream.play(ask -> ask.results().isEmpty()
            ? calls(call("call_1", "Read", "file_path", picture.toString()), call("call_2", "Bash", "command", "echo beside it"))
            : text("I see it"));
        assertEquals("I see it", claude("Look at dot.png").answer());
        var roles = Json.objects(upstream.lastAsk().body(), "messages").stream().map(message -> Json.text(message, "role")).toList();
        var last = upstream.lastAsk().messages("user").getLast();
        assertEquals(List.of("assistant", "tool", "tool", "user"), roles.subList(roles.indexOf("assistant"), roles.indexOf("assistant") + 4));
        var image = Json.objects(last, "content").stream().filter(part -> Json.text(part, "type").equals("image_url")).findFirst();
        assertTrue(image.isPresent() && image.get().getAsJsonObject("image_url").get("url").getAsString().startsWith("data:image/png;base64,"), last.toString());
    }

    @Test @DisplayName("compaction after an overflow error, and the conversation goes on")
    void compaction() throws Exception {
        upstream.play(_ -> text("first answer"));
        assertEquals("first answer", claude("The first question").answer());
        upstream.play(_ -> text("second answer"));
        assertEquals("second answer", claude("The second question", "--continue").answer());

        var full = new AtomicBoolean(true);
        upstream.play(ask -> {
            if (ask.said("user").contains("TEXT ONLY")) return text("<summary>They asked two questions.</summary>");
            return full.getAndSet(false) ? refuse(400, """
                {"error":{"message":"This model's maximum context length is 131072 tokens. However, your messages resulted in 140123 tokens. \
                Please reduce the length of the messages.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""")
                : text("third answer");
        });
        var run = claude("The third question", "--continue");
        assertEquals("third answer", run.answer());
        assertTrue(run.event("system", "compact_boundary").has("compact_metadata"), run::toString);
        assertTrue(upstream.lastAsk().said("user").contains("They asked two questions."), "the summary takes the place of the history");
        assertEquals(3, upstream.asks.size(), "refused, summarized, answered");
    }
}
