package lib.dialect.chat;

import module java.base;
import com.google.gson.JsonObject;

import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// IBM's text chat: OpenAI's, but that a project or a space pays for the model, and that some fields have names of
/// their own. A deployment knows its model and who pays. https://cloud.ibm.com/apidocs/watsonx-ai#text-chat
public record IbmChat(String payer, String id) implements Dialect {
    private static final OpenAiChat CHAT = new OpenAiChat();
    /// Not among the fields of com.ibm.watsonx.ai.chat.model.TextChatRequest, and unknown fields are refused. 2026-11.
    private static final List<String> UNKNOWN = List.of("model", "stream", "stream_options", "parallel_tool_calls", "service_tier");
    private static final Frame DONE = new Frame("", "[DONE]");

    /// Of a deployment.
    public IbmChat() { this("", ""); }

    @Override public int stops(Route route) { return CHAT.stops(route); }

    @Override public Shape shape() { return Shape.CHAT; }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url(request.streams() ? "/text/chat_stream" : "/text/chat"), OpenAiChat.body(request, route, terms));
    }

    @Override public Ask ask(Draft draft, Request request, Route route) {
        var chat = draft.body();
        var body = payer.isEmpty() ? new JsonObject() : Json.object("model_id", route.name(), payer, id);
        for (var key : Json.keys(chat)) if (!UNKNOWN.contains(key)) Json.put(body, key, Json.find(chat, key));
        if (Json.isText(body, "tool_choice")) ParameterQuirks.rename(body, "tool_choice", "tool_choice_option");   // a word has a field of its own
        return Ask.post(draft.url(), draft.headers(), body);
    }

    @Override public ApiError error(Answer answer, Route route) { return CHAT.error(answer, route); }

    @Override public Optional<Fix> fix(String refusal, Draft sent, Route route) { return CHAT.fix(refusal, sent, route); }

    /// The stream ends with an event `close`; a model that had to call a tool does not say that it has finished.
    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var ended = StreamSupport.stream(frames.spliterator(), false).flatMap(frame -> frame.event().equals("close") ? Stream.of(frame, DONE) : Stream.of(frame));
        CHAT.events(ended::iterator, terms, out);
    }
}
