package lib.media;

import module java.base;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/// One font, PDFBox's own, in place of every font that a PDF does not bring along. Else PDFBox looks through all the fonts of
/// the machine, which takes seconds, and keeps a list of them in the user's home. Text needs only the widths of letters.
final class PdfFonts implements FontMapper {
    private static final String SUBSTITUTE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private final TrueTypeFont substitute;

    static { FontMappers.set(new PdfFonts()); }

    private PdfFonts() {
        try (var file = FontMapper.class.getResourceAsStream(SUBSTITUTE)) {
            substitute = new TTFParser().parse(new RandomAccessReadBuffer(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Loading this class has set it up.
    static void use() { }

    @Override public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor about) {
        return new FontMapping<>(substitute, true);
    }

    @Override public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor about) {
        return new FontMapping<>(substitute, true);
    }

    @Override public CIDFontMapping getCIDFont(String name, PDFontDescriptor about, PDCIDSystemInfo system) {
        return new CIDFontMapping(null, substitute, true);
    }
}
