package lib.message;

import module java.base;

import lib.json.*;

/// Images and documents inside blocks.
public final class Media {
    /// How the files of each type begin, in base64.
    private static final Map<String, String> BEGINNINGS = Map.of("iVBORw0KGgo", "image/png", "/9j/", "image/jpeg", "R0lGOD", "image/gif",
        "UklGR", "image/webp", "JVBERi0", "application/pdf");

    private static final Pattern BASE64 = Pattern.compile("[\\w+/=\\s-]+");

    private Media() {}

    /// An image that other providers can see, as opposed to a file uploaded to Anthropic.
    public static boolean isImage(JsonElement block) {
        var source = Json.text(block, "source", "type");
        return Json.text(block, "type").equals("image") && (source.equals("base64") || source.equals("url"));
    }

    /// A document that comes as a file in base64.
    public static boolean isFile(JsonElement block) {
        return Json.text(block, "type").equals("document") && Json.text(block, "source", "type").equals("base64");
    }

    /// A PDF in base64.
    public static boolean isPdf(JsonElement block) { return isFile(block) && isPdfType(type(Json.at(block, "source"))); }

    /// A file whose type nobody knows is taken for a PDF, as Anthropic does.
    public static boolean isPdfType(String type) { return type.isEmpty() || type.matches("application/(x-)?pdf"); }

    /// The URL of a source, or a data URL with its data.
    public static String url(JsonElement block) {
        var source = Json.at(block, "source");
        return Json.text(source, "type").equals("url") ? Json.text(source, "url")
            : "data:" + Json.text(source, "media_type") + ";base64," + Json.text(source, "data");
    }

    /// What the data is: as the source says, else as its first bytes tell; empty if neither does.
    public static String type(JsonElement source) {
        var given = Json.text(source, "media_type");
        if (!given.isEmpty()) return given.equals("image/jpg") ? "image/jpeg" : given;
        var data = Json.text(source, "data");
        return BEGINNINGS.entrySet().stream().filter(known -> data.startsWith(known.getKey())).map(Map.Entry::getValue).findFirst()
            .orElse("");
    }

    /// Whether what is declared as base64 can be: it is not empty and does not begin with `data:`.
    public static boolean isBase64(JsonElement source) {
        var data = Json.text(source, "data");
        return !Json.text(source, "type").equals("base64") || BASE64.matcher(data.substring(0, Math.min(data.length(), 100))).matches();
    }

    /// Writes the media types that are missing or misspelled; true if there were some.
    public static boolean completeTypes(JsonObject message) {
        var missing = false;
        for (var turn : Json.list(message, "messages"))
            missing |= Json.found(turn, Media.class, () -> completed(Json.find(turn, "content")));
        return missing;
    }

    private static boolean completed(JsonElement content) {
        var missing = false;
        for (var block : Json.list(content)) {
            var source = Json.at(block, "source");
            if (Json.text(source, "type").equals("base64") && !Json.text(source, "media_type").equals(type(source))) {
                Json.put(source, "media_type", type(source));
                missing = true;
            }
            missing |= completed(Json.find(block, "content")) | completed(Json.find(source, "content"));
        }
        return missing;
    }

    /// The media type of an image, guessed from its URL.
    public static String typeAt(String url) {
        var path = url.replaceFirst("[?#].*", "").toLowerCase(Locale.ROOT);
        return Stream.of("png", "webp", "gif", "heic", "heif").filter(kind -> path.endsWith("." + kind)).findFirst()
            .map(kind -> "image/" + kind).orElse("image/jpeg");
    }

    /// The block itself, or the blocks that a document consists of.
    public static List<JsonElement> parts(JsonElement block) {
        if (!Json.text(block, "type").equals("document") || !Json.text(block, "source", "type").equals("content")) return List.of(block);
        var parts = new ArrayList<JsonElement>();
        for (var about : List.of("title", "context"))
            if (!Json.text(block, about).isEmpty()) parts.add(Json.object("type", "text", "text", Json.text(block, about)));
        parts.addAll(History.blocks(Json.find(block, "source", "content")));
        return parts;
    }

    /// By area, as Anthropic counts, for the quick estimate: https://docs.claude.com/en/docs/build-with-claude/vision
    static long imageTokens(JsonElement image) {
        var size = ImageSize.of(Json.text(image, "source", "data"));
        return size.isUnknown() ? 1_600 : Math.clamp((long) size.width() * size.height() / 750, 50, 1_600);
    }

    /// A page of a PDF has about 50 kB and 2,000 tokens.
    static long pdfTokens(JsonElement document) { return 2_000 * (1 + Json.text(document, "source", "data").length() / 70_000L); }
}
