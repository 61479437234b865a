package lib.media;

import module java.base;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// The pages of a PDF as pictures, for one that is a scan.
final class PdfPages {
    static final String TYPE = "image/jpeg";
    static final int MOST = 20;
    /// Providers scale larger pictures down. https://docs.claude.com/en/docs/build-with-claude/vision
    private static final float LONGEST = 1_568, LARGEST_SCALE = 200 / 72f;
    private static final int LARGEST = 2 * 1024 * 1024;

    private PdfPages() {}

    /// The first pages in base64, as many as are drawn before `end`; empty where a page shows nothing.
    static List<String> of(byte[] pdf, Instant end) {
        PdfFonts.use();
        var pages = new ArrayList<String>();
        try (var document = Loader.loadPDF(pdf)) {
            var renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);   // a page may hold a picture of any size
            for (var page = 0; page < Math.min(document.getNumberOfPages(), MOST) && Instant.now().isBefore(end); page++)
                pages.add(jpeg(renderer.renderImage(page, scale(document.getPage(page).getCropBox()), ImageType.RGB)));
            return pages;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {   // what was drawn before it is shown
            return pages;
        }
    }

    private static boolean isBlank(BufferedImage picture) {
        var pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        return Arrays.stream(pixels).allMatch(pixel -> pixel == pixels[0]);
    }

    private static float scale(PDRectangle page) {
        return Math.min(LARGEST_SCALE, LONGEST / Math.max(1, Math.max(page.getWidth(), page.getHeight())));
    }

    private static String jpeg(BufferedImage picture) throws IOException {
        if (isBlank(picture)) return "";
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, "jpeg", out) || out.size() > LARGEST) throw new IOException("too large");
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
