package lib.dialect.cohere;

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

/// Cohere's chat, version 2: https://docs.cohere.com/reference/chat
public final class Cohere implements Dialect {
    /// Room for the answer: thinking counts toward the limit. https://docs.cohere.com/docs/reasoning
    private static final long ROOM = 1_000;

    /// https://docs.cohere.com/reference/chat accepts five.
    @Override public int stops(Route route) { return 5; }

    @Override public Accepts accepts(Route route) { return new Accepts(ParameterQuirks.pictures(route), true, false); }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        // The base may be a bare host.
        return Draft.of(route.url(route.base().matches(".*/v\\d+$") ? "/chat" : "/v2/chat"), body(request, route, terms));
    }

    @Override public ApiError error(Answer answer, Route route) { return Errors.of(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return ChatRefusals.fix(refusal, sent.read()); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        new CohereEvents(terms, ThinkTags.within(terms, out)).read(frames);
    }

    private static JsonObject body(Request request, Route route, ReplyContext terms) {
        var message = request.message();
        var toolbox = Toolbox.of(message);
        var schema = Schema.ofAnswer(message);
        var tools = tools(message, terms.names(), toolbox);
        if (toolbox.tools().isEmpty()) ToolQuirks.refuseServerTools(message, route);
        var system = History.system(message, tools.isEmpty() ? new JsonObject() : schema);   // the API refuses a schema beside tools
        var messages = new ChatMessages(route, terms.names(), toolbox, Cohere::turn).of(message, system);
        var body = Json.object("model", route.name(), "messages", messages, "stream", request.streams());
        if (!tools.isEmpty()) {
            Json.put(body, "tools", tools);
            Json.put(body, "citation_options", Json.object("mode", "OFF"));   // Claude Code cannot show citations of tool results
        }
        choice(body, Json.text(message, "tool_choice", "type"), tools);
        if (tools.isEmpty() && !schema.isEmpty())
            Json.put(body, "response_format", Json.object("type", "json_object", "json_schema", Schema.resolved(schema)));
        if (Json.has(message, "max_tokens")) Json.put(body, "max_tokens", ParameterQuirks.output(request, route));
        if (!terms.sent().isEmpty()) Json.put(body, "stop_sequences", Json.arrayOf(terms.sent()));
        if (route.model().temperature()) Json.pass(message, body, "temperature");
        if (Json.has(message, "top_p")) Json.put(body, "p", Math.clamp(Json.decimal(message, "top_p"), 0.01, 0.99));
        if (Json.has(message, "top_k")) Json.put(body, "k", Math.clamp(Json.number(message, "top_k"), 0, 500));
        if (route.model().reasons()) Json.put(body, "thinking", thinking(message, ParameterQuirks.output(request, route)));
        return body;
    }

    /// With calls, the text and thinking become the `tool_plan`, and there is no content.
    private static JsonObject turn(JsonElement text, List<JsonElement> own, List<JsonObject> calls) {
        var message = Json.object("role", "assistant");
        var thinking = ChatMessages.thinking(own);
        if (calls.isEmpty()) {
            if (thinking.isEmpty()) Json.put(message, "content", text);
            else Json.put(message, "content", Json.array(Json.object("type", "thinking", "thinking", thinking), History.text(text)));
            return message;
        }
        var plan = Json.joined(Stream.of(Json.tree(thinking), text).filter(part -> !Json.isEmpty(part)).toList(), "\n");
        if (!Json.isEmpty(plan)) Json.put(message, "tool_plan", plan);
        Json.put(message, "tool_calls", Json.arrayOf(calls));
        return message;
    }

    /// A tool cannot be chosen by name, so it is offered alone.
    private static JsonArray tools(JsonObject message, ToolNames names, Toolbox toolbox) {
        var named = toolbox.chosen(message, names);
        return Json.arrayOf(toolbox.functions(names).stream()
            .filter(function -> named.isEmpty() || Json.text(function, "name").equals(named))
            .map(function -> Json.object("type", "function", "function", function)).toList());
    }

    private static void choice(JsonObject body, String type, JsonArray tools) {
        if (tools.isEmpty()) return;
        switch (type) {
            case "any", "tool" -> Json.put(body, "tool_choice", "REQUIRED");
            case "none" -> Json.put(body, "tool_choice", "NONE");
            default -> { }   // a free choice is the default
        }
    }

    /// Thinking is on by default.
    private static JsonObject thinking(JsonObject message, long most) {
        var effort = Effort.of(message);
        if (effort.equals(Effort.OFF)) return Json.object("type", "disabled");
        var given = Json.number(message, "thinking", "budget_tokens");
        var budget = given > 0 ? given : switch (effort) {
            case "low" -> 2_048;
            case "medium" -> 8_192;
            default -> most;
        };
        return Json.object("type", "enabled", "token_budget", Math.clamp(budget, 1, Math.max(1, Math.max(most - ROOM, most / 2))));
    }
}
