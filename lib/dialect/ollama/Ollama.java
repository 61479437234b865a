package lib.dialect.ollama;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.schema.*;
import lib.wire.*;

/// Ollama's own API, because its OpenAI endpoint cannot set the context window and silently cuts long prompts.
/// https://docs.ollama.com/api/chat
public final class Ollama implements Dialect {
    private static final long SMALLEST_WINDOW = 16_384;

    /// It decodes only these two formats for every model, and fetches no image. https://docs.ollama.com/capabilities/vision ; 2026-11.
    @Override public Accepts accepts(Route route) { return new Accepts(Set.of("image/png", "image/jpeg"), false, false); }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var choice = Json.text(message, "tool_choice", "type");
        var body = Json.object("model", route.name(), "messages", messages(message, route, terms, toolbox), "stream", request.streams());
        var chosen = toolbox.chosen(message, terms.names());
        var tools = toolbox.functions(terms.names()).stream()
            .filter(function -> !choice.equals("none") && (chosen.isEmpty() || Json.text(function, "name").equals(chosen)))
            .map(function -> Json.object("type", "function", "function", function)).toList();
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        if (!tools.isEmpty()) Json.put(body, "tools", Json.arrayOf(tools));
        var schema = Schema.resolved(Schema.ofAnswer(message));
        if (!schema.isEmpty()) Json.put(body, "format", schema);
        var effort = Effort.of(message);
        var thinks = !effort.equals(Effort.OFF);
        if (route.model().reasons()) Json.put(body, "think", takesWords(route) ? word(route.model().level(effort)) : (Object) thinks);
        else if (!thinks) Json.put(body, "think", false);   // a model that can think does so by default
        Json.put(body, "truncate", false);   // Ollama then refuses a prompt over the window instead of silently cutting it
        Json.put(body, "options", options(request, route, terms));
        var base = route.base().replaceFirst("/(api|v1)$", "");   // its documentation gives the cloud's address as https://ollama.com/api
        return Draft.of(route.at(base).url("/api/chat"), body);
    }

    /// gpt-oss and the hosted services of Ollama's cloud take levels and ignore true and false; other open models take only those.
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

    /// The window is the smallest power of two that holds the prompt and an answer: each change reloads the model.
    private static JsonObject options(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var answer = ParameterQuirks.output(request, route);
        var needed = request.tokens() * 5 / 4 + Math.min(answer, SMALLEST_WINDOW / 2);
        var window = SMALLEST_WINDOW;
        while (window < needed) window *= 2;
        var options = Json.object("num_ctx", Math.min(window, route.model().context()), "num_predict", answer);
        Json.pass(message, options, "temperature", "top_p", "top_k");
        if (!terms.sent().isEmpty()) Json.put(options, "stop", Json.arrayOf(terms.sent()));
        return options;
    }

    private static JsonElement messages(JsonObject message, Route route, ReplyContext terms, Toolbox toolbox) {
        var out = new ArrayList<JsonObject>();
        var system = new ArrayList<>(History.system(message));
        if (Set.of("any", "tool").contains(Json.text(message, "tool_choice", "type")))   // the API has no field for it
            system.add(Json.tree(Instructions.call(toolbox.chosen(message, terms.names()))));
        if (!system.isEmpty()) out.add(Json.object("role", "system", "content", History.systemPrompt(system)));
        var called = new HashMap<String, String>();
        for (var turn : History.of(message)) {
            var blocks = Json.list(turn, "content");
            if (!Json.text(turn, "role").equals("assistant")) {
                user(blocks, route, called, out);
                continue;
            }
            var said = assistant(blocks, route, terms, toolbox, called);
            var thoughtOnly = !Json.has(said, "tool_calls") && !Json.has(said, "thinking") && Json.text(said, "content").isEmpty();
            if (!thoughtOnly) out.add(said);   // another model's thoughts do not go back
        }
        return Json.arrayOf(out);
    }

    private static JsonObject assistant(List<JsonElement> blocks, Route route, ReplyContext terms, Toolbox toolbox,
                                        Map<String, String> called) {
        var message = Json.object("role", "assistant", "content", PlainText.said(blocks));
        var thinking = ChatMessages.thinking(blocks.stream().filter(block -> Thought.in(block).owner().equals(route.provider())).toList());
        if (!thinking.isEmpty()) Json.put(message, "thinking", thinking);
        var calls = new ArrayList<JsonObject>();
        for (var block : blocks) {
            if (!PlainText.isCall(block)) continue;
            var tool = Json.text(block, "name");
            var name = terms.names().sent(toolbox.nameOf(tool));
            called.put(Json.text(block, "id"), name);
            calls.add(Json.object("id", Json.text(block, "id"),
                "function", Json.object("name", name, "arguments", toolbox.inputOf(tool, Json.at(block, "input")))));
        }
        if (!calls.isEmpty()) Json.put(message, "tool_calls", Json.arrayOf(calls));
        return message;
    }

    /// The results first, each with the name of its tool, then one message with text and images.
    private static void user(List<JsonElement> blocks, Route route, Map<String, String> called, List<JsonObject> out) {
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
            out.add(Json.object("role", "tool", "content", PlainText.result(block, text),
                "tool_name", called.getOrDefault(id, ""), "tool_call_id", id));
        }
        if (texts.isEmpty() && images.isEmpty()) return;
        var message = Json.object("role", "user", "content", String.join("\n", texts));
        if (!images.isEmpty()) Json.put(message, "images", Json.arrayOf(images));
        out.add(message);
    }

    private static void show(JsonElement block, Route route, List<String> texts, List<String> images) {
        if (!Media.isImage(block) || !route.seesPictures()) texts.add(PlainText.text(block));
        else if (Json.text(block, "source", "type").equals("base64")) images.add(Json.text(block, "source", "data"));
        else texts.add("[The image at " + Media.url(block) + " is not shown: Ollama does not fetch images]");
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ChatRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard) {
        var out = new ThoughtSignatures(terms, heard);
        var tags = new ThinkTags(terms, out);
        var called = false;
        for (var frame : frames) {
            var line = Json.at(frame.json());
            if (Errors.isError(line)) throw Errors.inside(line, terms.route());
            var message = Json.at(line, "message");
            out.accept(new Event.Thinking(Json.text(message, "thinking")));
            if (!Json.text(message, "thinking").isEmpty()) tags.thought();
            tags.write(Json.text(message, "content"));
            for (var call : Json.list(message, "tool_calls")) {
                tags.end();
                if (terms.oneCall() && called) continue;   // the API cannot be told
                called = true;
                var id = Json.text(call, "id").isEmpty() ? terms.ids().next("toolu") : Json.text(call, "id");
                out.accept(new Event.ToolCall(id, Json.text(call, "function", "name")));
                var arguments = Json.find(call, "function", "arguments");   // imitations send text
                out.accept(new Event.ToolInput(id, Json.isText(arguments) ? Json.text(arguments) : Json.write(Json.at(arguments))));
            }
            if (!Json.flag(line, "done")) continue;
            tags.end();
            TokenCounts.in(line).ifPresent(out);
            out.accept(stop(Json.text(line, "done_reason"), terms));
            return;
        }
        throw ApiError.brokenOff();
    }

    private static Event.Stop stop(String reason, ReplyContext terms) {
        if (!StopReason.of(reason).reason().equals("end_turn")) return StopReason.of(reason);
        if (Set.of("load", "unload").contains(reason)) throw new RetryReply("Ollama " + reason + "ed the model but generated nothing");
        return terms.sent().size() == 1 ? new Event.Stop("stop_sequence", terms.sent().getFirst()) : new Event.Stop("end_turn");
    }
}
