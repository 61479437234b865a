package lib.dialect.ollama;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.answer.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// Ollama's own API, because its OpenAI endpoint cannot set the window and cuts long prompts in silence.
/// https://docs.ollama.com/api/chat
public final class Ollama implements Dialect {
    private static final long SMALLEST_WINDOW = 16_384;

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var choice = Json.text(message, "tool_choice", "type");
        var body = Json.object("model", route.name(), "messages", messages(message, route, terms, toolbox), "stream", request.streams());
        var tools = toolbox.functions(terms.names()).stream()
            .filter(function -> !choice.equals("none") && (!choice.equals("tool") || Json.text(function, "name").equals(toolbox.chosen(message, terms.names())))).toList();
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        if (!tools.isEmpty()) Json.put(body, "tools", Json.arrayOf(tools.stream().map(function -> Json.object("type", "function", "function", function)).toList()));
        var schema = Schema.ofAnswer(message);
        if (!schema.isEmpty()) Json.put(body, "format", schema);
        var effort = Effort.of(message);
        if (effort.equals(Effort.OFF) && !route.model().reasons()) Json.put(body, "think", false);   // else whoever can think does
        if (route.model().reasons()) {
            Json.put(body, "think", takesWords(route) ? word(route.model().level(effort)) : (Object) !effort.equals(Effort.OFF));
        }
        Json.put(body, "truncate", false);   // a prompt over the window is refused, and not cut in silence
        Json.put(body, "options", options(request, route, terms));
        return Draft.of(route.at(route.base().replaceFirst("/(api|v1)$", "")).url("/api/chat"), body);   // https://ollama.com/api is how its documentation names the cloud
    }

    /// gpt-oss knows levels, and ignores true and false. So do the services in Ollama's cloud; open weights are switched.
    private static boolean takesWords(Route route) {
        var switched = route.model().canStopReasoning() || ModelName.of(route.name()).sized();
        return route.model().hasLevels() && (route.family() == Family.GPT_OSS || !switched);
    }

    /// https://docs.ollama.com/capabilities/thinking : low, medium, high, and max.
    private static String word(String level) {
        return switch (level) {
            case "minimal" -> "low";
            case "xhigh" -> "high";
            default -> level;
        };
    }

    /// The window is the smallest power of two that holds the prompt and an answer: each change of it loads the model anew.
    private static JsonObject options(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var answer = ParameterQuirks.output(request, route);
        var needed = request.tokens() * 5 / 4 + Math.min(answer, SMALLEST_WINDOW / 2);
        var window = SMALLEST_WINDOW;
        while (window < needed) window *= 2;
        var options = Json.object("num_ctx", Math.min(window, route.model().context()), "num_predict", answer);
        for (var key : List.of("temperature", "top_p", "top_k")) if (Json.has(message, key)) Json.put(options, key, Json.find(message, key));
        if (!terms.sent().isEmpty()) Json.put(options, "stop", Json.arrayOf(terms.sent()));
        return options;
    }

    private static JsonElement messages(JsonObject message, Route route, ReplyContext terms, Toolbox toolbox) {
        var out = new ArrayList<JsonObject>();
        var system = new ArrayList<>(History.system(message));
        var choice = Json.text(message, "tool_choice", "type");
        if (choice.equals("any")) system.add("Answer by calling one of the tools.");
        if (choice.equals("tool")) system.add("Answer by calling the tool " + Json.text(message, "tool_choice", "name") + ".");
        if (!system.isEmpty()) out.add(Json.object("role", "system", "content", String.join("\n\n", system)));
        var called = new HashMap<String, String>();
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            switch (Json.text(turn, "role")) {
                case "assistant" -> {
                    var said = assistant(blocks, route, terms, toolbox, called);
                    if (Json.has(said, "tool_calls") || Json.has(said, "thinking") || !Json.text(said, "content").isEmpty()) out.add(said);   // else another model only thought
                }
                case "system" -> out.add(Json.object("role", "user", "content", History.reminder(PlainText.joined(Json.find(turn, "content")))));
                default -> user(blocks, route, called, out);
            }
        }
        return Json.arrayOf(out);
    }

    private static JsonObject assistant(List<JsonElement> blocks, Route route, ReplyContext terms, Toolbox toolbox, HashMap<String, String> called) {
        var message = Json.object("role", "assistant", "content", blocks.stream().filter(block -> !Json.text(block, "type").equals("tool_use"))
            .map(PlainText::text).filter(text -> !text.isEmpty()).collect(Collectors.joining("\n")));
        var thinking = blocks.stream().filter(block -> Thought.in(block).owner().equals(route.provider())).map(block -> Json.text(block, "thinking")).collect(Collectors.joining());
        if (!thinking.isEmpty()) Json.put(message, "thinking", thinking);
        var calls = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (!Json.text(block, "type").equals("tool_use")) continue;
            var tool = Json.text(block, "name");
            var name = terms.names().sent(toolbox.nameOf(tool));
            called.put(Json.text(block, "id"), name);
            calls.add(Json.object("id", Json.text(block, "id"), "function", Json.object("name", name, "arguments", toolbox.inputOf(tool, Json.at(block, "input")))));
        }
        if (!calls.isEmpty()) Json.put(message, "tool_calls", Json.arrayOf(calls));
        return message;
    }

    /// Results first, by the name of their tool; then one message of text and images.
    private static void user(List<JsonElement> blocks, Route route, HashMap<String, String> called, List<JsonObject> out) {
        var texts = new ArrayList<String>();
        var images = new ArrayList<String>();
        for (var block : blocks) {
            if (!Json.text(block, "type").equals("tool_result")) {
                show(block, route, texts, images);
                continue;
            }
            var said = new ArrayList<String>();
            var before = images.size();
            for (var inner : History.blocks(Json.find(block, "content"))) show(inner, route, said, images);
            if (images.size() > before) said.add("(shown in the next message)");
            var id = Json.text(block, "tool_use_id");
            var text = String.join("\n", said);
            out.add(Json.object("role", "tool", "content", Json.flag(block, "is_error") && !text.startsWith("Error") ? "Error: " + text : text,
                "tool_name", called.getOrDefault(id, ""), "tool_call_id", id));
        }
        if (texts.isEmpty() && images.isEmpty()) return;
        var message = Json.object("role", "user", "content", String.join("\n", texts));
        if (!images.isEmpty()) Json.put(message, "images", Json.arrayOf(images));
        out.add(message);
    }

    private static void show(JsonElement block, Route route, List<String> texts, List<String> images) {
        if (!Media.isImage(block) || !route.model().images()) texts.add(PlainText.text(block));
        else if (Json.text(block, "source", "type").equals("base64")) images.add(Json.text(block, "source", "data"));
        else texts.add("[The image at " + Media.url(block) + " is not shown: Ollama does not fetch images]");
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ChatRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard) {
        var out = new ThoughtSignatures(terms, heard);
        var tags = new ThinkTags(out);
        var called = false;
        for (var frame : frames) {
            var line = Json.at(frame.json());
            if (Json.has(line, "error")) throw Errors.inside(line, terms.route());
            var message = Json.at(line, "message");
            out.accept(new Event.Thinking(Json.text(message, "thinking")));
            tags.write(Json.text(message, "content"));
            for (var call : Json.list(message, "tool_calls")) {
                tags.end();
                if (terms.oneCall() && called) continue;   // there is no switch for it
                called = true;
                var id = Json.text(call, "id").isEmpty() ? terms.ids().next("toolu") : Json.text(call, "id");
                out.accept(new Event.ToolCall(id, terms.names().received(Json.text(call, "function", "name"))));
                var arguments = Json.find(call, "function", "arguments");   // a text only from imitations
                out.accept(new Event.ToolInput(id, Json.isText(arguments) ? Json.text(arguments) : Json.write(Json.at(arguments))));
            }
            if (!Json.flag(line, "done")) continue;
            tags.end();
            out.accept(Event.Usage.ofPrompt(Json.number(line, "prompt_eval_count"), Json.number(line, "prompt_eval_cached_count"), 0, Json.number(line, "eval_count")));
            out.accept(stop(Json.text(line, "done_reason"), terms));
            return;
        }
        throw ApiError.brokenOff();
    }

    private static Event.Stop stop(String reason, ReplyContext terms) {
        if (reason.equals("length")) return new Event.Stop("max_tokens");
        if (reason.equals("load") || reason.equals("unload")) throw new RetryReply("the model was only " + reason + "ed, and has said nothing");
        return terms.sent().size() == 1 ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : new Event.Stop("end_turn");
    }
}
