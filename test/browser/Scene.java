package browser;

import com.google.gson.JsonObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A conversation about a small bug, with all that the page can show: turns, a subagent, a title, a failure, a prompt whose cache
/// breaks, and a reply that still streams.
final class Scene implements AutoCloseable {
    private static final String SESSION = "4f0c2d1e-9a77-4c1b-8f7e-2f4be0f6a1d3";
    private static final String SYSTEM = """
        You are an interactive agent that helps with software engineering tasks.

        # Tone
        Answer in as few words as the question allows. Refer to code as file:line.

        # Doing tasks
        Read before you edit. Run the tests after every change. Never commit unless you are asked to.
        """;
    private static final List<Map<String, ?>> TOOLS = List.of(
        tool("Bash", "Runs a command in a shell and returns what it prints.", "command"),
        tool("Edit", "Replaces an exact text in a file.", "file_path", "old_string", "new_string"),
        tool("Grep", "Searches the contents of files with a regular expression.", "pattern"),
        tool("Read", "Reads a file from the disk.", "file_path"));

    private final Served served;
    private final int pace;
    private final CountDownLatch held = new CountDownLatch(1);

    /// `pace` is how much slower than the test its providers are: milliseconds, of which models take a multiple.
    Scene(Served served, int pace) {
        this.served = served;
        this.pace = pace;
    }

    private static Map<String, ?> tool(String name, String description, String... inputs) {
        var properties = new java.util.TreeMap<String, Object>();
        for (var input : inputs) properties.put(input, Map.of("type", "string"));
        return Map.of("name", name, "description", description, "input_schema",
            Map.of("type", "object", "properties", properties, "required", List.of(inputs)));
    }

    private static List<?> system(String day) throws IOException {
        return List.of(Map.of("type", "text", "text", SYSTEM), Map.of("type", "text", "text", Files.readString(Path.of("CONTRIBUTING.md"))),
            Map.of("type", "text", "text", "# Environment\nWorking directory: /home/ada/invoices\nBranch: main\nToday's date: " + day,
                "cache_control", Map.of("type", "ephemeral")));
    }

    private Client conversation(String day) throws IOException {
        return served.client(SESSION).put("system", system(day)).put("tools", TOOLS);
    }

    private static Client first(Client client) {
        return client.said("user", "Why does the invoice total come out one cent too low?").said("assistant", List.of(
            Map.of("type", "text", "text", "I'll look at how the total is added up."),
            Map.of("type", "tool_use", "id", "call_1", "name", "Grep", "input", Map.of("pattern", "total"))));
    }

    private static List<?> result(String id, String text) {
        return List.of(Map.of("type", "tool_result", "tool_use_id", id, "content", text));
    }

    private static final List<?> FOUND = result("call_1", "src/invoice.py:41: total = sum(int(line.price * 100) for line in lines)");

    /// All that is over, one request after the other.
    void play() throws Exception {
        served.provider.play(this::answer);
        served.client(SESSION).put("model", "claude-freecc/small").put("stream", false).put("system", "Write a title of at most five words.")
            .asks("Why does the invoice total come out one cent too low?").get();
        conversation("2026-11-28").asks("Why does the invoice total come out one cent too low?").get();
        first(conversation("2026-11-28")).asks(FOUND).get();
        served.client(SESSION).with("x-claude-code-agent-id", "agent_tests").put("system", system("2026-11-28")).put("tools", TOOLS)
            .asks("Find every test that checks an invoice's total.").get();
        served.client("b81d77aa-03f5-4a11").put("model", "claude-freecc/small").asks("Summarize the open pull requests.").get();
        first(conversation("2026-11-29")).said("user", FOUND).said("assistant", "The cause is `int()` in src/invoice.py:41: it cuts off, it does not round.")
            .asks("Fix it and run the tests.").get();
    }

    /// One more, which goes on until the scene closes.
    CompletableFuture<String> stream() throws IOException {
        served.provider.play((asked, answer) -> {
            TimeUnit.MILLISECONDS.sleep(pace * 4L);
            answer.text("The tests pass. I replaced `int()` by `round()` in src/invoice.py:41 and added a test with a price of $19.99.");
            held.await();
            answer.end(tokens(asked), tokens(asked) - 780, 64);
        });
        return first(conversation("2026-11-29")).said("user", FOUND).said("assistant", "Fixed.").asks("Say in two sentences what you changed.");
    }

    /// About as many as a tokenizer would count.
    private static int tokens(JsonObject asked) { return asked.toString().length() / 4; }

    private void answer(JsonObject asked, Provider.Answer answer) throws Exception {
        var tokens = tokens(asked);
        var model = asked.get("model").getAsString();
        TimeUnit.MILLISECONDS.sleep(pace * (model.startsWith("openai") ? 1 : 5 + tokens % 3));
        var last = asked.getAsJsonArray("messages").asList().getLast().toString();
        if (last.contains("pull requests")) {
            answer.refuse(429, "Rate limit reached for model `openai/gpt-oss-20b`: limit 8000 tokens per minute, used 7212, requested 1904.");
        } else if (model.startsWith("glm")) {
            answer.text("Three tests: test_total, test_discount and test_many_lines in tests/test_invoice.py.").end(tokens, tokens * 4 / 5, 214);
        } else if (model.startsWith("openai")) {
            answer.text("Invoice total off by one").end(tokens, 0, 9);
        } else if (last.contains("Fix it")) {
            answer.thinking("The price is a float; cents must be rounded.").text("I'll round each price to whole cents.")
                .call("call_2", "Edit", Map.of("file_path", "src/invoice.py", "old_string", "int(line.price * 100)", "new_string", "round(line.price * 100)"))
                .end(tokens, 1_024, 188);
        } else if (last.contains("call_1")) {
            answer.text("The cause is `int()` in src/invoice.py:41: it cuts off, it does not round.").end(tokens, tokens - 512, 61);
        } else {
            answer.text("I'll look at how the total is added up.").call("call_1", "Grep", Map.of("pattern", "total")).end(tokens, tokens * 9 / 10, 96);
        }
    }

    @Override public void close() { held.countDown(); }
}
