package lib.answer;

import module java.base;

import lib.json.*;
import lib.reply.*;

/// The tokens that a provider counts, wherever it puts them and whatever it calls them.
public final class TokenCounts {
    private enum Kind {
        PROMPT("prompttokens", "inputtokens", "prompttokencount", "inputtokencount", "promptevalcount", "numprompttokens"),
        OUTPUT("completiontokens", "outputtokens", "candidatestokencount", "completiontokencount", "outputtokencount",
            "generatedtokens", "evalcount", "predictedn", "numcompletiontokens"),
        CACHED("cachedtokens", "promptcachehittokens", "numcachedtokens", "cachedcontenttokencount", "cachedprompttokens",
            "cachereadtokens", "cachereadinputtokens", "cachen", "promptevalcachedcount"),
        WRITTEN("cachewritetokens", "cachecreationtokens", "createdcachetokens", "cachecreationinputtokens", "cachewriteinputtokens"),
        REASONING("reasoningtokens", "thoughtstokencount", "thinkingtokens"),
        FIVE_MINUTES("ephemeral5minputtokens"), HOUR("ephemeral1hinputtokens"),
        SEARCHES("websearchrequests", "numsearchqueries");

        private static final Map<String, Kind> BY_NAME = Stream.of(values())
            .flatMap(kind -> kind.names.stream().map(name -> Map.entry(name, kind)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

        private final List<String> names;

        Kind(String... names) { this.names = List.of(names); }

        /// The largest count of each kind. Some servers write -1 for one that they do not know.
        static Map<Kind, Long> largest(Map<String, Long> counts) {
            var largest = new EnumMap<Kind, Long>(Kind.class);
            counts.forEach((name, count) -> {
                var kind = BY_NAME.get(name);
                if (kind != null) largest.merge(kind, Math.max(0, count), Math::max);
            });
            return largest;
        }
    }

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

    /// What one such place says. Some providers say it in every chunk.
    public static Optional<Event.Usage> of(JsonElement usage) {
        var all = new HashMap<String, Long>();
        count(usage, all::put);
        var apart = excludesCache(all);
        for (var key : Json.keys(usage)) count(Json.find(usage, key), all::putIfAbsent);   // details
        var most = Kind.largest(all);
        if (!most.containsKey(Kind.PROMPT) && !most.containsKey(Kind.OUTPUT) && !all.containsKey("promptn")) return Optional.empty();
        var cached = most.getOrDefault(Kind.CACHED, 0L);
        var hour = most.getOrDefault(Kind.HOUR, 0L);
        var written = Math.max(most.getOrDefault(Kind.WRITTEN, 0L), hour + most.getOrDefault(Kind.FIVE_MINUTES, 0L));
        var prompt = most.getOrDefault(Kind.PROMPT, 0L) + all.getOrDefault("tooluseprompttokencount", 0L);
        // llama.cpp's timings leave out what it had in its cache
        if (all.containsKey("promptn")) prompt = all.get("promptn") + all.getOrDefault("cachen", 0L);
        var output = most.getOrDefault(Kind.OUTPUT, 0L);
        var reasoning = most.getOrDefault(Kind.REASONING, 0L);
        var total = all.getOrDefault("totaltokens", 0L);
        // xAI and Gemini leave it out of the output.
        if (all.containsKey("thoughtstokencount") || reasoning > 0 && total == prompt + output + reasoning) output += reasoning;
        apart |= cached + written > 0 && total == prompt + cached + written + output;
        var counted = apart ? new Event.Usage(prompt, cached, written, output) : Event.Usage.ofPrompt(prompt, cached, written, output);
        return Optional.of(counted.with(new Event.Usage.Details(hour, reasoning, most.getOrDefault(Kind.SEARCHES, 0L))));
    }

    /// Anthropic's own words, and its sense: the input is what was neither read from the cache nor written to it.
    private static boolean excludesCache(Map<String, Long> top) {
        return top.containsKey("inputtokens") && (top.containsKey("cachereadinputtokens") || top.containsKey("cachecreationinputtokens"));
    }

    /// `prompt_tokens`, `promptTokens` and `PromptTokens` are one name.
    private static void count(JsonElement usage, BiConsumer<String, Long> counts) {
        for (var key : Json.keys(usage))
            if (Json.isNumber(usage, key)) counts.accept(key.replace("_", "").toLowerCase(Locale.ROOT), Json.number(usage, key));
    }
}
