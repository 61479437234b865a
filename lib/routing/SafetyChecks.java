package lib.routing;

import module java.base;

import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// In auto mode, Claude Code asks before each action whether it is safe, with the whole transcript, and takes Claude for the
/// judge. The question goes to CLASSIFIER_MODEL, else to the small model if its window holds it, else to the big one.
public record SafetyChecks(Routes routes, ContextWindows windows) {
    public Route of(Request request) {
        var usual = windows.fitted(routes.of(request.model()));
        if (Role.of(request) != Role.CLASSIFIER) return usual;
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
}
