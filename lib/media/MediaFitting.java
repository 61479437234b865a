package lib.media;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// Puts something in the place of pictures and documents that a route does not accept: the text of a PDF, pictures of a scan's
/// pages, a description of a picture, the same picture in another format, or a note that says what is missing. What was made of
/// a file is kept, so that a conversation's beginning stays the same from turn to turn.
public final class MediaFitting {
    private final Documents documents = new Documents();
    private final Conversion conversion = new Conversion();

    /// The request as the route can take it; `words` describes pictures for a model that sees none.
    public Request fitted(Request request, Route route, Picture.Words words) {
        var accepts = route.accepts();
        if (accepts.isAll()) return request;
        var draws = !accepts.pdfs() && (!accepts.isBlind() || words.areMade());
        var drawn = draws ? changed(request.message(), this::drawn) : request.message();
        var pictures = accepts.isBlind() ? Picture.in(drawn) : List.<Picture>of();
        var texts = pictures.isEmpty() ? Map.<JsonElement, String>of() : words.of(pictures, request);
        var place = new Place(accepts, texts);
        var message = changed(drawn, block -> fitted(block, place));
        return message == request.message() ? request : request.with(message);
    }

    private static JsonObject changed(JsonObject message, UnaryOperator<JsonElement> change) {
        var given = Json.list(message, "messages");
        var turns = each(given, turn -> Tokens.isMediaIn(turn) ? within(turn, change) : turn);
        if (turns == given) return message;
        var own = Json.shallow(message);
        Json.put(own, "messages", Json.arrayOf(turns));
        return own;
    }

    /// A scan becomes pictures of its pages, which fit or are described like others.
    private JsonElement drawn(JsonElement block) {
        if (Json.text(block, "type").equals("tool_result")) return within(block, this::drawn);
        var pages = Media.isPdf(block) ? documents.pages(block) : List.<JsonObject>of();
        if (pages.isEmpty()) return block;
        var own = Json.shallow(Json.at(block));
        Json.put(own, "source", Json.object("type", "content", "content", Json.arrayOf(pages)));
        return own;
    }

    /// What fits there: what the route accepts, and the texts for the pictures that it does not.
    private record Place(Accepts accepts, Map<JsonElement, String> texts) { }

    /// The holder of blocks, with others in its content; the same if nothing changes.
    private static JsonElement within(JsonElement holder, UnaryOperator<JsonElement> change) {
        var content = Json.find(holder, "content");
        if (content.isJsonObject()) return with(holder, content, change.apply(content));
        if (!content.isJsonArray()) return holder;
        var blocks = Json.list(content);
        var changed = each(blocks, change);
        return changed == blocks ? holder : with(holder, content, Json.arrayOf(changed));
    }

    private static JsonElement with(JsonElement holder, JsonElement content, JsonElement other) {
        if (content == other) return holder;
        var own = Json.shallow(Json.at(holder));
        Json.put(own, "content", other);
        return own;
    }

    /// Each of them as changed; the same list if nothing changes.
    private static List<JsonElement> each(List<JsonElement> some, UnaryOperator<JsonElement> change) {
        var others = new ArrayList<JsonElement>(some.size());
        var same = true;
        for (var one : some) {
            var other = change.apply(one);
            same &= other == one;
            others.add(other);
        }
        return same ? some : others;
    }

    private JsonElement fitted(JsonElement block, Place place) {
        var type = Json.text(block, "type");
        if (type.equals("image")) return picture(block, place);
        if (type.equals("document")) return document(block, place);
        // What a tool of Anthropic's servers found is text for everyone else.
        var found = type.endsWith("_tool_result") || type.equals("web_fetch_result");
        var there = found ? new Place(place.accepts.without(Accepts.Kind.PDFS), place.texts) : place;
        return found || type.equals("tool_result") ? within(block, inner -> fitted(inner, there)) : block;
    }

    private JsonElement document(JsonElement block, Place place) {
        var source = Json.at(block, "source");
        if (Json.text(source, "type").equals("content")) {
            var other = within(source, inner -> fitted(inner, place));
            if (other == source) return block;
            var own = Json.shallow(Json.at(block));
            Json.put(own, "source", other);
            return own;
        }
        var stays = !Media.isFile(block) || place.accepts.pdfs() && Media.isPdf(block);
        return stays ? block : text(block, documents.text(block));
    }

    private JsonElement picture(JsonElement block, Place place) {
        if (!Media.isImage(block)) return block;
        if (place.accepts.isBlind()) return place.texts.containsKey(block) ? text(block, place.texts.get(block)) : block;
        var source = Json.at(block, "source");
        var type = Media.type(source);
        var stays = place.accepts.pictures().contains(type) || !Accepts.USUAL_PICTURES.contains(type);
        if (stays || !Json.text(source, "type").equals("base64")) return block;
        var png = conversion.png(Json.text(source, "data"));
        if (png.isEmpty()) return text(block, "[An image of type " + type + " is not shown: the provider does not accept this format, and "
            + "FreeCC cannot convert it]");
        var own = Json.shallow(Json.at(block));
        Json.put(own, "source", Json.object("type", "base64", "media_type", "image/png", "data", png.get()));
        return own;
    }

    /// A text in the block's place.
    private static JsonObject text(JsonElement block, String text) {
        var own = History.text(text);
        Json.pass(Json.at(block), own, "cache_control");
        return own;
    }
}
