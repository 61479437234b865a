package lib.calls;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Puts right the calls of an imitation of Anthropic's API, whose frames pass as they come as long as nothing is wrong in
/// them: those that it left in the text are held back and come at the end, and names, ids and inputs are what they should be.
final class RelayedCalls implements Consumer<Event> {
    /// The block that frames add to.
    private enum Open { NOTHING, TEXT, THINKING, CALL }

    /// The input of one call: one object, which fits what the tool takes.
    private static final class Input {
        private final Optional<FittedInput> fitted;
        private final Arguments arguments = new Arguments();
        private boolean begun;

        Input(Optional<InputShape> shape) { this.fitted = shape.map(FittedInput::new); }

        /// The part of the piece that can be sent now.
        String take(String piece) {
            begun |= !piece.isBlank();
            return arguments.take(fitted.map(input -> input.take(piece)).orElse(piece));
        }

        /// What remains to be sent at the end.
        String rest() {
            var held = arguments.take(fitted.map(FittedInput::rest).orElse(""));
            return begun ? held + arguments.rest() : "";
        }
    }

    private final ReplyContext context;
    private final Consumer<Event> out;
    private final FoundCalls found;
    private final CallScanner text, thought;
    private final StringBuilder said = new StringBuilder();
    private Open open = Open.NOTHING;
    private final List<Frame> waiting = new ArrayList<>();   // the start of a block that has said nothing yet, and what came after
    private Optional<Input> input = Optional.empty();
    private String call = "";   // the id of the call that is open
    private long next, dropped;
    private boolean taken;

    RelayedCalls(ReplyContext context, FoundCalls found, Consumer<Event> out) {
        this.context = context;
        this.out = out;
        this.found = found;
        this.text = new CallScanner(Formats.of(context.model()), said::append, this::take);
        this.thought = new CallScanner(Formats.inThought(), said::append, this::take);
    }

    private boolean take(Passage passage, String written) {
        var is = found.take(passage, written);
        taken |= is;
        return is;
    }

    @Override public void accept(Event event) {
        if (!(event instanceof Event.Relay(var frame))) {
            out.accept(event);
            return;
        }
        var data = frame.object();
        switch (frame.event()) {
            case MessageFrames.BLOCK_START -> start(frame, data);
            case MessageFrames.BLOCK_DELTA -> delta(frame, data);
            case MessageFrames.BLOCK_STOP -> stop(frame, data);
            case "message_delta" -> end(frame, data);
            case "" -> whole(frame, data);
            default -> {
                if (waiting.isEmpty()) out.accept(event);
                else waiting.add(frame);
            }
        }
    }

    private void start(Frame frame, JsonObject data) {
        next = Json.number(data, "index") + 1;
        var block = Json.at(data, "content_block");
        open = switch (Json.text(block, "type")) {
            case "text" -> Json.text(block, "text").isEmpty() ? Open.TEXT : Open.NOTHING;
            case "thinking" -> Json.text(block, "thinking").isEmpty() ? Open.THINKING : Open.NOTHING;
            case "tool_use" -> Open.CALL;
            default -> Open.NOTHING;
        };
        switch (open) {
            case TEXT, THINKING -> waiting.add(frame);
            case CALL -> {
                text.called();
                var early = early(block);
                relay(frame, data, mended(block, early) || !early.isEmpty());
                call = Json.text(block, "id");
                input = Optional.of(new Input(shape(block)));
                if (!early.isEmpty()) input(early, Json.number(data, "index"));
            }
            case NOTHING -> relay(frame, data, false);
        }
    }

    private Optional<InputShape> shape(JsonObject call) { return Optional.ofNullable(context.tools().get(Json.text(call, "name"))); }

    /// The input that comes with the start of a call, where clients do not look for it: in its place, or behind the name.
    private static String early(JsonObject call) {
        var name = ToolNames.argumentsBehind(Json.text(call, "name"));
        var input = Json.at(call, "input");
        Json.put(call, "input", new JsonObject());
        return input.isEmpty() ? name : Json.write(input);
    }

    /// Gives a call the client's name and an id of legal form. True if that changes it.
    private boolean mended(JsonObject call, String input) {
        var name = context.names().received(Json.text(call, "name"));
        var given = CallIds.legal(Json.text(call, "id"));
        var id = given.isEmpty() ? context.ids().next("toolu") : given;
        var changes = !name.equals(Json.text(call, "name")) || !id.equals(Json.text(call, "id"));
        Json.put(call, "name", name);
        Json.put(call, "id", id);
        found.made(id, name, input);
        return changes;
    }

    private void delta(Frame frame, JsonObject data) {
        var delta = Json.at(data, "delta");
        switch (Json.text(delta, "type")) {
            case "text_delta" -> piece(frame, data, "text", text);
            case "thinking_delta" -> piece(frame, data, "thinking", thought);
            case "input_json_delta" -> {
                var piece = Json.text(delta, "partial_json");
                found.input(call, piece);
                var fitted = input.map(whole -> whole.take(piece)).orElse(piece);
                if (!fitted.isEmpty() || piece.isEmpty()) replaced(frame, data, "partial_json", fitted);
            }
            default -> {
                rest(data);
                opened();
                relay(frame, data, false);
            }
        }
    }

