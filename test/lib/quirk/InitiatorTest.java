package lib.quirk;

import module java.base;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import lib.json.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Whose words a request carries: Claude Code's own phrases, one by one.
class InitiatorTest {
    private static final String TOOL = ",\"tools\":[{\"name\":\"Bash\",\"input_schema\":{\"type\":\"object\"}}]";
    private static final String CALL = "{\"role\":\"user\",\"content\":\"go\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":{}}]},";
    private static final String RESULT = "{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"ok\"}";

    private record Row(boolean person, String what, String message, Map<String, String> headers) { }

    private static Row person(String what, String message) { return new Row(true, what, message, Map.of()); }

    private static Row client(String what, String message, String... header) { return new Row(false, what, message, header.length == 0 ? Map.of() : Map.of(header[0], header[1])); }

    private static String said(String... blocks) {
        return "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[" + String.join(",", blocks) + "]}]" + TOOL + "}";
    }

    private static String called(String... blocks) {
        return "{\"stream\":true,\"messages\":[" + CALL + "{\"role\":\"user\",\"content\":[" + String.join(",", blocks) + "]}]" + TOOL + "}";
    }

    private static String text(String text) { return Json.write(Json.object("type", "text", "text", text)); }

    @TestFactory Stream<DynamicTest> rows() {
        return Stream.of(
            person("typed", said(text("hi"))),
            person("typed beside a reminder", said(text("<system-reminder>\ntoday\n</system-reminder>"), text("hi"))),
            person("typed, and begins like a page", said(text("<div> is not closed, why?"))),
            person("a picture alone", said("{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"\"}}")),
            person("typed after /compact", said(text("This session is being continued from a previous conversation that ran out of context."), text("now test it"))),
            person("a command with a slash", said(text("<command-message>init is analyzing</command-message>\n<command-name>/init</command-name>"), text("Please analyze this codebase"))),
            person("typed while the model worked", called(RESULT, text("<system-reminder>\nThe user sent a new message while you were working:\nstop\n</system-reminder>"))),
            person("typed after an interruption", called(RESULT, text("[Request interrupted by user for tool use]"), text("do this instead"))),
            new Row(true, "a question aside", said(text("what is that?")), Map.of("x-claude-code-request-class", "side_reply")),
            client("a result", called(RESULT)),
            client("a result and a reminder", called(RESULT, text("<system-reminder>\nuse the list\n</system-reminder>"))),
            client("a skill that the model has loaded", called(RESULT, text("Base directory for this skill: /a\n\nDo it so."))),
            client("an interruption alone", called(RESULT, text("[Request interrupted by user for tool use]"))),
            client("a reminder alone", said(text("<system-reminder>\nwake up\n</system-reminder>"))),
            client("a task that has ended", said(text("<task-notification>\n<task-id>1</task-id>\n</task-notification>"))),
            client("a hook that does not let it stop", said(text("Stop hook feedback:\nthe tests fail"))),
            client("going on after a summary", said(text("This session is being continued from a previous conversation that ran out of context. The summary below covers it."))),
            client("a reply that broke off", said(text("Your response above was cut off mid-stream. Resume directly from where it stops"))),
            client("a reply without a word", said(text("[Your previous response had no visible output. Please continue and produce a user-visible response.]"))),
            client("a reply that was too long", said(text("Output token limit hit. Resume directly"))),
            client("a summary", said(text("CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.\n\nYour task is to create a detailed summary of the conversation so far"))),
            client("what might be typed next", said(text("[SUGGESTION MODE: Suggest what the user might naturally type next into Claude Code.]"))),
            client("an answer that was begun", "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"He\"}]" + TOOL + "}"),
            client("a sub-agent, by its header", said(text("hi")), "x-claude-code-agent-id", "a1"),
            client("a sub-agent, by its system prompt", said(text("hi")).replaceFirst("\\{", "{\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=2.1.330.abc; cc_is_subagent=true;\"}],")),
            client("a class of the client's own", said(text("hi")), "x-claude-code-request-class", "compaction"),
            client("a title", said(text("hi")).replace(TOOL, ",\"output_config\":{\"format\":{\"type\":\"json_schema\"}}"), "x-claude-code-session-id", "s"),
            client("a search", said(text("Perform a web search for the query: x")).replace(TOOL, ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]"), "x-claude-code-session-id", "s"),
            client("a verdict", said(text("judge")).replace(TOOL, "").replace("\"stream\":true,", ""), "x-claude-code-session-id", "s"),
            person("a program that is not Claude Code, without tools", said(text("hi")).replace(TOOL, "").replace("\"stream\":true,", "")))
            .map(row -> DynamicTest.dynamicTest(row.what(), () -> {
                var message = Json.objectIn(row.message());
                assertEquals(row.person(), Initiator.isPerson(new Request(message, row.message().getBytes(), new HashMap<>(row.headers()))), row.message());
            }));
    }
}
