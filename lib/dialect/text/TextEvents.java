package lib.dialect.text;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Reads a text that arrives in pieces or whole.
final class TextEvents {
    /// The content of one frame: text, the reason if the text ends here, and the token counts so far.
    record Piece(String text, String end, long read, long written) { }

    private TextEvents() {}

    static void hear(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard, Function<JsonElement, Piece> said) {
        var out = new ThoughtSignatures(terms, heard);
        var tags = new ThinkTags(terms, out);
        var end = "";
        long read = 0, written = 0;
        for (var frame : frames) {
            if (frame.isBlank()) continue;
            if (frame.isDone()) break;
            var piece = said.apply(tree(frame, terms.route()));
            tags.write(piece.text());
            if (!piece.end().isEmpty()) end = piece.end();
            read = Math.max(read, piece.read());
            written = Math.max(written, piece.written());
        }
        if (end.isEmpty()) throw ApiError.brokenOff();
        tags.end();
        out.accept(usage(read, written));
        out.accept(StopReason.of(end));
    }

    /// The frame's JSON, unwrapped from the list that some services put around it.
    static JsonElement tree(Frame frame, Route route) {
        var tree = frame.json();
        var said = Json.list(tree).isEmpty() ? tree : Json.list(tree).getFirst();
        if (frame.event().equals("error") || Errors.isError(said)) throw Errors.inside(said, route);
        return said;
    }

    /// An output of zero was not counted, so it is estimated.
    static Event.Usage usage(long read, long written) { return new Event.Usage(read, 0, 0, written > 0 ? written : -1); }
}
