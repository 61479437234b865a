package lib.quirk;

import module java.base;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import lib.route.*;
import lib.wire.*;

/// Quirks of roles, of the order of messages, and of the ids that tie them together.
public enum MessageQuirks implements Quirk {
    /// Models that reason know `developer` in place of `system`. https://platform.openai.com/docs/guides/text ; 2026-08.
    DEVELOPER_ROLE {
        @Override public void patch(JsonObject body, Request request, Route route) {
            if (!route.model().reasons()) return;
            for (var message : Json.list(body, "messages"))
                if (Json.text(message, "role").equals("system")) Json.put((JsonObject) message, "role", "developer");
        }
    },

    /// A system message may stand in mid-conversation. Elsewhere chat templates refuse it ("System message must be at the
    /// beginning") and it goes as a user's reminder. https://docs.x.ai/docs/guides/chat ; 2026-11.
    SYSTEM_ANYWHERE,

    /// A user message may not follow a tool's: its text joins the result. https://docs.mistral.ai ; 2026-08, several clients' issues.
    NO_USER_AFTER_TOOL {
        @Override public void patch(JsonObject body, Request request, Route route) { foldUserIntoTool(body); }
    },

    /// Ids of calls are nine letters or digits. https://docs.mistral.ai/capabilities/function_calling ; 2026-08.
    NINE_LETTER_IDS {
        @Override public void patch(JsonObject body, Request request, Route route) {
            for (var message : Json.list(body, "messages")) {
                if (Json.has(message, "tool_call_id")) Json.put((JsonObject) message, "tool_call_id", nine(Json.text(message, "tool_call_id")));
                for (var call : Json.list(message, "tool_calls")) Json.put((JsonObject) call, "id", nine(Json.text(call, "id")));
            }
        }
    },

    /// Refuses null as an extra field: content that is not there is left out. BerriAI/litellm, litellm/llms/mistral/chat/transformation.py ; 2026-11.
    NO_NULLS {
        @Override public void patch(JsonObject body, Request request, Route route) {
            for (var message : Json.list(body, "messages")) if (!Json.has(message, "content")) Json.drop((JsonObject) message, "content");
        }
    },

    /// Ids of calls begin again at call_0 in each reply: on the way down they get their reply's mark, which they lose on the
    /// way back. https://github.com/pydantic/pydantic-ai/issues/6536 and /pull/7962 , https://github.com/zed-industries/zed/pull/60998 ; 2026-08.
    CALL_IDS_RESTART,

    /// An answer that the client began must be marked as such. https://docs.mistral.ai/capabilities/completion/usage ; 2026-08.
    PREFIX_IS_MARKED {
        @Override public void patch(JsonObject body, Request request, Route route) {
            var messages = Json.list(body, "messages");
            if (!messages.isEmpty() && Json.text(messages.getLast(), "role").equals("assistant")) Json.put((JsonObject) messages.getLast(), "prefix", true);
        }
    };

    /// Calls have ids in both of OpenAI's APIs.
    @Override public Set<Shape> shapes() { return this == CALL_IDS_RESTART ? CHAT_AND_RESPONSES : CHAT_BODIES; }

    private static final Pattern MARKED = Pattern.compile("(.+)_of_[0-9a-f]{16}");
    private static final int LONGEST_ID = 64, MARK = "_of_".length() + 16;

    /// An id that no other reply of the conversation has. A long one is no counter.
    public static String marked(String id, String reply) { return id.length() + MARK > LONGEST_ID ? id : id + "_of_" + Hash.hex(reply, 8); }

    /// The id as its reply gave it, told by the mark alone.
    public static String unmarked(String id) {
        var marked = MARKED.matcher(id);
        return marked.matches() ? marked.group(1) : id;
    }

    public static void foldUserIntoTool(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            var afterTool = !messages.isEmpty() && Json.text(messages.getLast(), "role").equals("tool") && Json.text(message, "role").equals("user");
            if (afterTool && Json.isText(message, "content")) {
                var tool = (JsonObject) messages.getLast();
                Json.put(tool, "content", Json.text(tool, "content") + "\n\n" + Json.text(message, "content"));
                continue;
            }
            if (afterTool) messages.add(Json.object("role", "assistant", "content", "I look at it."));   // images cannot stand in a tool's message
            messages.add(message);
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }

    /// Ids that have the form stay, so that the provider's own come back to it unchanged.
    public static String nine(String id) {
        if (id.matches("[a-zA-Z0-9]{9}")) return id;
        var letters = new BigInteger(1, Hash.of(id)).toString(36);
        return letters.substring(letters.length() - 9);
    }
}
