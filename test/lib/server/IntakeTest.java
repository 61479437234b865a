package lib.server;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.routing.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

/// What is left out of requests is logged once for each kind; Anthropic's own requests are not looked into.
class IntakeTest {
    private static final Config CONFIG = new Config(Map.of("GROQ_API_KEY", "k", "ANTHROPIC_API_KEY", "k", "MINIMAX_API_KEY", "k"));
    private static final Routes ROUTES = new Routes(CONFIG, new Config.Slot("demo", "", "", ""));

    @TempDir Path folder;

    @Test void eachKindIsLoggedOnce() throws IOException {
        var intake = new Intake(new Log(folder.resolve("log"), Optional.empty(), CONFIG));
        for (var i = 0; i < 3; i++) intake.taken(request("hologram", "advisor_20260301"), ROUTES.of("groq/m"));
        intake.taken(request("smell", "mcp_toolset"), ROUTES.of("minimax/MiniMax-M3"));
        intake.taken(request("fallback", "custom"), ROUTES.of("groq/m"));
        assertEquals(List.of("left out: tools of type advisor_20260301, which only Anthropic's own API offers",
            "left out: blocks of type hologram, which FreeCC does not know",
            "left out: tools of type mcp_toolset, which only Anthropic's own API offers",
            "left out: blocks of type smell, which FreeCC does not know"), logged());
    }

    @Test void theLogCannotBeFilled() throws IOException {
        var intake = new Intake(new Log(folder.resolve("log"), Optional.empty(), CONFIG));
        intake.taken(request("c".repeat(5_000), "custom"), ROUTES.of("groq/m"));
        for (var i = 0; i < 500; i++) intake.taken(request("made_up_" + i, "custom"), ROUTES.of("groq/m"));
        var logged = logged();
        assertEquals(100, logged.size());
        assertEquals(List.of(), logged.stream().filter(line -> line.length() > 200).toList());
    }

    @Test void whatNeedsNoChangeIsTheSameRequest() {
        var intake = new Intake(new Log(folder.resolve("log"), Optional.empty(), CONFIG));
        var plain = request("text\",\"text\":\"x", "custom");
        assertSame(plain, intake.taken(plain, ROUTES.of("minimax/MiniMax-M3")));
        var foreign = request("hologram", "mcp_toolset");
        assertSame(foreign, intake.taken(foreign, ROUTES.of("anthropic/claude-sonnet-5-5")));
    }

    private static Request request(String block, String tool) {
        var text = "{\"model\":\"m\",\"max_tokens\":9,"
            + "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"" + block + "\"},{\"type\":\"text\",\"text\":\"x\"}]}],"
            + "\"tools\":[{\"type\":\"" + tool + "\"" + (tool.equals("custom") ? ",\"name\":\"a\"" : "") + "}]}";
        return new Request(Json.objectIn(text), text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private List<String> logged() throws IOException {
        return Files.readAllLines(folder.resolve("log")).stream().map(line -> line.replaceFirst("^.* WARNING ", "")).toList();
    }
}
