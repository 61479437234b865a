package lib.media;

import module java.base;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;

/// The text of a PDF, page by page, or the reason why it cannot be read. Only this file, `PdfPages` and `PdfFonts` know
/// PDFBox, so that none of it is loaded before a document has to be read.
final class PdfText extends PDFTextStripper {
    private static final String NO_TEXT = "[This PDF is not shown: it has ";
    private static final int MOST_PAGES = 500, MOST_TEXT = 1_000_000, MOST_CONTENT = 32 * 1024 * 1024;

    /// A bound is reached in the middle of a page.
    private static final class Enough extends RuntimeException {
        Enough(String reason) { super(reason, null, false, false); }
    }

    private final PDDocument document;
    private final Instant end;
    private int written;

    private PdfText(PDDocument document, Instant end) {
        this.document = document;
        this.end = end;
        setLineSeparator("\n");
    }

    /// Reads until `end` at the latest.
    static String of(byte[] pdf, Instant end) {
        PdfFonts.use();
        try (var document = Loader.loadPDF(pdf)) {
            return new PdfText(document, end).pages();
        } catch (InvalidPasswordException e) {
            return "[This PDF is not shown: it is encrypted, and opens only with a password]";
        } catch (IOException | RuntimeException | StackOverflowError e) {   // PDFBox throws any of them at a broken file
            return "[This PDF is not shown: the file is damaged]";
        } catch (OutOfMemoryError e) {
            return "[This PDF is not shown: reading it takes more memory than FreeCC has]";
        }
    }

    private String pages() {
        var count = document.getNumberOfPages();
        var out = new StringBuilder();
        var words = false;
        for (var page = 1; page <= count; page++) {
            if (page > MOST_PAGES) return out + rest(page, count, "FreeCC reads " + MOST_PAGES + " pages of a document");
            out.append(page > 1 ? "\n\n" : "").append("[page ").append(page).append(" of ").append(count).append("]\n");
            try {
                var text = text(page);
                words |= !text.isEmpty();
                out.append(text.isEmpty() ? "(no text)" : text);
            } catch (Enough e) {
                return out + rest(page, count, e.getMessage());
            } catch (IOException | RuntimeException | StackOverflowError e) {
                out.append("(this page is damaged)");
            }
        }
        if (words) return out.toString();
        return NO_TEXT + count + (count == 1 ? " page" : " pages")
            + " but no text, as is usual for a scan; only a model that sees pictures or reads PDF files itself can see it]";
    }

    /// How many pages a PDF has of which this was made, or 0 if it has text or cannot be read.
    static int pagesOfScan(String made) {
        return made.startsWith(NO_TEXT) ? Integer.parseInt(made.substring(NO_TEXT.length(), made.indexOf(' ', NO_TEXT.length()))) : 0;
    }

    static String rest(int from, int count, String reason) {
        return "\n\n[The rest, from page " + from + " to page " + count + ", is left out: " + reason + "]";
    }

    private String text(int page) throws IOException {
        setStartPage(page);
        setEndPage(page);
        return getText(document).strip();
    }

    @Override public void processPage(PDPage page) throws IOException {
        var streams = page.getContentStreams();
        while (streams.hasNext()) checkSize(streams.next().getCOSObject());
        super.processPage(page);
    }

    @Override public void showForm(PDFormXObject form) throws IOException {
        checkSize(form.getCOSObject());
        super.showForm(form);
    }

    @Override protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (Instant.now().isAfter(end)) throw new Enough("reading it took too long");
        super.processOperator(operator, operands);
    }

    @Override protected void writeString(String text) throws IOException {
        written += text.length();
        if (written > MOST_TEXT) throw new Enough("FreeCC shows " + MOST_TEXT + " characters of a document");
        super.writeString(text);
    }

    /// A few kilobytes can inflate to gigabytes, which PDFBox would hold in memory.
    private static void checkSize(COSStream stream) throws IOException {
        var filters = stream.getFilters();
        var first = filters instanceof COSArray all && all.size() > 0 ? all.getObject(0) : filters;
        if (!COSName.FLATE_DECODE.equals(first)) return;
        try (var inflated = new InflaterInputStream(stream.createRawInputStream())) {
            if (inflated.skip(MOST_CONTENT) == MOST_CONTENT) throw new Enough("the page has more than "
                + MOST_CONTENT / 1024 / 1024 + " MiB of drawing instructions");
        } catch (ZipException | EOFException e) {
            return;   // damaged, or inside another filter
        }
    }
}
