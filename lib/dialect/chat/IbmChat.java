package lib.dialect.chat;

import module java.base;

import lib.json.*;
import lib.quirk.*;
import lib.reply.*;
import lib.route.*;
import lib.wire.*;

/// IBM's text chat: OpenAI's, except that a project or a space pays for the model and some fields have other names.
/// A deployment knows its model and who pays for it. https://cloud.ibm.com/apidocs/watsonx-ai#text-chat
public final class IbmChat extends OpenAiChat {
    /// Not in com.ibm.watsonx.ai.chat.model.TextChatRequest; unknown fields are refused. 2026-11.
    private static final List<String> UNKNOWN = List.of("model", "stream", "stream_options", "parallel_tool_calls", "service_tier");
    private static final Frame DONE = new Frame("", "[DONE]");

    private final String payer, id;

    /// For a deployment.
    public IbmChat() { this("", ""); }

    /// `payer` is the field that names who pays, and `id` its value.
    public IbmChat(String payer, String id) {
        this.payer = payer;
        this.id = id;
    }

    @Override public Draft draft(Request request, Route route, ReplyContext terms) {
        return Draft.of(route.url(request.streams() ? "/text/chat_stream" : "/text/chat"), body(request, route, terms));
    }

    @Override public Ask ask(Draft draft, Request request, Route route) {
        var chat = draft.body();
        var body = payer.isEmpty() ? new JsonObject() : Json.object("model_id", route.name(), payer, id);
        for (var key : Json.keys(chat)) if (!UNKNOWN.contains(key)) Json.put(body, key, Json.find(chat, key));
        // Only the named choice keeps its field.
        if (Json.isText(body, "tool_choice")) ParameterQuirks.rename(body, "tool_choice", "tool_choice_option");
        return Ask.post(draft.url(), draft.headers(), body);
    }

    /// The stream ends with an event `close`, and after a forced tool call without a finish reason.
    @Override public void events(Iterable<Frame> frames, ReplyContext terms, Consumer<Event> out) {
        var ended = StreamSupport.stream(frames.spliterator(), false)
            .flatMap(frame -> frame.event().equals("close") ? Stream.of(frame, DONE) : Stream.of(frame));
        super.events(ended::iterator, terms, out);
    }
}
