package lib.message;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.wire.Json;

import java.util.List;

/// Images and documents inside blocks.
public final class Media {
    private Media() {}

    public static boolean isImage(JsonElement block) { return Json.text(block, "type").equals("image"); }

    /// A PDF given as base64: the one document that is not text.
    public static boolean isPdf(JsonElement block) {
        return Json.text(block, "type").equals("document") && Json.text(block, "source", "type").equals("base64");
    }

    /// The address of a source: a web address, or the data itself in a data URL.
    public static String url(JsonElement block) {
        var source = Json.at(block, "source");
        return Json.text(source, "type").equals("url") ? Json.text(source, "url")
            : "data:" + Json.text(source, "media_type") + ";base64," + Json.text(source, "data");
    }

    /// The images and documents of a tool result, in order, also those inside a document made of blocks.
    public static List<JsonObject> inside(JsonElement result) {
        return Json.list(result, "content").stream().filter(block -> isImage(block) || isPdf(block)).map(JsonObject.class::cast).toList();
    }

    /// By area, as Anthropic counts them: https://docs.claude.com/en/docs/build-with-claude/vision
    static long imageTokens(JsonElement image) {
        var size = ImageSize.of(Json.text(image, "source", "data"));
        return size.isUnknown() ? 1_600 : Math.clamp((long) size.width() * size.height() / 750, 50, 1_600);
    }

    /// A page of a PDF is some fifty kilobytes and two thousand tokens.
    static long pdfTokens(JsonElement document) { return 2_000 * (1 + Json.text(document, "source", "data").length() / 70_000L); }
}
