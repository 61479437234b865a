package lib.quirk;

import module java.base;

import lib.json.*;
import lib.message.*;
import lib.model.*;
import lib.route.*;

/// How providers that search the web themselves are asked to. Where a filter is not theirs, the results are filtered here.
public enum SearchQuirks implements Quirk {
    /// A tool, whose sources come on request. https://platform.openai.com/docs/guides/tools-web-search ; openai 6.49.0, 2026-11.
    HOSTED_SEARCH(RESPONSES_BODIES, (body, wanted, _) -> {
        var tool = Json.object("type", "web_search");
        if (!wanted.domains().allowed().isEmpty())
            Json.put(tool, "filters", Json.object("allowed_domains", Json.arrayOf(Domains.hosts(wanted.domains().allowed()))));
        if (!wanted.place().isEmpty()) Json.put(tool, "user_location", wanted.place());
        add(body, "tools", tool);
        add(body, "include", Json.tree("web_search_call.action.sources"));
        if (wanted.alone() && wanted.forced()) Json.put(body, "tool_choice", "required");
        if (Json.text(body, "reasoning", "effort").equals("minimal"))   // "web_search cannot be used with reasoning.effort 'minimal'"
            Json.put(Json.at(body, "reasoning"), "effort", "low");
    }),

    /// The same with at most five domains, beside its type. https://docs.x.ai/docs/guides/tools/search-tools ; @ai-sdk/xai 3.0.138.
    HOSTED_SEARCH_OF_FIVE(RESPONSES_BODIES, (body, wanted, _) -> {
        var tool = Json.object("type", "web_search");
        var only = Domains.hosts(wanted.domains().allowed());
        var not = wanted.domains().blockedWhole();
        if (!only.isEmpty() && only.size() <= 5) Json.put(tool, "allowed_domains", Json.arrayOf(only));
        else if (only.isEmpty() && !not.isEmpty())
            Json.put(tool, "excluded_domains", Json.arrayOf(not.subList(0, Math.min(5, not.size()))));
        add(body, "tools", tool);
    }),

    /// A tool, at a price. Only its own models, which are made for it, and requests for a search get it.
    /// https://docs.perplexity.ai/agent-api/tools ; 2026-11.
    WEB_SEARCH(RESPONSES_BODIES, (body, _, _) -> add(body, "tools", Json.object("type", "web_search"))),

    /// A tool of the gateway's that works with every model. https://openrouter.ai/docs/features/server-tools ; @openrouter/sdk 1.3.19.
    GATEWAY_SEARCH(CHAT_BODIES, (body, wanted, _) -> {
        var parameters = Json.object("max_uses", wanted.maxUses());
        var only = Domains.hosts(wanted.domains().allowed());
        if (!only.isEmpty()) Json.put(parameters, "allowed_domains", Json.arrayOf(only));
        else if (!wanted.domains().blockedWhole().isEmpty())
            Json.put(parameters, "excluded_domains", Json.arrayOf(wanted.domains().blockedWhole()));
        if (!wanted.place().isEmpty()) Json.put(parameters, "user_location", wanted.place());
        add(body, "tools", Json.object("type", "openrouter:web_search", "parameters", parameters));
    }),

    /// Models that search on their own and take no functions, and others with a tool for it that stands alone.
    /// https://console.groq.com/docs/compound , https://console.groq.com/docs/browser-search ; groq-sdk 1.6.0.
    COMPOUND_SEARCH(CHAT_BODIES, (body, wanted, route) -> {
        if (!isCompound(route)) {
            add(body, "tools", Json.object("type", "browser_search"));
            Json.put(body, "tool_choice", wanted.forced() ? "required" : "auto");
            return;
        }
        var settings = new JsonObject();
        if (!wanted.domains().allowed().isEmpty())
            Json.put(settings, "include_domains", Json.arrayOf(Domains.hosts(wanted.domains().allowed())));
        if (!wanted.domains().blockedWhole().isEmpty())
            Json.put(settings, "exclude_domains", Json.arrayOf(wanted.domains().blockedWhole()));
        if (!settings.isEmpty()) Json.put(body, "search_settings", settings);
    }),

    /// A tool with settings, whose results come beside the choices. https://docs.z.ai/guides/tools/web-search ; 2026-11.
    SEARCH_TOOL(CHAT_BODIES, (body, wanted, _) -> {
        var settings = Json.object("enable", true, "search_engine", "search-prime", "search_result", true);
        var only = Domains.hosts(wanted.domains().allowed());
        if (only.size() == 1) Json.put(settings, "search_domain_filter", only.getFirst());
        add(body, "tools", Json.object("type", "web_search", "web_search", settings));
    }),

