package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.route.*;

/// Who caused a request: a person who typed something, or the client itself (the result of a tool, a subagent, a summary,
/// a title). From the headers and phrases of Claude Code 2.1.330; 2026-11.
final class Initiator {
    /// User messages that the client writes itself.
    private static final Pattern NOT_TYPED = Pattern.compile("^\\s*+(<(system-reminder|task-notification|local-command-[a-z]+|bash-[a-z]+)>"
        + "|Stop hook feedback|\\[Request interrupted by user|\\[SUGGESTION MODE:|\\[Your previous response|Your response above was cut off"
        + "|Output token limit hit|Resume directly|The previous response failed to produce a valid tool call|Your tool call was malformed"
        + "|This session is being continued from a previous conversation)");
    private static final Pattern INTERRUPTED = Pattern.compile("^\\s*+\\[Request interrupted by user[^\\]]*]\\s*"),
        QUEUED = Pattern.compile("The user sent a new message while you were working:");
    private Initiator() {}

    static boolean isPerson(Request request) {
        if (Role.of(request) != Role.MAIN) return false;
        var said = History.sinceTheLastAnswer(request.message());
        var hasResult = said.stream().anyMatch(block -> Json.text(block, "type").equals("tool_result"));
        return hasResult ? breaksIn(said) : said.stream().anyMatch(Initiator::isTyped);
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
