package lib.route;

import module java.base;

import lib.json.*;
import lib.message.*;

/// What a request is for. Claude Code says it only in part, so the rest follows from its headers, phrases and forms:
/// 2.1.330 and 2.1.332; 2026-11.
public enum Role {
    /// The conversation itself, or a client other than Claude Code.
    MAIN,
    SUBAGENT,
    /// The summary that replaces a long conversation.
    COMPACTION,
    /// Auto mode's question whether an action is safe.
    CLASSIFIER,
    /// The request inside Claude Code's WebSearch tool.
    SEARCH,
    /// A title or another small text that the client wants for itself.
    BACKGROUND;

    /// Sent if CLAUDE_CODE_GATEWAY_HINT_HEADERS is set: https://code.claude.com/docs/en/llm-gateway-protocol#gateway-hint-headers
    private static final String CLASS = "x-claude-code-request-class";
    private static final String SUMMARY = "Your task is to create a detailed summary of", TEXT_ONLY = "Respond with TEXT ONLY";
    private static final String VERDICT = "<block>", END = "</block>";

    public static Role of(Request request) {
        if (isCheck(request)) return CLASSIFIER;
        var errand = isErrand(request);
        if (errand && !Json.list(request.message(), "tools").isEmpty()) return SEARCH;
        var named = request.headers().getOrDefault(CLASS, "");
        if (named.equals("compaction") || isSummary(request)) return COMPACTION;
        if (named.equals("subagent") || named.equals("workflow") || isSubagent(request)) return SUBAGENT;
        return errand || named.equals("auxiliary") ? BACKGROUND : MAIN;
    }

    /// In lower case, as the ledger and the page write it.
    public String word() { return name().toLowerCase(Locale.ROOT); }

    /// Both stages of the check are whole replies without tools, and their instructions ask for a verdict between these tags.
    private static boolean isCheck(Request request) {
        var message = request.message();
        if (request.streams() || !Json.list(message, "tools").isEmpty()) return false;
        if (Json.list(message, "stop_sequences").stream().anyMatch(end -> Json.isText(end) && Json.text(end).equals(END))) return true;
        var turns = Json.list(message, "messages");
        if (turns.isEmpty()) return false;   // such a request is refused later
        return Stream.of(Json.find(message, "system"), Json.find(turns.getLast(), "content"))
            .flatMap(content -> History.blocks(content).stream()).anyMatch(block -> Json.text(block, "text").contains(VERDICT));
    }

    /// Offers none of the client's own tools, and has a form that a person's request never has.
    private static boolean isErrand(Request request) {
        var message = request.message();
        var tools = Json.list(message, "tools");
        if (request.session().isEmpty() || !tools.stream().allMatch(ClientTools::isServerRun)) return false;
        return !tools.isEmpty() || Json.has(message, "output_config", "format") || !request.streams();
    }

    private static boolean isSummary(Request request) {
        return History.sinceTheLastAnswer(request.message()).stream()
            .anyMatch(block -> text(block).contains(SUMMARY) && text(block).contains(TEXT_ONLY));
    }

    private static boolean isSubagent(Request request) {
        return request.isSubagent()
            || History.blocks(Json.find(request.message(), "system")).stream().limit(1)
                .anyMatch(block -> text(block).contains("cc_is_subagent=true"));
    }

    private static String text(JsonElement block) { return Json.text(block, "text"); }
}
