package lib.search;

import lib.dialect.conversations.*;
import lib.dialect.responses.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;

/// The API in which a provider makes a search, where that is not the one of the conversation, or tells more.
final class SearchApi {
    private SearchApi() {}

    /// The route of a request for nothing but a search. If that API refuses it, the conversation's own is asked.
    static Route of(Route route, WebSearch wanted) {
        if (!wanted.alone() || route.fixes().contains(Fix.SEARCH_IN_CHAT)) return route;
        if (route.has(SearchQuirks.RESPONSES_SEARCH)) return route.speaking(new OpenAiResponses(), SearchQuirks.HOSTED_SEARCH);
        var converses = route.has(SearchQuirks.CONVERSATIONS_SEARCH);
        return converses ? route.speaking(new Conversations(), SearchQuirks.CONVERSATIONS_SEARCH) : route;
    }
}
