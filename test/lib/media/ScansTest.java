package lib.media;

import module java.base;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.routing.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A PDF of pictures has no text, so a model that cannot read the file gets its pages as pictures, or their descriptions.
class ScansTest {
    private static final Routes ROUTES = new Routes(new Config(Map.of("GROQ_API_KEY", "k", "ANTHROPIC_API_KEY", "k")), new Config.Slot("demo", "", "", ""));
    private static final String SEES = "groq/meta-llama/llama-4-scout-17b-16e-instruct", IS_BLIND = "groq/openai/gpt-oss-120b";

    /// Pages with a picture, and the second without anything.
    private static String scan(int pages) throws IOException {
        var picture = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
        for (var i = 0; i < 300; i++) picture.setRGB(i, i, 0xffffff);
        try (var document = new PDDocument(); var out = new ByteArrayOutputStream()) {
            var image = LosslessFactory.createFromImage(document, picture);
            for (var page = 1; page <= pages; page++) {
                var made = new PDPage();
                document.addPage(made);
                if (page == 2) continue;
                try (var content = new PDPageContentStream(document, made)) { content.drawImage(image, 0, 0, 600, 780); }
            }
            document.save(out);
            return Base64.getEncoder().encodeToString(out.toByteArray());
        }
    }

    private static JsonObject document(int pages) throws IOException {
        return Json.object("type", "document", "title", "scan.pdf", "source", Json.object("type", "base64", "media_type", "application/pdf", "data", scan(pages)));
    }

    private static Request request(JsonElement block) {
        var message = Json.object("model", "any", "messages", Json.array(Json.object("role", "user", "content", Json.array(block))));
        return new Request(message, Json.bytes(message), Map.of());
    }

    private static JsonElement fitted(JsonElement block, String model, Picture.Words words) {
        return Json.list(Json.list(new MediaFitting().fitted(request(block), ROUTES.of(model), words).message(), "messages").getFirst(), "content").getFirst();
    }

    @Test void aModelThatSeesGetsThePages() throws IOException {
        var blocks = Json.list(fitted(document(3), SEES, (_, _) -> Map.of()), "source", "content");
        assertEquals(List.of("[page 1 of 3]", "image/jpeg", "[page 2 of 3]\n(an empty page)", "[page 3 of 3]", "image/jpeg"),
            blocks.stream().map(block -> Json.text(block, "text") + Json.text(block, "source", "media_type")).toList());
        var page = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(Json.text(blocks.get(1), "source", "data"))));
        assertEquals(1568, page.getHeight(), 1);
        assertTrue((page.getRGB(page.getWidth() - 1, 0) & 0xff) > 200 && (page.getRGB(page.getWidth() / 2, 200) & 0xff) < 60, "what was scanned can be seen");
    }

    @Test void inTheResultOfATool() throws IOException {
        var result = fitted(Json.object("type", "tool_result", "tool_use_id", "t", "content", Json.array(document(1))), SEES, (_, _) -> Map.of());
        assertEquals("image", Json.text(Json.list(Json.list(result, "content").getFirst(), "source", "content").get(1), "type"));
    }

    @Test void aBlindModelGetsDescriptionsOrTheReason() throws IOException {
        var said = fitted(document(1), IS_BLIND, new Picture.Words() {
            @Override public Map<JsonElement, String> of(List<Picture> pictures, Request request) {
                var texts = new IdentityHashMap<JsonElement, String>();
                pictures.forEach(picture -> texts.put(picture.block(), "A diagonal."));
                return texts;
            }

            @Override public boolean areMade() { return true; }
        });
        assertEquals("[page 1 of 1] A diagonal.", Json.list(said, "source", "content").stream().map(block -> Json.text(block, "text")).collect(Collectors.joining(" ")));
        assertEquals("scan.pdf\n[This PDF is not shown: it has 1 page but no text, as is usual for a scan; only a model that sees pictures or reads PDF files itself can see it]",
            Json.text(fitted(document(1), IS_BLIND, (_, _) -> Map.of()), "text"));
    }

    @Test void onlyTheFirstPagesOfMany() throws IOException {
        var blocks = Json.list(fitted(document(23), SEES, (_, _) -> Map.of()), "source", "content");
        assertEquals(19, blocks.stream().filter(block -> Json.text(block, "type").equals("image")).count());
        assertTrue(Json.text(blocks.getLast(), "text").contains("from page 21 to page 23, is left out: of a scan, FreeCC shows 20 pages at most"));
    }

    @Test void aModelThatReadsPdfsGetsTheFile() throws IOException {
        var request = request(document(1));
        assertSame(request, new MediaFitting().fitted(request, ROUTES.of("anthropic/claude-opus-5"), (_, _) -> Map.of()));
    }
}
