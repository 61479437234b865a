package lib.media;

import module java.base;
import com.google.gson.JsonElement;

import lib.message.*;
import lib.wire.*;

/// The text of documents that come as files. A file comes again with every turn, so its text is kept under its hash.
final class Documents {
    private static final Duration MOST_TIME = Duration.ofSeconds(20), GRACE = Duration.ofSeconds(5);
    private static final int MOST_TEXT = 16 * 1024 * 1024, AT_ONCE = 2;
    private static final Pattern TEXT_TYPE = Pattern.compile("text/.*|application/(.*\\+)?(json|xml|yaml|x-yaml|toml|javascript)");

    private final Memo<String> texts = new Memo<>(MOST_TEXT, String::length);
    private final Semaphore readers = new Semaphore(AT_ONCE);   // each may need much memory

    /// The text of a document in base64, with its title.
    String text(JsonElement document) {
        var source = Json.at(document, "source");
        var data = Json.text(source, "data");
        var type = Media.type(source);
        var text = texts.get(Hash.hex(type + " " + data, 32), () -> text(type, data));
        return PlainText.document(document, text);
    }

    private String text(String type, String base64) {
        var bytes = bytes(base64);
        if (bytes.length == 0) return "[A document is not shown: its data is empty or not base64]";
        if (TEXT_TYPE.matcher(type).matches()) return new String(bytes, StandardCharsets.UTF_8);
        if (Media.isPdfType(type)) return pdf(bytes);
        return "[A document of type " + type + " is not shown: FreeCC reads only PDF and text files]";
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /// PDFBox looks at the clock between two instructions of a page, but not while it opens a file.
    private String pdf(byte[] bytes) {
        var reading = new FutureTask<>(() -> PdfText.of(bytes, Instant.now().plus(MOST_TIME)));
        readers.acquireUninterruptibly();
        try {
            Thread.ofPlatform().daemon().name("pdf").start(reading);
            return reading.get(MOST_TIME.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "[This PDF is not shown: opening it took longer than " + MOST_TIME.plus(GRACE).toSeconds() + " seconds]";
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.cutOff(new InterruptedIOException("cancelled"));
        } finally {
            reading.cancel(true);
            readers.release();
        }
    }
}
