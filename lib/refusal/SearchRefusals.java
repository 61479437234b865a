package lib.refusal;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// Refusals of a web search that the provider was asked to make itself. Models, regions and plans differ in what they offer.
public final class SearchRefusals {
    private static final Pattern SEARCH = Pattern.compile("(web|google|browser)[ _-]?search|enable_search|search_(options|settings)"
        + "|search grounding|grounding (tool|with google)|search as (a )?tool|internet search"
        + "|hosted tool|server[ -](side )?tool|built-?in[ _](tool|function)"
        + "|\u8054\u7f51\u641c\u7d22"),   // "search over the network", as DashScope and Z.AI call it
        REFUSED = Pattern.compile("cannot be (used|combined)|can't be|not enabled|no access|not have access|disabled|one of|choose one"
            + "|does not (exist|have)|not found|no such|required|\u4e0d\u652f\u6301"),   // "does not support"
        PLACE = Pattern.compile("\\btools?[\\[./ \",]{1,3}(\\d{1,4})\\b");
    private static final Set<String> FUNCTIONS = Set.of("", "function", "custom");

    private SearchRefusals() {}

    /// The message offers a search, and `sent` is what became of it. Anthropic's own refusals are the client's to handle.
    public static Optional<Fix> fix(ApiError refusal, JsonObject sent, JsonObject message, Route route) {
        var wanted = WebSearch.in(message);
        if (wanted.isEmpty() || route.has(AnthropicQuirks.CLIENT_HEALS)) return Optional.empty();
        var text = Wording.of(refusal.getMessage(), WebSearch.leftOut(sent), route.name());
        var refused = Refusals.isRefused(text) || REFUSED.matcher(text).find();
        if (!refused || !SEARCH.matcher(text).find() && !isAtItsPlace(text, sent)) return Optional.empty();
        return Optional.of(wanted.get().alone() ? Fix.NO_SEARCH : Fix.NO_SEARCH_BESIDE_TOOLS);
    }

    /// The refusal counts to the tool and does not name it.
    private static boolean isAtItsPlace(String text, JsonObject sent) {
        var tools = Json.list(sent, "tools");
        return PLACE.matcher(text).results().mapToInt(found -> Integer.parseInt(found.group(1))).filter(at -> at < tools.size())
            .anyMatch(at -> !FUNCTIONS.contains(Json.text(tools.get(at), "type")));
    }
}
