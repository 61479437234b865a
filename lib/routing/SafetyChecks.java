package lib.routing;

import module java.base;

import lib.config.*;
import lib.message.*;
import lib.route.*;
import lib.wire.*;

/// In auto mode, Claude Code asks before each action whether it is safe, with the whole transcript, and takes Claude for the
/// judge. The question goes to CLASSIFIER_MODEL, else to the small model if its window holds it, else to the big one.
public record SafetyChecks(Routes routes, ContextWindows windows) {
    private static final String VERDICT = "<block>", END = "</block>";

    public Route of(Request request) {
        var usual = windows.fitted(routes.of(request.model()));
        if (!isOne(request)) return usual;
        try {
            if (!usual.label().equals(routes.big().label())) return usual;   // the user chose a judge in Claude Code
            var judge = routes.classifier();
            if (judge.isPresent()) return windows.fitted(judge.get());
            var small = windows.fitted(routes.small());
            var room = request.tokens() + Json.number(request.message(), "max_tokens");
            return small.model().context() >= room ? small : usual;
        } catch (ApiError | Config.Wrong e) {
            return usual;   // a wrong setting of the small model is reported at start
        }
    }

    /// Both of its stages are whole replies without tools, and their instructions ask for a verdict between these tags.
    /// Claude Code 2.1.330 and 2.1.332.
    private static boolean isOne(Request request) {
        var message = request.message();
        if (request.streams() || !Json.list(message, "tools").isEmpty()) return false;
        if (Json.list(message, "stop_sequences").stream().anyMatch(end -> Json.isText(end) && Json.text(end).equals(END))) return true;
        var turns = Json.list(message, "messages");
        if (turns.isEmpty()) return false;   // such a request is refused later
        return Stream.of(Json.find(message, "system"), Json.find(turns.getLast(), "content"))
            .flatMap(content -> History.blocks(content).stream()).anyMatch(block -> Json.text(block, "text").contains(VERDICT));
    }
}
