package lib.dialect;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import lib.reply.Event;
import lib.wire.Ask;
import lib.wire.Frame;
import lib.wire.Json;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// SAP's orchestration service: OpenAI's chat for every maker's models, taken apart into the modules of a pipeline.
/// https://help.sap.com/docs/sap-ai-core/generative-ai/orchestration , https://sap.github.io/ai-sdk/docs/js/orchestration/chat-completion
public final class Orchestration implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();
    /// A message is a template, in which `{{?name}}` stands for a value.
    private static final Pattern PLACE = Pattern.compile("\\{\\{(?=\\s*\\?)");
    private static final String BRACES = "braces";

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Ask request(Request request, Route route, Terms terms) {
        var chat = OpenAiChat.body(request, route, terms);
        var prompt = Json.object("template", Json.find(chat, "messages"));
        OpenAiChat.pass(chat, prompt, "tools", "response_format");
        var params = Json.shallow(chat);
        for (var key : new String[]{"model", "messages", "tools", "response_format", "stream"}) Json.drop(params, key);
        var model = Json.object("name", route.name(), "params", params);
        var config = Json.object("modules", Json.object("prompt_templating", Json.object("prompt", prompt, "model", model)));
        if (request.streams()) Json.put(config, "stream", Json.object("enabled", true));
        var body = Json.object("config", config);
        if (keepPlaces(prompt)) Json.put(body, "placeholder_values", Json.object(BRACES, "{{"));
        return Ask.post(route.url("/v2/completion"), OpenAiChat.HEADERS, body);
    }

    /// What looks like a place for a value is the user's own text, and says so by a place for its braces.
    private static boolean keepPlaces(JsonObject prompt) {
        var found = false;
        for (var message : Json.list(prompt, "template")) {
            found |= keepPlaces((JsonObject) message, "content");
            for (var part : Json.list(message, "content")) found |= keepPlaces((JsonObject) part, "text");
            if (Json.find(message, "content").isJsonNull()) Json.put((JsonObject) message, "content", "");   // the service wants a text beside a call
        }
        return found;
    }

    private static boolean keepPlaces(JsonObject object, String key) {
        var text = Json.text(object, key);
        if (!PLACE.matcher(text).find()) return false;
        Json.put(object, key, PLACE.matcher(text).replaceAll("{{?" + BRACES + "}}"));
        return true;
    }

    /// The mends know the body as chat, before it was taken apart.
    @Override public Optional<Mend> mend(String refusal, JsonObject sent, Route route) { return Refusals.mend(refusal, chat(sent)); }

    private static JsonObject chat(JsonObject sent) {
        var templating = Json.at(sent, "config", "modules", "prompt_templating");
        var chat = Json.shallow(Json.at(templating, "model", "params"));
        OpenAiChat.pass(Json.at(templating, "prompt"), chat, "tools", "response_format");
        Json.put(chat, "messages", Json.find(templating, "prompt", "template"));
        return chat;
    }

    @Override public void events(Iterable<Frame> frames, Terms terms, Consumer<Event> out) {
        var inner = StreamSupport.stream(frames.spliterator(), false).map(Orchestration::unwrapped);
        CHAT.events(inner::iterator, terms, out);
    }

    private static Frame unwrapped(Frame frame) {
        JsonElement result = Json.find(Json.objectIn(frame.data()), "final_result");
        return result.isJsonObject() ? new Frame("", Json.write(result)) : frame;
    }
}
