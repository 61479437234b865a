package lib.media;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// A picture in the conversation, with what the user says beside it.
public record Picture(JsonElement block, String nearby) {
    /// Says in words what pictures show.
    @FunctionalInterface public interface Words {
        /// A text for each picture of the request, by identity; none for a picture that stays as it is.
        Map<JsonElement, String> of(List<Picture> pictures, Request request);

        /// Whether there is somebody who says them.
        default boolean areMade() { return false; }
    }

    private static final int MOST_WORDS = 2_000;
    private static final Pattern REMINDER = Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

    /// The same for the same picture, wherever it is.
    public String hash() { return Hash.hex(Media.url(block), 32); }

    /// All pictures of a conversation, in order.
    static List<Picture> in(JsonElement message) {
        var pictures = new ArrayList<Picture>();
        var nearby = "";
        for (var turn : Json.list(message, "messages")) {
            var blocks = History.blocks(Json.find(turn, "content"));
            if (Json.text(turn, "role").equals("user")) nearby = said(blocks, nearby);
            collect(blocks, nearby, pictures);
        }
        return pictures;
    }

    private static void collect(List<JsonElement> blocks, String nearby, List<Picture> pictures) {
        for (var block : blocks) {
            if (Media.isImage(block)) pictures.add(new Picture(block, nearby));
            for (var inner : List.of(Json.find(block, "content"), Json.find(block, "source", "content")))
                if (inner.isJsonArray()) collect(Json.list(inner), nearby, pictures);
        }
    }

    /// The user's own words in this turn, or in an earlier one if it has only results of tools.
    private static String said(List<JsonElement> blocks, String before) {
        var words = blocks.stream().map(block -> REMINDER.matcher(Json.text(block, "text")).replaceAll("").strip())
            .filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
        if (words.isEmpty()) return before;
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) + "..." : words;
    }
}
