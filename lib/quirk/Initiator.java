package lib.quirk;

import module java.base;
import com.google.gson.JsonElement;

import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// Who caused a request: a person who typed something, or the client itself (the result of a tool, a subagent, a summary,
/// a title). From the headers and phrases of Claude Code 2.1.330; 2026-11.
final class Initiator {
    /// Sent if CLAUDE_CODE_GATEWAY_HINT_HEADERS is set: https://code.claude.com/docs/en/llm-gateway-protocol#gateway-hint-headers
    private static final String CLASS = "x-claude-code-request-class";
    private static final Set<String> OF_THE_CLIENT = Set.of("subagent", "workflow", "compaction", "auxiliary");
    /// User messages that the client writes itself.
    private static final Pattern NOT_TYPED = Pattern.compile("^\\s*+(<(system-reminder|task-notification|local-command-[a-z]+|bash-[a-z]+)>"
        + "|Stop hook feedback|\\[Request interrupted by user|\\[SUGGESTION MODE:|\\[Your previous response|Your response above was cut off"
        + "|Output token limit hit|Resume directly|The previous response failed to produce a valid tool call|Your tool call was malformed"
        + "|This session is being continued from a previous conversation)");
    private static final Pattern INTERRUPTED = Pattern.compile("^\\s*+\\[Request interrupted by user[^\\]]*]\\s*"),
        QUEUED = Pattern.compile("The user sent a new message while you were working:");
    private static final String SUMMARY = "Your task is to create a detailed summary of", TEXT_ONLY = "Respond with TEXT ONLY";

    private Initiator() {}

    static boolean isPerson(Request request) {
        if (OF_THE_CLIENT.contains(request.headers().getOrDefault(CLASS, "")) || isSubagent(request) || isErrand(request)) return false;
        var said = sinceTheLastAnswer(request);
        if (said.stream().anyMatch(block -> text(block).contains(SUMMARY) && text(block).contains(TEXT_ONLY))) return false;
        var hasResult = said.stream().anyMatch(block -> Json.text(block, "type").equals("tool_result"));
        return hasResult ? breaksIn(said) : said.stream().anyMatch(Initiator::isTyped);
    }

    private static boolean isSubagent(Request request) {
        return request.isSubagent()
            || History.blocks(Json.find(request.message(), "system")).stream().limit(1)
                .anyMatch(block -> text(block).contains("cc_is_subagent=true"));
    }

    /// A title, a search or a check of a command: offers none of the client's own tools, and has a form that a person's
    /// request never has.
    private static boolean isErrand(Request request) {
        var message = request.message();
        var tools = Json.list(message, "tools");
        if (request.session().isEmpty() || !tools.stream().allMatch(ClientTools::isServerRun)) return false;
        return !tools.isEmpty() || Json.has(message, "output_config", "format") || !request.streams();
    }

    private static List<JsonElement> sinceTheLastAnswer(Request request) {
        var blocks = new ArrayList<JsonElement>();
        for (var turn : Json.list(request.message(), "messages").reversed())
            switch (Json.text(turn, "role")) {
                case "assistant" -> {
                    return blocks;
                }
                case "user" -> blocks.addAll(0, History.blocks(Json.find(turn, "content")));
                default -> { }   // the client writes system messages
            }
        return blocks;
    }

    private static boolean isTyped(JsonElement block) {
        return !Json.text(block, "type").equals("text") || !text(block).isBlank() && !NOT_TYPED.matcher(text(block)).lookingAt();
    }

    /// Text beside a tool's result is the client's, unless the person interrupted the model or wrote while it worked.
    private static boolean breaksIn(List<JsonElement> said) {
        var stopped = false;
        for (var block : said) {
            if (QUEUED.matcher(text(block)).find() || stopped && isTyped(block)) return true;
            stopped |= INTERRUPTED.matcher(text(block)).lookingAt();
        }
        return false;
    }

    private static String text(JsonElement block) { return Json.text(block, "text"); }
}
