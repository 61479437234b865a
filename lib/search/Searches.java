package lib.search;

import module java.base;

import lib.config.*;
import lib.json.*;
import lib.message.*;
import lib.quirk.*;
import lib.route.*;
import lib.wire.*;

/// Who searches the web for a request: its provider if it can, FreeCC with the service that the user has configured, or
/// nobody. SEARCH_PROVIDER chooses FreeCC for every provider but Anthropic itself.
public final class Searches {
    private static final String FUNCTION = "web_search", DESCRIPTION = """
        Searches the web and returns titles, URLs, dates and excerpts of pages. Search for what you do not know or what may have \
        changed. When the results suffice, answer with what they say: whoever asked sees your answer and the list of pages, but \
        not the excerpts.""";

    /// What the settings of the moment say.
    private record Setting(Config config, Optional<Searcher> searcher) {
        boolean isChosen() { return !config.get("SEARCH_PROVIDER").isEmpty() && searcher.isPresent(); }
    }

    private final Supplier<Config> config;
    private final Ids ids;
    private final Consumer<String> log;
    private volatile Setting setting;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /// The settings are asked for with each request that may search, because they may change.
    public Searches(Supplier<Config> config, Ids ids, Consumer<String> log) {
        this.config = config;
        this.ids = ids;
        this.log = log;
        this.setting = setting(config.get());
    }

    private Setting setting(Config now) { return new Setting(now, SearchServices.configured(now, log)); }

    private Setting setting() {
        var now = config.get();
        if (now != setting.config()) setting = setting(now);
        return setting;
    }

    /// The request as the model gets it, where it goes, and what lets the exchange go on.
    public record Plan(Request request, Route route, List<Continuation> continuations) {
        /// The same with continuations between these and the client.
        public Plan with(List<Continuation> nearer) {
            return nearer.isEmpty() ? this : new Plan(request, route, Stream.concat(nearer.stream(), continuations.stream()).toList());
        }
    }

    public Plan plan(Request request, Route route) {
        var message = request.message();
        var wanted = WebSearch.in(message).filter(_ -> !route.has(AnthropicQuirks.CLIENT_HEALS));
        var searches = wanted.isPresent() && route.searches(message);
        if (wanted.isEmpty()) return new Plan(request, route, List.of());
        var setting = setting();
        if (searches && !setting.isChosen()) return byProvider(request, SearchApi.of(route, wanted.get()), wanted.get());
        if (wanted.get().alone() && cannotCall(route) && setting.searcher().isPresent())
            return SearchFirst.plan(request, route, wanted.get(), setting.searcher().get());
        if (setting.searcher().isPresent()) return looped(request, route, wanted.get(), setting.searcher().get());
        if (mayServe(message, route)) return new Plan(request, route, List.of());
        if (wanted.get().alone()) return NoSearch.because("no search service is configured for FreeCC. "
            + "Set one of " + SearchServices.VARIABLES + ".", request, route);
        if (told.add(route.label())) log.accept(route.label() + " does not search the web itself: its models are not offered web search. "
            + "To offer it, set one of " + SearchServices.VARIABLES);
        return new Plan(request.with(WebSearch.leftOut(message)), route, List.of());
    }

    private static boolean cannotCall(Route route) { return route.dialect().shape() == Shape.TEXT || route.has(ToolQuirks.NO_TOOLS); }

    /// An imitation of Anthropic's API of which nothing else is known gets the tool as it is.
    private static boolean mayServe(JsonObject message, Route route) {
        return route.dialect().relays() && !route.hasRefusedSearch(message)
            && !route.has(AnthropicQuirks.NO_SERVER_TOOLS) && !route.has(AnthropicQuirks.NO_WEB_SEARCH);
    }

    private Plan byProvider(Request request, Route route, WebSearch wanted) {
        SearchLoop.Source echo = (_, input) -> new Findings(List.of(), "", Json.write(input));
        List<Continuation> loop = route.has(SearchQuirks.ECHOED_SEARCH)
            ? List.of(new SearchLoop(wanted, SearchQuirks.ECHOED, echo, ids)) : List.of();
        if (!wanted.forced() || wanted.alone() || route.dialect().relays()) return new Plan(request, route, loop);
        var free = Json.shallow(request.message());   // no API can be told to search where there are functions, too
        Json.drop(free, "tool_choice");
        return new Plan(request.with(free), route, loop);
    }

    private Plan looped(Request request, Route route, WebSearch wanted, Searcher service) {
        var function = free(request.message());
        var loop = new SearchLoop(wanted, function, service, ids);
        return new Plan(request.with(offered(request.message(), wanted, function)), route, List.of(loop));
    }

    /// A name that no tool of the client's has.
    private static String free(JsonObject message) {
        var taken = Json.list(message, "tools").stream().filter(tool -> !WebSearch.is(tool)).map(tool -> Json.text(tool, "name")).toList();
        var name = FUNCTION;
        while (taken.contains(name)) name = "freecc_" + name;
        return name;
    }

    private static JsonObject offered(JsonObject message, WebSearch wanted, String function) {
        var own = Json.shallow(message);
        Json.put(own, "tools", Json.arrayOf(Json.list(message, "tools").stream().map(tool -> WebSearch.is(tool) ? function(function) : tool)
            .distinct().toList()));
        if (wanted.forced()) {
            var choice = Json.shallow(Json.at(message, "tool_choice"));
            Json.put(choice, "name", function);
            Json.put(own, "tool_choice", choice);
        }
        return own;
    }

    private static JsonElement function(String name) {
        return Json.object("name", name, "description", DESCRIPTION, "input_schema", Json.object("type", "object",
            "properties", Json.object("query", Json.object("type", "string", "description", "What to search for, in a few words")),
            "required", Json.array("query")));
    }
}
