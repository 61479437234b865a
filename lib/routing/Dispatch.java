package lib.routing;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Which route a request takes: what Claude Code does on its own goes by its role, everything else by the model that it
/// names and by its length. README.md has the table.
public record Dispatch(Routes routes, ContextWindows windows, Calibration calibration) {
    public Route of(Request request) {
        var role = Role.of(request);
        return windows.fitted(role == Role.CLASSIFIER ? judge(request) : own(role, request).orElseGet(() -> conversation(request)));
    }

    private Optional<Route> own(Role role, Request request) {
        var own = switch (role) {
            case SEARCH -> routes.role("SEARCH_MODEL");
            case BACKGROUND -> routes.role("BACKGROUND_MODEL");
            case COMPACTION -> routes.role("BACKGROUND_MODEL").filter(route -> fits(request, windows.fitted(route)));
            case MAIN, SUBAGENT, CLASSIFIER -> Optional.<Route>empty();
        };
        return own.isPresent() || role != Role.SUBAGENT && !request.isSubagent() ? own : routes.role("SUBAGENT_MODEL");
    }

    /// LONG_MODEL answers what is longer than its setting says, or than the window of the model that is named.
    private Route conversation(Request request) {
        var usual = routes.of(request.model());
        var longer = routes.isExplicit(request.model()) ? Optional.<Route>empty() : routes.role("LONG_MODEL");
        if (longer.isEmpty()) return usual;
        var isLong = routes.longPrompt().stream().anyMatch(tokens -> request.tokens() > tokens) || !fits(request, windows.fitted(usual));
        return isLong ? longer.get() : usual;
    }

    /// Whether the window holds the prompt and its answer. The estimate of the prompt may be a tenth too low, and an answer is
    /// seldom as long as it may be.
    private boolean fits(Request request, Route route) {
        var answer = Math.min(route.model().answer(Json.number(request.message(), "max_tokens")), route.model().context() / 4);
        return calibration.tokens(request, route) * 10 / 9 + answer <= route.model().context();
    }

    /// In auto mode, Claude Code asks before each action whether it is safe, with the whole transcript, and takes Claude for
    /// the judge. The question goes to CLASSIFIER_MODEL, else to the small model if its window holds it, else to the big one.
    private Route judge(Request request) {
        var usual = routes.of(request.model());
        try {
            if (Tier.CONVERSATION.stream().noneMatch(tier -> usual.label().equals(routes.of(tier).label())))
                return usual;   // the user chose a judge in Claude Code
            var judge = routes.role("CLASSIFIER_MODEL");
            if (judge.isPresent()) return judge.get();
            var small = windows.fitted(routes.small());
            var room = calibration.tokens(request, small) + Json.number(request.message(), "max_tokens");
            return small.model().context() >= room ? small : usual;
        } catch (ApiError | Config.Wrong e) {
            return usual;   // a wrong setting is reported at start
        }
    }
}
