package lib.media;

import module java.base;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// A PDF can be long, or made to cost time or memory: each has its bound, and says so in its place.
class PdfTextTest {
    private static final String INSTRUCTION = "0 0 m 9 9 l S\n";

    private static byte[] pdf(int pages, byte[] content) throws IOException {
        try (var document = new PDDocument(); var out = new ByteArrayOutputStream()) {
            var stream = new PDStream(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE);
            for (var page = 0; page < pages; page++) {
                var made = new PDPage();
                made.setContents(stream);
                document.addPage(made);
            }
            document.save(out);
            return out.toByteArray();
        }
    }

    private static String text(byte[] pdf, Duration time) { return PdfText.of(pdf, Instant.now().plus(time)); }

    @Test void aLongDocumentIsReadInPart() throws IOException {
        var text = text(pdf(502, INSTRUCTION.getBytes()), Duration.ofMinutes(1));
        assertTrue(text.contains("[page 500 of 502]") && !text.contains("[page 501 of 502]"), text);
        assertTrue(text.endsWith("[The rest, from page 501 to page 502, is left out: FreeCC reads 500 pages of a document]"), text);
    }

    @Test void aPageThatInflatesToTooMuchIsNotRead() throws IOException {
        var bomb = pdf(1, new byte[64 * 1024 * 1024]);
        assertTrue(bomb.length < 200_000, "it is small: " + bomb.length);
        assertEquals("[page 1 of 1]\n\n\n[The rest, from page 1 to page 1, is left out: the page has more than 32 MiB of drawing instructions]",
            text(bomb, Duration.ofMinutes(1)));
    }

    @Test void readingEndsInTheMiddleOfAPage() throws IOException {
        var endless = pdf(1, INSTRUCTION.repeat(100_000).getBytes());
        assertTrue(text(endless, Duration.ZERO).endsWith("is left out: reading it took too long]"));
    }

    /// Whatever is cut off or changed in a file, there is a text to show.
    @Test void aDamagedFileIsNeverAFault() throws IOException {
        var whole = Files.readAllBytes(Path.of("test/media/report.pdf"));
        var random = new Random(1);
        for (var round = 0; round < 300; round++) {
            var damaged = Arrays.copyOf(whole, random.nextInt(1, whole.length + 1));
            for (var change = random.nextInt(20); change > 0; change--) damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            assertTrue(text(damaged, Duration.ofSeconds(20)).startsWith("["), "round " + round);
        }
    }
}
