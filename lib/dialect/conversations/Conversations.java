package lib.dialect.conversations;

import module java.base;

import lib.answer.*;
import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.refusal.*;
import lib.reply.*;
import lib.request.*;
import lib.route.*;
import lib.wire.*;

/// Mistral's conversations, in which its models search the web, as they do not in its chat: for a request that asks for a search
/// and nothing else. Nothing is stored. https://docs.mistral.ai/agents/agents_basics , https://docs.mistral.ai/agents/connectors/websearch
public final class Conversations implements Dialect {
    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var inputs = History.of(message).stream()
            .map(turn -> Json.object("role", Json.text(turn, "role"), "content", PlainText.joined(Json.find(turn, "content")))).toList();
        var arguments = Json.object("max_tokens", ParameterQuirks.output(request, route));
        Json.pass(message, arguments, "temperature", "top_p");
        var body = Json.object("model", route.name(), "inputs", Json.arrayOf(inputs),
            "tools", Json.array(Json.object("type", "web_search")), "completion_args", arguments,
            "stream", request.streams(), "store", false);
        var system = History.systemPrompt(message);
        if (!Json.isEmpty(system)) Json.put(body, "instructions", system);
        return Draft.of(route.url("/conversations"), body);
    }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> heard) {
        var sources = new Citations(terms, heard);
        var out = ThinkTags.within(terms, sources);
        for (var frame : frames) {
            if (frame.isBlank() || frame.isDone()) continue;
            var data = Json.at(frame.json());
            switch (Json.text(data, "type")) {
                case "tool.execution.started" -> searched(data, sources);
                case "message.output.delta" -> say(Json.find(data, "content"), sources, out);
                case "conversation.response.done" -> {
                    end(data, out);
                    return;
                }
                case "conversation.response.error" -> throw Errors.inside(Json.object("error", data), terms.route());
                default -> {
                    if (Errors.isError(data)) throw Errors.inside(data, terms.route());
                    if (!Json.has(data, "outputs")) continue;   // an event that says nothing
                    for (var entry : Json.list(data, "outputs")) {
                        if (Json.text(entry, "type").equals("tool.execution")) searched(entry, sources);
                        say(Json.find(entry, "content"), sources, out);
                    }
                    end(data, out);
                    return;
                }
            }
        }
        throw ApiError.brokenOff();
    }

    private static void end(JsonElement data, Consumer<Event> out) {
        TokenCounts.in(data).ifPresent(out);
        out.accept(new Event.Stop("end_turn"));   // the API gives no reason
    }

    private static void searched(JsonElement execution, Citations sources) {
        if (Json.text(execution, "name").startsWith("web_search"))
            sources.searched(Json.text(Json.objectIn(Json.text(execution, "arguments")), "query"), false);
    }

    /// A text, or what is in it: texts, thoughts, and references to pages.
    private static void say(JsonElement content, Citations sources, Consumer<Event> out) {
        if (Json.isText(content)) out.accept(new Event.Text(Json.text(content)));
        for (var part : Json.list(content)) say(part, sources, out);
        switch (Json.text(content, "type")) {
            case "text" -> out.accept(new Event.Text(Json.text(content, "text")));
            case "thinking" -> {
                for (var thought : Json.list(content, "thinking")) out.accept(new Event.Thinking(Json.text(thought, "text")));
            }
            case "tool_reference" -> sources.cited(content);
            default -> { }
        }
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }
}
