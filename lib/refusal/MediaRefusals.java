package lib.refusal;

import module java.base;

import lib.json.*;
import lib.route.*;

/// Refusals of images and documents, in any API. What takes their place is made before the request is drafted again.
public final class MediaRefusals {
    private static final Pattern PICTURES = Pattern.compile("image|multimodal|mmproj|vision"),
        PDFS = Pattern.compile("\\b(documents?|pdfs?|files?|(input_)?file(_data|_url)?|document_url)\\b"),
        NOT_TAKEN = Pattern.compile("n.?t support|not accept|n.?t accept|can(not|.?t) (read|accept|process|see)"),
        TOO_MANY = Pattern.compile("too many|too large|exceed|maximum|limit");
    private static final Set<String> PICTURE_TYPES = Set.of("image", "image_url", "input_image"),
        PDF_TYPES = Set.of("document", "document_url", "file", "input_file");

    private MediaRefusals() {}

    /// The one of the two that the refusal names first, among those that were sent.
    public static Optional<Fix> any(String text, JsonObject sent) {
        if (text.contains("schema")) return Optional.empty();   // whose properties may be called `image_url`
        return Stream.of(pictures(text, sent), documents(text, sent)).flatMap(Optional::stream)
            .min(Comparator.comparingInt(fix -> first(fix.leavesOut().contains(Accepts.Kind.PICTURES) ? PICTURES : PDFS, text)));
    }

    public static Optional<Fix> documents(String text, JsonObject sent) {
        var refused = PDFS.matcher(text).find() && (isRefused(text) || TOO_MANY.matcher(text).find());
        return refused && shows(sent, PDF_TYPES, "application/pdf")
            ? Optional.of(Fix.without(Accepts.Kind.PDFS, !isOfOne(text) && !TOO_MANY.matcher(text).find())) : Optional.empty();
    }

    private static Optional<Fix> pictures(String text, JsonObject sent) {
        var refused = PICTURES.matcher(text).find() && isRefused(text);
        return refused && shows(sent, PICTURE_TYPES, "image/")
            ? Optional.of(Fix.without(Accepts.Kind.PICTURES, !isOfOne(text))) : Optional.empty();
    }

    private static boolean isRefused(String text) { return Refusals.isRefused(text) || NOT_TAKEN.matcher(text).find(); }

    /// Names of fields are not about the format or the URL of one file.
    private static boolean isOfOne(String text) { return Refusals.isOfOneFile(text.replace("image_url", "").replace("file_url", "")); }

    private static int first(Pattern words, String text) {
        var found = words.matcher(text);
        return found.find() ? found.start() : text.length();
    }

    /// What a block of that type stands for, so that a refusal of the type means all of its kind.
    static Set<Accepts.Kind> kinds(Collection<String> types) {
        var kinds = EnumSet.noneOf(Accepts.Kind.class);
        if (types.stream().anyMatch(PICTURE_TYPES::contains)) kinds.add(Accepts.Kind.PICTURES);
        if (types.stream().anyMatch(PDF_TYPES::contains)) kinds.add(Accepts.Kind.PDFS);
        return kinds;
    }

    /// By type as OpenAI's and Anthropic's APIs have it, by key as Converse and Ollama, by media type as Gemini.
    private static boolean shows(JsonObject sent, Set<String> types, String mediaType) {
        var shows = new AtomicBoolean();
        Consumer<JsonElement> look = part -> {
            var keyed = types.stream().flatMap(type -> Stream.of(type, type + "s")).anyMatch(key -> isMedia(Json.find(part, key)));
            var data = Stream.of("inlineData", "fileData").anyMatch(key -> Json.text(part, key, "mimeType").startsWith(mediaType));
            if (types.contains(Json.text(part, "type")) || keyed || data) shows.set(true);
        };
        for (var list : List.of("messages", "input", "contents")) Json.eachObject(Json.find(sent, list), look::accept);
        return shows.get();
    }

    private static boolean isMedia(JsonElement value) {
        return Json.has(value, "source", "bytes") || !Json.list(value).isEmpty() && Json.list(value).stream().allMatch(Json::isText);
    }
}
