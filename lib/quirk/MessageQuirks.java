package lib.quirk;

import module java.base;

import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Quirks of roles, of the order of messages, and of the ids that tie them together.
public enum MessageQuirks implements Quirk {
    /// Reasoning models use `developer` instead of `system`. https://platform.openai.com/docs/guides/text ; 2026-08.
    DEVELOPER_ROLE((body, _, route) -> {
        if (route.model().reasons()) for (var message : Json.list(body, "messages"))
            if (isFrom("system", message)) Json.put((JsonObject) message, "role", "developer");
    }),

    /// Accepts a system message in mid-conversation. Elsewhere chat templates refuse it ("System message must be at the
    /// beginning"), so it is sent as a reminder from the user. https://docs.x.ai/docs/guides/chat ; 2026-11.
    SYSTEM_ANYWHERE,

    /// A user message may not follow a tool message: its text joins the result. https://docs.mistral.ai ; 2026-08, several clients' issues.
    NO_USER_AFTER_TOOL((body, _, _) -> foldUserIntoTool(body)),

    /// Call ids are nine letters or digits. https://docs.mistral.ai/capabilities/function_calling ; 2026-08.
    NINE_LETTER_IDS((body, _, _) -> {
        for (var message : Json.list(body, "messages")) {
            if (Json.has(message, "tool_call_id")) Json.put((JsonObject) message, "tool_call_id", nine(Json.text(message, "tool_call_id")));
            for (var call : Json.list(message, "tool_calls")) Json.put((JsonObject) call, "id", nine(Json.text(call, "id")));
        }
    }),

    /// Refuses a null `content`, so it is left out. BerriAI/litellm, litellm/llms/mistral/chat/transformation.py ; 2026-11.
    NO_NULLS((body, _, _) -> {
        for (var message : Json.list(body, "messages")) if (!Json.has(message, "content")) Json.drop((JsonObject) message, "content");
    }),

    /// Call ids restart at call_0 in each reply: each gets a mark of its reply for the client, which is removed on the way back.
    /// https://github.com/pydantic/pydantic-ai/issues/6536 and /pull/7962 , https://github.com/zed-industries/zed/pull/60998 ; 2026-08.
    CALL_IDS_RESTART,

    /// An answer that the client started must be marked. https://docs.mistral.ai/capabilities/completion/usage ; 2026-08.
    PREFIX_IS_MARKED((body, _, _) -> {
        var messages = Json.list(body, "messages");
        if (!messages.isEmpty() && isFrom("assistant", messages.getLast())) Json.put((JsonObject) messages.getLast(), "prefix", true);
    });

    private static final Pattern MARKED = Pattern.compile("^(.{1,100})_of_[0-9a-f]{16}");
    private static final int LONGEST_ID = 64, MARK = "_of_".length() + 16;

    private final Patch patch;

    MessageQuirks() { this(Patch.NONE); }

    MessageQuirks(Patch patch) { this.patch = patch; }

    /// Calls have ids in both of OpenAI's APIs.
    @Override public Set<Shape> shapes() { return this == CALL_IDS_RESTART ? CHAT_AND_RESPONSES : CHAT_BODIES; }

    @Override public void patch(Draft draft, Request request, Route route) { patch.apply(draft.body(), request, route); }

    /// An id that is unique in the conversation. A long one is not a counter and stays as it is.
    public static String marked(String id, String reply) { return id.length() + MARK > LONGEST_ID ? id : id + "_of_" + Hash.hex(reply, 8); }

    /// The id as the provider gave it.
    public static String unmarked(String id) {
        var marked = MARKED.matcher(id);
        return marked.matches() ? marked.group(1) : id;
    }

    public static void foldUserIntoTool(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            var afterTool = !messages.isEmpty() && isFrom("tool", messages.getLast()) && isFrom("user", message);
            if (afterTool && Json.isText(message, "content")) {
                var tool = (JsonObject) messages.getLast();
                Json.put(tool, "content", Json.text(tool, "content") + "\n\n" + Json.text(message, "content"));
                continue;
            }
            // A tool message cannot contain images, so the assistant takes a turn before them.
            if (afterTool) messages.add(Json.object("role", "assistant", "content", "Let me look at the image."));
            messages.add(message);
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }

    private static boolean isFrom(String role, JsonElement message) { return Json.text(message, "role").equals(role); }

    /// An id of nine letters or digits. One that has this form stays, so that the provider gets its own ids back.
    public static String nine(String id) {
        if (id.matches("[a-zA-Z0-9]{9}")) return id;
        var letters = new BigInteger(1, Hash.of(id)).toString(36);
        return letters.substring(letters.length() - 9);
    }
}
