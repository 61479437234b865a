package lib.dialect.anthropic;

import module java.base;

import lib.answer.*;
import lib.calls.*;
import lib.json.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Passes Anthropic's frames on unchanged, and corrects what imitations of its API send differently.
final class AnthropicEvents {
    private static final Set<String> REASONS = Set.of("end_turn", "max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal",
        "compaction", "model_context_window_exceeded");
    private static final Set<String> ERRORS = Set.of("invalid_request_error", "authentication_error", "billing_error", "permission_error",
        "not_found_error", "request_too_large", "rate_limit_error", "timeout_error", "api_error", "overloaded_error");

    private final ReplyContext context;
    private final Consumer<Event> out;
    private final boolean imitation;
    private final StringBuilder thought = new StringBuilder();
    private final MessageFrames.Builder whole = new MessageFrames.Builder();
    private final FrameOrder order = new FrameOrder();
    private final ThoughtFrames thoughts;
    private final JsonObject counted = new JsonObject();   // every count that came, but no zero over a number
    private Event.Usage usage = new Event.Usage(0, 0, 0, 0);
    private boolean begun, ended, spoke, called, awaitsStop;
    private String last = "";

    AnthropicEvents(ReplyContext context, Consumer<Event> out) {
        this.context = context;
        this.out = out;
        this.imitation = !context.route().has(AnthropicQuirks.CLIENT_HEALS);
        this.thoughts = new ThoughtFrames(context, this::frame);
    }

    void read(Iterable<Frame> frames) {
        try {
            readAll(frames);
        } catch (ApiError error) {
            thoughts.breakOff();
            throw error;
        }
    }

    private void readAll(Iterable<Frame> frames) {
        for (var came : Frame.until(frames, () -> ended)) {
            if (came.isBlank() || came.isDone()) continue;   // some imitations send it
            var data = Json.at(came.json());   // half a frame must not reach the client
            var frame = imitation && shaped(data) ? new Frame(came.event(), Json.bytes(data)) : came;
            var type = Json.text(data, "type").isEmpty() ? frame.event() : Json.text(data, "type");
            if (type.equals("error") || type.isEmpty() || !MessageFrames.isFrame(type) && Errors.isError(data)) throw error(data, frame);
            order.check(type, data);
            if (!type.equals("message") || !context.streams()) thoughts.accept(type, data, frame);
            else for (var part : MessageFrames.of(data)) thoughts.accept(Json.text(part, "type"), part, new Frame("", Json.bytes(part)));
            if (last.equals("message_stop")) break;   // whatever follows belongs to no message
        }
        if (!ended) throw ApiError.brokenOff();
        if (whole.isBegun()) relay("", whole.json());
        else if (awaitsStop) relay("message_stop", "{\"type\":\"message_stop\"}");   // only this event was missing
    }

    /// Gives a whole message the type that it lacks, and a text in the place of its blocks a block. True if that changes it.
    private static boolean shaped(JsonObject data) {
        var untyped = !Json.has(data, "type") && Json.text(data, "role").equals("assistant") && Json.has(data, "content");
        if (untyped) Json.put(data, "type", "message");
        var isText = Json.text(data, "type").equals("message") && Json.isText(data, "content");
        if (isText) Json.put(data, "content", Json.array(Json.object("type", "text", "text", Json.text(data, "content"))));
        return untyped || isText;
    }

    private void frame(String type, JsonObject data, Frame frame) {
        var came = frame;
        switch (type) {
            case "message_start" -> came = count(Json.at(data, "message")) ? new Frame("", Json.bytes(data)) : came;
            case MessageFrames.BLOCK_START -> {
                var block = Json.at(data, "content_block");
                called |= Json.text(block, "type").equals("tool_use");
                spoke |= speaks(block);
            }
            case MessageFrames.BLOCK_DELTA -> {
                spoke |= !Json.text(data, "delta", "text").isEmpty();
                thought.append(Json.text(data, "delta", "thinking"));
            }
            case "message_delta" -> came = ended(Json.at(data, "delta"), count(data)) ? new Frame("", Json.bytes(data)) : came;
            case "message" -> {
                Json.list(data, "content").forEach(block -> {
                    called |= Json.text(block, "type").equals("tool_use");
                    spoke |= speaks(Json.at(block));
                });
                came = ended(data, count(data)) ? new Frame("", Json.bytes(data)) : came;
            }
            default -> { }
        }
        begun = true;
        last = type;
        ended |= type.equals("message_stop");
        awaitsStop = type.equals("message_delta") || awaitsStop && !type.equals("message_stop");   // a ping may come between
        if (!context.streams() && !type.equals("message")) whole.add(type, data);
        else out.accept(new Event.Relay(came.named(type.equals("message") ? "" : type)));
    }

    private void relay(String event, String data) { out.accept(new Event.Relay(new Frame(event, data))); }

    private static boolean speaks(JsonObject block) {
        return switch (Json.text(block, "type")) {
            case "thinking", "redacted_thinking" -> false;
            case "text" -> !Json.text(block, "text").isEmpty();
            default -> true;
        };
    }

    /// The message ends here. True if its frame must be written again.
    private boolean ended(JsonObject delta, boolean changed) {
        ended = true;
        out.accept(usage);
        var reason = Json.text(delta, "stop_reason");
        if (!imitation) return false;
        var foreign = !REASONS.contains(reason);
        if (foreign) {
            var plain = reason.isEmpty() ? "end_turn" : StopReason.of(reason).reason();
            var turn = Set.of("end_turn", "tool_use").contains(plain);   // blocks decide, not labels
            Json.put(delta, "stop_reason", turn ? called ? "tool_use" : "end_turn" : plain);
        }
        var silent = !spoke && !context.begun() && Set.of("", "end_turn", "tool_use").contains(Json.text(delta, "stop_reason"));
        if (silent && !Calls.areIn(new Event.Thinking(thought.toString()), context))
            throw new RetryReply("the model ended its turn without text or a tool call");
        return changed || foreign;
    }

    /// What has been counted so far. Where an imitation counts under other names, or ends with zeros, its frame gets the numbers.
    private boolean count(JsonObject holder) {
        var given = Json.at(holder, "usage");
        for (var key : Json.keys(given))
            if (!Json.has(counted, key) || !Json.spelled(given, key).equals("0")) Json.put(counted, key, Json.find(given, key));
        usage = TokenCounts.of(counted).orElse(usage);
        var now = TokenCounts.of(given).orElse(new Event.Usage(0, 0, 0, 0));
        var zeros = Json.has(given, "input_tokens") && now.prompt() == 0 && usage.prompt() > 0
            || Json.has(given, "output_tokens") && now.output() == 0 && usage.output() > 0;
        var named = Json.isNumber(given, "output_tokens") || Json.isNumber(given, "input_tokens");
        if (!imitation || given.isEmpty() || named && !zeros) return false;
        Json.put(holder, "usage", Sse.usage(usage));
        return true;
    }

    /// An error in Anthropic's shape reaches the client as it came, but for a key in it; any other is put into that shape.
    private ApiError error(JsonObject data, Frame frame) {
        var error = Errors.inside(data, context.route());
        var words = Json.text(data, "error", "message");
        var anthropic = Json.text(data, "type").equals("error") && !words.isEmpty();
        var known = !imitation || ERRORS.contains(Json.text(data, "error", "type"));
        return begun && anthropic && known ? ApiError.relayed(error.status(), words, Map.of(), frame.data()) : error;
    }
}
