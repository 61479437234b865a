package lib.answer;

import module java.base;

import lib.json.*;
import lib.reply.*;

/// The tokens that a provider counts, wherever it puts them and whatever it calls them.
public final class TokenCounts {
    private static final List<String> PROMPT = List.of("prompttokens", "inputtokens", "prompttokencount", "inputtokencount",
        "promptevalcount", "numprompttokens"),
        OUTPUT = List.of("completiontokens", "outputtokens", "candidatestokencount", "completiontokencount", "outputtokencount",
            "generatedtokens", "evalcount", "predictedn", "numcompletiontokens"),
        CACHED = List.of("cachedtokens", "promptcachehittokens", "numcachedtokens", "cachedcontenttokencount", "cachedprompttokens",
            "cachereadtokens", "cachereadinputtokens", "cachen", "promptevalcachedcount"),
        WRITTEN = List.of("cachewritetokens", "cachecreationtokens", "createdcachetokens", "cachecreationinputtokens",
            "cachewriteinputtokens"),
        REASONING = List.of("reasoningtokens", "thoughtstokencount", "thinkingtokens"),
        FIVE_MINUTES = List.of("ephemeral5minputtokens"), HOUR = List.of("ephemeral1hinputtokens"),
        SEARCHES = List.of("websearchrequests", "numsearchqueries");
    private static final List<String[]> PLACES = List.of(new String[] {"usage"}, new String[] {"x_groq", "usage"},
        new String[] {"usageMetadata"}, new String[] {"usage_metadata"},
        new String[] {"token_usage"}, new String[] {"message", "usage"}, new String[] {"timings"}),
        OF_CHOICES = List.of(new String[] {"usage"}, new String[] {"delta", "usage"}, new String[] {"message", "usage"});

    private TokenCounts() {}

    /// What a chunk or a whole reply counts. Of several places the first that counts anything is right.
    public static Optional<Event.Usage> in(JsonElement chunk) {
        var places = new ArrayList<JsonElement>();
        for (var path : PLACES) if (Json.has(chunk, path)) places.add(Json.find(chunk, path));
        for (var choice : Json.list(chunk, "choices"))
            for (var path : OF_CHOICES) if (Json.has(choice, path)) places.add(Json.find(choice, path));
        if (Json.has(chunk, "prompt_eval_count") || Json.has(chunk, "eval_count")) places.add(chunk);
        if (places.isEmpty()) return Optional.empty();   // as in most chunks
        var found = places.stream().map(TokenCounts::of).flatMap(Optional::stream).toList();
        return found.stream().filter(usage -> usage.prompt() + usage.output() > 0).findFirst().or(() -> found.stream().findFirst());
    }

    /// What one such place says.
    public static Optional<Event.Usage> of(JsonElement usage) {
        var top = counts(usage);
        var all = new HashMap<>(top);
        for (var key : Json.keys(usage)) counts(Json.at(usage, key)).forEach(all::putIfAbsent);   // details
        if (Stream.of(PROMPT, OUTPUT, List.of("promptn")).flatMap(List::stream).noneMatch(all::containsKey)) return Optional.empty();
        var cached = most(all, CACHED);
        var hour = most(all, HOUR);
        var written = Math.max(most(all, WRITTEN), hour + most(all, FIVE_MINUTES));
        var prompt = most(all, PROMPT) + all.getOrDefault("tooluseprompttokencount", 0L);
        // llama.cpp's timings leave out what it had in its cache
        if (all.containsKey("promptn")) prompt = all.get("promptn") + all.getOrDefault("cachen", 0L);
        var output = most(all, OUTPUT);
        var reasoning = most(all, REASONING);
        var total = all.getOrDefault("totaltokens", 0L);
        // xAI and Gemini leave it out of the output.
        if (all.containsKey("thoughtstokencount") || reasoning > 0 && total == prompt + output + reasoning) output += reasoning;
        var apart = excludesCache(top) || cached + written > 0 && total == prompt + cached + written + output;
        var counted = apart ? new Event.Usage(prompt, cached, written, output) : Event.Usage.ofPrompt(prompt, cached, written, output);
        return Optional.of(counted.with(new Event.Usage.Details(hour, reasoning, most(all, SEARCHES))));
    }

    /// Anthropic's own words, and its sense: the input is what was neither read from the cache nor written to it.
    private static boolean excludesCache(Map<String, Long> top) {
        return top.containsKey("inputtokens") && (top.containsKey("cachereadinputtokens") || top.containsKey("cachecreationinputtokens"));
    }

    /// `prompt_tokens`, `promptTokens` and `PromptTokens` are one name.
    private static Map<String, Long> counts(JsonElement usage) {
        var counts = new HashMap<String, Long>();
        for (var key : Json.keys(usage)) if (Json.isNumber(usage, key)) counts.put(key.replace("_", "").toLowerCase(Locale.ROOT),
            Json.number(usage, key));
        return counts;
    }

    private static long most(Map<String, Long> counts, List<String> names) { return names.stream()
        .mapToLong(name -> counts.getOrDefault(name, 0L)).max().orElse(0); }
}
