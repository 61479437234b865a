package lib.refusal;

import module java.base;

import lib.json.*;
import lib.wire.*;

/// The words of a refusal that rules may match: in lower case, without what somebody else named or wrote, such as the model,
/// the tools, paths and quoted text. A tool with `vision` in its name says nothing about images.
public final class Wording {
    private static final Pattern NAME = Pattern.compile("(?<![\\w-])[\\w-]{2,128}+"),
        PLAIN = Pattern.compile("[a-z]+", Pattern.CASE_INSENSITIVE);
    /// Words that only an explicit `tool` or `function` before them makes a tool's name: a tool may be called `image` or `think`.
    private static final Pattern CALLED = Pattern.compile("(?:tool|function)s?\\W{1,3}$", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'[^'\\n]{1,2000}'(?!\\w)|\"[^\"\\n]{1,2000}\"|`[^`\\n]{1,2000}`");
    /// A text after one of these is what the host says, though it is in quotation marks.
    private static final Pattern SAYING = Pattern.compile("(?:msg|message|detail|error|reason)['\"]?\\s{0,3}[:=]\\s{0,3}$",
        Pattern.CASE_INSENSITIVE);
    private static final Pattern FOREIGN = Pattern.compile("https?://\\S{1,2000}+|(?<![\\w#./])(?:[a-z]:)?[\\\\/][\\w.@~ "
        + "-]{1,80}(?:[\\\\/][\\w.@~-]{1,80}){1,30}|(?<![\\w./-])(?:[\\w-]{1,80}/){0,12}"
        + "[\\w-]{1,80}+\\.(?:png|jpe?g|gif|webp|pdf|txt|md|json|py|js|ts|java)\\b"
        + "|context=\\([^)]{0,1000}\\)|(?<=properties)(?!:)\\W{1,6}\\w{1,64}", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERED = Pattern.compile("[\\\\/]\\d{1,4}(?:[\\\\/]|$)");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3})"),
        IDENTITY = Pattern.compile("\\b(?=[\\w-]{0,64}\\d)[\\w-]{12,64}\\b|\\b\\d{10,}\\b");

    private Wording() {}

    /// `sent` is what was refused.
    public static String of(String message, JsonObject sent, String model) {
        var text = ApiError.cut(message);
        var without = FOREIGN.matcher(QUOTED.matcher(named(text, tools(sent), model)).replaceAll(Wording::quoted))
            .replaceAll(found -> NUMBERED.matcher(found.group()).find() ? Matcher.quoteReplacement(found.group()) : " ");
        var plain = plain(without);
        return Refusals.isRefused(plain) || !Refusals.isRefused(plain(text)) ? plain : plain(named(text, tools(sent), model));
    }

    private static String plain(String text) { return THOUSANDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(""); }

    private static Set<String> tools(JsonObject sent) {
        var names = new HashSet<String>();
        for (var list : List.of("tools", "functions", "toolConfig")) Json.eachObject(Json.find(sent, list), tool -> {
            if (Json.isText(tool, "name")) names.add(Json.text(tool, "name"));
        });
        return names;
    }

    private static String named(String text, Set<String> tools, String model) {
        var bare = replaced(text, model);
        return NAME.matcher(bare).replaceAll(found -> isTool(found.group(), tools,
            bare.substring(Math.max(0, found.start() - 12), found.start())) ? "it" : Matcher.quoteReplacement(found.group()));
    }

    private static boolean isTool(String name, Set<String> tools, String before) {
        return name.startsWith("mcp__") || tools.contains(name) && (!PLAIN.matcher(name).matches() || CALLED.matcher(before).find());
    }

    /// The model's name may contain a parameter's: `grok-4-fast-reasoning`.
    private static String replaced(String text, String model) {
        return model.isEmpty() ? text : text.replaceAll("(?<![\\w-])" + Pattern.quote(model) + "(?![\\w-])", "the model");
    }

    private static String quoted(MatchResult found) {
        var all = found.group();
        if (all.strip().indexOf(' ') < 0) return Matcher.quoteReplacement(all);
        return "''";
    }

    /// What stays the same when a request is refused twice: everything but the ids and times in it.
    public static String lasting(String message) { return IDENTITY.matcher(message).replaceAll("*"); }
}
