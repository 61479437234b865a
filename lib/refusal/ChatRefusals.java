package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;

import static lib.refusal.Refusals.isRefused;
import static lib.refusal.Refusals.lasting;

/// Refusals of chat messages, in OpenAI's form or one like it, and of the tools beside them.
public final class ChatRefusals {
    private static final List<Refusals.Rule> RULES = List.of(Refusals::window, SchemaRefusals::of, Refusals::output,
        ChatRefusals::descriptions, ChatRefusals::messages, Refusals::unknown, SamplingRefusals::of, TurnRefusals::of, Refusals::parameter,
        UnknownFields::mentioned, Refusals::again);

    private ChatRefusals() {}

    public static Optional<Fix> fix(String refusal, JsonObject sent) { return Refusals.first(RULES, refusal, sent); }

    private static Optional<Fix> descriptions(String text, JsonObject sent) {
        var tooLong = text.contains("description") && (text.contains("too long") || text.contains("maximum length"));
        return tooLong && Json.has(sent, "messages") && Json.has(sent, "tools") ? lasting("with short descriptions", ToolQuirks::shorten)
            : Optional.empty();
    }

    private static Optional<Fix> messages(String text, JsonObject sent) {
        if (text.contains("developer") && text.contains("role"))
            return lasting("without the developer role", body -> eachMessage(body, ChatRefusals::developerAsSystem));
        if (says(text, "system role not supported", "role 'system' is not supported"))
            return lasting("without a system message", ChatRefusals::systemAsUser);
        if (text.contains("system message must be at the beginning")
            || text.contains("system") && text.contains("role") && text.contains("first"))
            return lasting("with one system message", ChatRefusals::remindInstead);
        if (text.contains("length of 9"))   // Mistral, also behind a gateway
            return lasting("with ids of nine characters", body -> eachMessage(body, ChatRefusals::nine));
        if (says(text, "after role 'tool'", "last role user or tool"))
            return lasting("without a user message after a tool's", MessageQuirks::foldUserIntoTool);
        if (text.contains("reasoning_content") && says(text, "missing", "must be passed", "must be provided"))
            return lasting("with the reasoning of earlier calls", body -> eachMessage(body, ChatRefusals::blankReasoning));
        if (text.contains("reasoning_content") && isRefused(text))
            return lasting("without the reasoning of earlier turns", body ->
                eachMessage(body, message -> Json.drop(message, "reasoning_content")));
        return MediaRefusals.any(text, sent);
    }

    private static boolean says(String text, String... phrases) { return Stream.of(phrases).anyMatch(text::contains); }

    private static void developerAsSystem(JsonObject message) {
        if (Json.text(message, "role").equals("developer")) Json.put(message, "role", "system");
    }

    /// Not empty, because some providers refuse that as well.
    private static void blankReasoning(JsonObject message) {
        if (Json.has(message, "tool_calls") && !Json.has(message, "reasoning_content")) Json.put(message, "reasoning_content", " ");
    }

    private static void eachMessage(JsonObject body, Consumer<JsonObject> patch) {
        for (var message : Json.list(body, "messages")) patch.accept((JsonObject) message);
    }

    private static void nine(JsonObject message) {
        if (Json.has(message, "tool_call_id")) Json.put(message, "tool_call_id", MessageQuirks.nine(Json.text(message, "tool_call_id")));
        for (var call : Json.list(message, "tool_calls")) Json.put(Json.at(call), "id", MessageQuirks.nine(Json.text(call, "id")));
    }

    private static void remindInstead(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            if (!messages.isEmpty() && Json.text(message, "role").equals("system"))
                messages.add(Json.object("role", "user", "content", Instructions.reminder(Json.text(message, "content"))));
            else messages.add(message);
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }

    /// What the system says, the user says first.
    private static void systemAsUser(JsonObject body) {
        var messages = new ArrayList<JsonElement>();
        for (var message : Json.list(body, "messages")) {
            var before = messages.isEmpty() ? new JsonObject() : (JsonObject) messages.getLast();
            var role = Json.text(message, "role").equals("system") ? "user" : Json.text(message, "role");
            if (role.equals("user") && Json.text(before, "role").equals("user") && Json.isText(message, "content")
                && Json.isText(before, "content"))
                Json.put(before, "content", Json.text(before, "content") + "\n\n" + Json.text(message, "content"));
            else {
                Json.put((JsonObject) message, "role", role);
                messages.add(message);
            }
        }
        Json.put(body, "messages", Json.arrayOf(messages));
    }
}
