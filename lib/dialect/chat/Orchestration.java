package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// SAP's orchestration service: OpenAI's chat for every maker's models, taken apart into the modules of a pipeline.
/// https://help.sap.com/docs/sap-ai-core/generative-ai/orchestration , https://sap.github.io/ai-sdk/docs/js/orchestration/chat-completion
public final class Orchestration implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();
    /// A message is a template, in which `{{?name}}` stands for a value.
    private static final Pattern PLACE = Pattern.compile("\\{\\{(?=\\s*\\?)");
    private static final String BRACES = "braces";
    /// Blocks of text and signature, which are OpenRouter's details by another name.
    private static final String REASONING = "reasoning_content", DETAILS = "reasoning_details";

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Shape shape() { return Shape.CHAT; }

    /// As chat, which quirks and fixes know.
    @Override public Draft draft(Request request, Route route, ReplyContext terms) { return Draft.of(route.url("/v2/completion"), OpenAiChat.body(request, route, terms)); }

    @Override public Ask ask(Draft draft, Request request, Route route) {
        var chat = draft.body();
        var prompt = Json.object("template", Json.find(chat, "messages"));
        Json.pass(chat, prompt, "tools", "response_format");
        var params = Json.shallow(chat);
        for (var key : new String[]{"model", "messages", "tools", "response_format", "stream"}) Json.drop(params, key);
        var model = Json.object("name", route.name(), "params", params);
        var config = Json.object("modules", Json.object("prompt_templating", Json.object("prompt", prompt, "model", model)));
        if (request.streams()) Json.put(config, "stream", Json.object("enabled", true));
        var body = Json.object("config", config);
        for (var message : Json.list(prompt, "template")) said((JsonObject) message);
        if (keepPlaces(prompt)) Json.put(body, "placeholder_values", Json.object(BRACES, "{{"));
        return Ask.post(draft.url(), draft.headers(), body);
    }

    /// The service wants a text beside a call, and the model's reasoning as it came.
    private static void said(JsonObject message) {
        if (Json.find(message, "content").isJsonNull()) Json.put(message, "content", "");
        if (!Json.has(message, DETAILS)) return;
        Json.put(message, REASONING, Json.arrayOf(Json.list(message, DETAILS).stream().map(detail ->
            Json.object("content", Json.text(detail, "text"), "signature", Json.text(detail, "signature"))).toList()));
        Json.drop(message, DETAILS);
    }

    /// What looks like a place for a value is the user's own text, and says so by a place for its braces.
    private static boolean keepPlaces(JsonObject prompt) {
        var found = false;
        for (var message : Json.list(prompt, "template")) {
            found |= keepPlaces((JsonObject) message, "content");
            for (var part : Json.list(message, "content")) found |= keepPlaces((JsonObject) part, "text");
        }
        return found;
    }

    private static boolean keepPlaces(JsonObject object, String key) {
        var text = Json.text(object, key);
        if (!PLACE.matcher(text).find()) return false;
        Json.put(object, key, PLACE.matcher(text).replaceAll("{{?" + BRACES + "}}"));
        return true;
    }

    @Override public ApiError error(Answer answer, Route route) { return CHAT.error(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return CHAT.fix(refusal, sent, route); }

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var inner = StreamSupport.stream(frames.spliterator(), false).map(Orchestration::unwrapped);
        CHAT.events(inner::iterator, terms, out);
    }

    private static Frame unwrapped(Frame frame) {
        var result = Json.at(Json.objectIn(frame.data()), "final_result");
        if (result.isEmpty()) return frame;
        for (var choice : Json.list(result, "choices")) for (var said : List.of(Json.at(choice, "delta"), Json.at(choice, "message"))) {
            if (!Json.list(said, REASONING).isEmpty()) Json.put(said, DETAILS, Json.arrayOf(Json.list(said, REASONING).stream().map(Orchestration::detail).toList()));
        }
        return new Frame("", Json.write(result));
    }

    /// A block of reasoning, or a piece of one: its text comes in pieces, its signature at the end.
    private static JsonObject detail(JsonElement block) {
        var detail = Json.object("type", "reasoning.text");
        if (!Json.text(block, "content").isEmpty()) Json.put(detail, "text", Json.text(block, "content"));
        if (!Json.text(block, "signature").isEmpty()) Json.put(detail, "signature", Json.text(block, "signature"));
        return detail;
    }
}
