package lib.media;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.wire.*;

/// The text of documents that come as files. A file comes again with every turn, so its text is kept under its hash.
final class Documents {
    private static final Duration MOST_TIME = Duration.ofSeconds(20), GRACE = Duration.ofSeconds(5);
    private static final int MOST_TEXT = 16 * 1024 * 1024, MOST_PICTURES = 64 * 1024 * 1024, AT_ONCE = 2;
    private static final Pattern TEXT_TYPE = Pattern.compile("text/.*|application/(.*\\+)?(json|xml|yaml|x-yaml|toml|javascript)");

    private final Memo<String, String> texts = new Memo<>(MOST_TEXT, String::length);
    private final Memo<String, List<String>> drawn = new Memo<>(MOST_PICTURES, pages -> pages.stream().mapToLong(String::length).sum());
    private final Semaphore readers = new Semaphore(AT_ONCE);   // each may need much memory

    /// The text of a document in base64, with its title.
    String text(JsonElement document) {
        return PlainText.document(document, plain(Json.at(document, "source")));
    }

    private String plain(JsonObject source) {
        var data = Json.text(source, "data");
        var type = Media.type(source);
        return texts.get(Hash.hex(type + " " + data, 32), () -> text(type, data));
    }

    /// The first pages of a PDF without text, as pictures after their numbers. None if it has text, or cannot be drawn.
    List<JsonObject> pages(JsonElement document) {
        var source = Json.at(document, "source");
        var count = PdfText.pagesOfScan(plain(source));
        if (count == 0) return List.of();
        var data = Json.text(source, "data");
        var pages = drawn.get(Hash.hex(data, 32), () -> read(end -> PdfPages.of(bytes(data), end), _ -> List.of()));
        if (pages.stream().allMatch(String::isEmpty)) return List.of();
        var blocks = new ArrayList<JsonObject>();
        for (var i = 0; i < pages.size(); i++) {
            var page = "[page " + (i + 1) + " of " + count + "]";
            blocks.add(History.text(pages.get(i).isEmpty() ? page + "\n(an empty page)" : page));
            if (!pages.get(i).isEmpty()) blocks.add(Json.object("type", "image", "source",
                Json.object("type", "base64", "media_type", PdfPages.TYPE, "data", pages.get(i))));
        }
        if (pages.size() < count) blocks.add(History.text(PdfText.rest(pages.size() + 1, count,
            "of a scan, FreeCC shows " + PdfPages.MOST + " pages at most")));
        return blocks;
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

    private String pdf(byte[] bytes) {
        return read(end -> PdfText.of(bytes, end),
            seconds -> "[This PDF is not shown: opening it took longer than " + seconds + " seconds]");
    }

    /// PDFBox looks at the clock between two instructions of a page, but not while it opens a file.
    private <T> T read(Function<Instant, T> reader, Function<Long, T> late) {
        var reading = new FutureTask<>(() -> reader.apply(Instant.now().plus(MOST_TIME)));
        readers.acquireUninterruptibly();
        try {
            Thread.ofPlatform().daemon().name("pdf").start(reading);
            return reading.get(MOST_TIME.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return late.apply(MOST_TIME.plus(GRACE).toSeconds());
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