    private void piece(Frame frame, JsonObject data, String key, CallScanner scanner) {
        var piece = Json.text(data, "delta", key);
        if (open != Open.TEXT && open != Open.THINKING || piece.isEmpty()) {
            if (waiting.isEmpty()) relay(frame, data, false);
            return;
        }
        scanner.write(piece);
        if (said.isEmpty()) return;
        opened();
        replaced(frame, data, key, said.toString());
        said.setLength(0);
    }

    /// The frame with that text in the place of its own.
    private void replaced(Frame frame, JsonObject data, String key, String piece) {
        var same = piece.equals(Json.text(data, "delta", key));
        Json.put(Json.at(data, "delta"), key, piece);
        relay(frame, data, !same);
    }

    private void opened() {
        waiting.forEach(frame -> relay(frame, new JsonObject(), false));
        waiting.clear();
    }

    /// What was held back of the open block's text, and is text.
    private void rest(JsonObject data) {
        if (open == Open.TEXT) text.end(Cursor.Rest.CUT);   // why it ended is said later
        if (open == Open.THINKING) thought.end();
        if (said.isEmpty()) return;
        var delta = MessageFrames.delta(Json.number(data, "index"), open == Open.TEXT ? "text" : "thinking", said.toString());
        said.setLength(0);
        opened();
        relay(new Frame(MessageFrames.BLOCK_DELTA, Json.bytes(delta)), delta, false);
    }

    private void stop(Frame frame, JsonObject data) {
        rest(data);
        written(input.map(Input::rest).orElse(""), Json.number(data, "index"));
        input = Optional.empty();
        open = Open.NOTHING;
        if (!waiting.isEmpty() && taken) {   // there was nothing in the block but a call
            waiting.removeFirst();
            opened();
            dropped++;
            return;
        }
        opened();
        relay(frame, data, false);
    }

    /// So much of the open call's input, in a frame of its own.
    private void input(String piece, long index) { written(input.map(whole -> whole.take(piece)).orElse(piece), index); }

    private void written(String json, long index) {
        if (json.isEmpty()) return;
        var delta = MessageFrames.delta(index, "input", json);
        relay(new Frame(MessageFrames.BLOCK_DELTA, Json.bytes(delta)), delta, false);
    }

    private void end(Frame frame, JsonObject data) {
        var blocks = blocks();
        for (var part : MessageFrames.of(Json.object("content", Json.arrayOf(blocks)))) {
            if (!Json.has(part, "index")) continue;
            Json.put(part, "index", next + Json.number(part, "index"));
            relay(new Frame(Json.text(part, "type"), Json.bytes(part)), part, false);
        }
        var calls = blocks.stream().anyMatch(block -> Json.text(block, "type").equals("tool_use"));
        if (calls) stopped(Json.at(data, "delta"));
        out.accept(new Event.Relay(calls ? new Frame(frame.event(), Json.bytes(data)) : frame));
    }

    private static void stopped(JsonObject holder) {
        Json.put(holder, "stop_reason", "tool_use");
        Json.put(holder, "stop_sequence", null);
    }

    /// What was found, as blocks.
    private List<JsonObject> blocks() {
        var blocks = new ArrayList<JsonObject>();
        found.write(event -> {
            switch (event) {
                case Event.ToolCall(var id, var name) -> blocks.add(Json.object("type", "tool_use", "id", id, "name", name));
                case Event.ToolInput(_, var json) -> Json.put(blocks.getLast(), "input", Json.objectIn(json));
                case Event.Text(var piece) -> blocks.add(Json.object("type", "text", "text", piece));
                default -> { }
            }
        });
        return blocks;
    }

    /// Puts a whole call right. True if that changes it.
    private boolean whole(JsonObject call) {
        var before = Json.find(call, "input");
        var early = early(call);
        var input = Json.isObject(early) ? Json.objectIn(early) : before;
        var changes = mended(call, Json.write(input));
        var fitted = shape(call).map(known -> known.fitted(input)).orElse(input);
        Json.put(call, "input", fitted);
        return changes || !fitted.equals(before);
    }

    private void whole(Frame frame, JsonObject message) {
        var content = new ArrayList<JsonElement>();
        var changed = false;
        for (var block : Json.list(message, "content")) {
            var type = Json.text(block, "type");
            if (type.equals("tool_use")) {
                changed |= whole(Json.at(block));
                text.called();
            }
            if (type.equals("text") || type.equals("thinking")) {
                var scanner = type.equals("text") ? text : thought;
                scanner.write(Json.text(block, type));
                scanner.end(Cursor.Rest.after(Json.text(message, "stop_reason")));
                var same = said.toString().equals(Json.text(block, type));
                changed |= !same;
                Json.put(Json.at(block), type, said.toString());
                said.setLength(0);
                if (!same && Json.text(block, type).isEmpty()) continue;
            }
            content.add(block);
        }
        var blocks = blocks();
        content.addAll(blocks);
        Json.put(message, "content", Json.arrayOf(content));
        if (blocks.stream().anyMatch(block -> Json.text(block, "type").equals("tool_use"))) stopped(message);
        out.accept(new Event.Relay(changed || !blocks.isEmpty() ? new Frame(frame.event(), Json.bytes(message)) : frame));
    }

    /// As it came, unless it is changed or blocks before it were left out.
    private void relay(Frame frame, JsonObject data, boolean changed) {
        var written = changed ? new Frame(frame.event(), Json.bytes(data)) : frame;
        out.accept(new Event.Relay(dropped == 0 ? written : written.numbered((int) -dropped)));
    }
}
