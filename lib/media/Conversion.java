package lib.media;

import module java.base;
import java.awt.image.BufferedImage;
import javax.imageio.ImageIO;

import lib.wire.*;

/// Pictures as PNG, for hosts that take few formats. Of an animation it is the first frame. Java reads GIF itself, and WebP
/// with TwelveMonkeys' reader, which registers itself.
final class Conversion {
    private static final int MOST_KEPT = 64 * 1024 * 1024;
    private static final long MOST_PIXELS = 40_000_000;

    private final Memo<String, Optional<String>> made = new Memo<>(MOST_KEPT, png -> png.map(String::length).orElse(1));

    /// The same picture as a PNG in base64, if it can be read.
    Optional<String> png(String base64) { return made.get(Hash.hex(base64, 32), () -> converted(base64)); }

    private static Optional<String> converted(String base64) {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);   // of files
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) return Optional.empty();
            var reader = readers.next();
            reader.setInput(in, true, true);
            if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) return Optional.empty();
            return Optional.of(png(reader.read(0)));
        } catch (IOException | RuntimeException e) {   // readers throw any of them at a broken file
            return Optional.empty();
        }
    }

    private static String png(BufferedImage image) throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
