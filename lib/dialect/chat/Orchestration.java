package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// SAP's orchestration service: OpenAI's chat for every vendor's models, split into the modules of a pipeline.
/// https://help.sap.com/docs/sap-ai-core/generative-ai/orchestration , https://sap.github.io/ai-sdk/docs/js/orchestration/chat-completion
public final class Orchestration extends OpenAiChat {
    /// A message is a template; `{{?name}}` in it is a placeholder.
    private static final Pattern PLACE = Pattern.compile("\\{\\{(?=\\s*\\?)");
    private static final String BRACES = "braces";
    /// Blocks of text and signature: OpenRouter's details under another name.
    private static final String REASONING = "reasoning_content", DETAILS = "reasoning_details";

    /// A chat body, so that quirks and fixes apply; `ask` takes it apart.
    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url("/v2/completion"), body(request, route, terms));
    }

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

    /// The service requires content beside a call, and the model's reasoning unchanged.
    private static void said(JsonObject message) {
        if (Json.find(message, "content").isJsonNull()) Json.put(message, "content", "");
        if (!Json.has(message, DETAILS)) return;
        Json.put(message, REASONING, Json.arrayOf(Json.list(message, DETAILS).stream().map(detail ->
            Json.object("content", Json.text(detail, "text"), "signature", Json.text(detail, "signature"))).toList()));
        Json.drop(message, DETAILS);
    }

    /// Text that looks like a placeholder is the user's own, so its braces become the value of a real placeholder.
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

    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var inner = StreamSupport.stream(frames.spliterator(), false).map(Orchestration::unwrapped);
        super.events(inner::iterator, terms, out);
    }

    private static Frame unwrapped(Frame frame) {
        var result = Json.at(frame.object(), "final_result");
        if (result.isEmpty()) return frame;
        for (var choice : Json.list(result, "choices")) for (var said : List.of(Json.at(choice, "delta"), Json.at(choice, "message"))) {
            var details = Json.list(said, REASONING).stream().map(Orchestration::detail).toList();
            if (!details.isEmpty()) Json.put(said, DETAILS, Json.arrayOf(details));
        }
        return new Frame("", Json.bytes(result));
    }

    /// A block of reasoning, or a fragment of one: the text arrives in fragments, the signature at the end.
    private static JsonObject detail(JsonElement block) {
        var detail = Json.object("type", "reasoning.text");
        if (!Json.text(block, "content").isEmpty()) Json.put(detail, "text", Json.text(block, "content"));
        if (!Json.text(block, "signature").isEmpty()) Json.put(detail, "signature", Json.text(block, "signature"));
        return detail;
    }
}