    /// A switch. The sources come only in the provider's own API. https://help.aliyun.com/en/model-studio/web-search ; 2026-11.
    ENABLE_SEARCH(CHAT_BODIES, (body, wanted, _) -> {
        Json.put(body, "enable_search", true);
        Json.put(body, "search_options", Json.object("forced_search", wanted.alone() || wanted.forced()));
    }),

    /// Its Responses API tells the sources, and takes requests for a search and nothing else.
    /// https://help.aliyun.com/en/model-studio/compatibility-with-openai-responses-api ; 2026-11.
    RESPONSES_SEARCH(CHAT_BODIES, (_, _, _) -> { }),

    /// Another API of the provider's searches, and its chat does not. https://docs.mistral.ai/agents/connectors/websearch ; 2026-11.
    CONVERSATIONS_SEARCH(CHAT_BODIES, (_, _, _) -> { }),

    /// A function of the provider's own that the model calls: its arguments go back as its result, and the search happens
    /// between. Not with thinking. https://platform.moonshot.ai/docs/guide/use-web-search ; 2026-11.
    ECHOED_SEARCH(CHAT_BODIES, (body, _, _) -> {
        add(body, "tools", Json.object("type", "builtin_function", "function", Json.object("name", SearchQuirks.ECHOED)));
        Json.put(body, "thinking", Json.object("type", "disabled"));
        var sent = ToolNames.of(new JsonObject(), 64).sent(SearchQuirks.ECHOED);   // `$` is replaced in names
        for (var turn : Json.list(body, "messages"))
            for (var call : Json.list(turn, "tool_calls"))
                if (Json.text(call, "function", "name").equals(sent)) Json.put(Json.at(call, "function"), "name", SearchQuirks.ECHOED);
    }),

    /// Google Search for Gemini, beside functions only from Gemini 3 on and not on Vertex AI.
    /// https://ai.google.dev/gemini-api/docs/google-search ; @google/genai 2.32.0.
    GROUNDING(Set.of(Shape.OWN), (body, wanted, route) -> {
        var settings = new JsonObject();
        if (isVertex(route) && !wanted.domains().blockedWhole().isEmpty())
            Json.put(settings, "excludeDomains", Json.arrayOf(wanted.domains().blockedWhole()));
        add(body, "tools", Json.object("googleSearch", settings));
        if (wanted.alone()) return;
        if (!Json.has(body, "toolConfig")) Json.put(body, "toolConfig", new JsonObject());
        Json.put(Json.at(body, "toolConfig"), "includeServerSideToolInvocations", true);
    });

    /// The function's name.
    public static final String ECHOED = "$web_search";

    @FunctionalInterface private interface How {
        void ask(JsonObject body, WebSearch wanted, Route route);
    }

    private final Set<Shape> shapes;
    private final How how;

    SearchQuirks(Set<Shape> shapes, How how) {
        this.shapes = shapes;
        this.how = how;
    }

    @Override public Set<Shape> shapes() { return shapes; }

    /// A model that is made for searches is offered one also by requests that do not ask for any.
    @Override public void patch(Draft draft, Request request, Route route) {
        if (route.hasRefusedSearch(request.message())) return;
        var wanted = WebSearch.in(request.message());
        var always = this == WEB_SEARCH && !route.name().contains("/") && !isForbidden(request.message());
        if (wanted.isPresent() ? searches(request.message(), route) : always)
            how.ask(draft.body(), wanted.orElse(WebSearch.ANY), route);
    }

    private static boolean isForbidden(JsonObject message) {
        return Set.of("none", "tool").contains(Json.text(message, "tool_choice", "type"));
    }

    @Override public boolean searches(JsonObject message, Route route) {
        return switch (this) {
            case COMPOUND_SEARCH -> isCompound(route) || route.name().contains("gpt-oss") && isAlone(message);
            case GROUNDING -> route.family() == Family.GEMINI && (isAlone(message) || isThird(route) && !isVertex(route));
            case RESPONSES_SEARCH -> false;   // another quirk says that it searches
            case CONVERSATIONS_SEARCH -> isAlone(message) && !route.fixes().contains(Fix.SEARCH_IN_CHAT);
            default -> true;
        };
    }

    private static boolean isAlone(JsonObject message) { return WebSearch.in(message).filter(WebSearch::alone).isPresent(); }

    private static boolean isCompound(Route route) { return route.name().contains("compound"); }

    private static boolean isThird(Route route) { return route.model().hasLevels() || ModelName.of(route.name()).version() >= 3; }

    private static boolean isVertex(Route route) { return route.base().contains("/publishers/"); }

    private static void add(JsonObject body, String list, JsonElement one) {
        var all = new ArrayList<>(Json.list(body, list));
        all.add(one);
        Json.put(body, list, Json.arrayOf(all));
    }
}
