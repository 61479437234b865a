package claude;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

import static claude.Upstream.call;
import static claude.Upstream.calls;
import static claude.Upstream.text;
import static claude.Upstream.whole;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// What Claude Code's Read tool shows to a model that takes only text: documents and pictures.
public class Shown {
    private static final String BLIND = "llama-3.3-70b-versatile";
    private Upstream upstream;
    private Proxy proxy;
    private Desk desk;

    @BeforeEach void serve(@TempDir Path room) throws Exception {
        upstream = new Upstream();
        var server = new Desk(room.resolve("server")).with(upstream.variables());
        proxy = new Proxy(server.with("BIG_MODEL_NAME", BLIND, "VISION_MODEL", "groq/" + Upstream.MODEL));
        desk = new Desk(room.resolve("client")).with("ANTHROPIC_BASE_URL", proxy.url, "ANTHROPIC_AUTH_TOKEN", "any");
    }

    @AfterEach void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    /// Claude Code reads the file; what the model then gets is returned.
    private String read(Path file, String prompt) throws Exception {
        upstream.play(ask -> Json.text(ask.body(), "model").equals(Upstream.MODEL) ? whole("A solid black square of 8 by 8 pixels.")
            : ask.body().toString().contains("call_1") ? text("read it") : calls(call("call_1", "Read", "file_path", file.toString())));
        var run = desk.claude(List.of(Client.folder() + "/claude"), prompt);
        assertEquals("read it", run.answer(), run::toString);
        var last = upstream.asks.stream().filter(ask -> Json.text(ask.body(), "model").equals(BLIND)).toList().getLast().body().toString();
        assertFalse(last.contains("base64"), "no file reaches a model as text");
        return last;
    }

    @Test @DisplayName("Read of a PDF: a text-only model gets its text, page by page")
    void pdf() throws Exception {
        var report = desk.folder.resolve("report.pdf");
        Files.copy(Path.of("test/media/report.pdf"), report);
        var seen = read(report, "What does report.pdf say?");
        assertTrue(seen.contains("[page 1 of 3]\\nQuarterly report\\nRevenue rose by 12 percent."), seen);
        assertTrue(seen.contains("[page 3 of 3]\\nThe plan: hire two engineers."), seen);
    }

    @Test @DisplayName("Read of a picture: VISION_MODEL describes it once to a text-only model, with the user's words")
    void picture() throws Exception {
        var picture = desk.folder.resolve("dot.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        var seen = read(picture, "What colour is dot.png?");
        assertTrue(seen.contains("described by groq/" + Upstream.MODEL + "]\\nA solid black square of 8 by 8 pixels."), seen);
        var described = upstream.asks.stream().filter(ask -> Json.text(ask.body(), "model").equals(Upstream.MODEL)).toList();
        assertEquals(1, described.size());
        assertTrue(described.getFirst().said("user").contains("What colour is dot.png?"), described::toString);
        assertTrue(proxy.said().contains("200 VISION_MODEL -> groq/" + Upstream.MODEL), proxy::said);
    }
}
