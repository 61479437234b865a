package lib.refusal;

import module java.base;

import lib.model.*;
import lib.reply.*;
import lib.wire.*;

/// Recognizes a prompt that exceeds the model's context window in every provider's wording, and replaces it with the
/// sentence that makes Claude Code compact; a prompt that fits, but not together with so long an answer, gets the sentence
/// that makes it ask for a shorter one. Sources of the wordings: pi-ai, vercel/ai and the hosts' own sources, 2026-11.
public final class Overflow {
    private static final Pattern WORDS = Pattern.compile(String.join("|",
        "prompt (is )?too long", "prompt exceeds max length", "request_too_large", "input is too long for requested model",
        "exceeds the context window", "exceeds? (the )?(model'?s )?maximum context length", "context window exceeded",
        "input token count.{0,40}exceeds the maximum", "maximum prompt length is", "reduce the length of the (messages|prompt|input)",
        "maximum context length (is|of)", "maximum allowed input length of", "is longer than the model'?s context length",
            "is longer than the maximum model length",
        "exceeds the available context size", "exceed_context_size", "context size has been exceeded",
            "greater than the context length",
        "context window exceeds limit", "exceeded model token limit", "too large for model with", "but the configured context size is",
        "model_context_window_exceeded", "max_prompt_tokens_exceeded", "exceeded (max )?context length",
            "input length exceeds the context length", "range of input length should be", "exceed context limit",
        "context[_ ]length[_ ]exceeded", "(?<!daily |monthly )token limit exceeded", "exceed the total tokens limit",
            "tokens \\+ `max_new_tokens` must be", "inputs`? must have less than"));
    /// What may be too long, and that it is, in words of hosts that are not listed above; and what else may be too long or too many.
    private static final String SUBJECT = "\\b(?:prompt|inputs?|messages?|conversation|context|tokens?|sequence|payload|request "
        + "body|content)",
        EXCESS = "(?:exceed|too (?:long|large|many|big)|(?:longer|larger|greater) than|overflow|over the limit|"
            + "> ?\\w{0,12}[( ]{0,2}\\d{3})";
    private static final Pattern LIKELY = Pattern.compile(SUBJECT + "(?![\\w]).{0,60}" + EXCESS + "|content_length_exceed|"
        + "exceed.{0,60}" + SUBJECT + "\\b|too many (?:input |prompt )?tokens|(?:cannot|can't|not) fit.{0,40}" + SUBJECT
        + "|\\btokens?\\b.{0,20}\\b(?:limit|max|got)\\b.{0,20}\\d{4}|(?:输入|prompt|上下文|内容|对话|消息|tokens?).{0,20}(?:过长|超长|超出|超过)");
    private static final Pattern OTHER = Pattern.compile("\\b(?:images?|pictures?|pixels?|pdfs?|documents?|pages?|files?|tools?|functions?|"
        + "descriptions?|names?|ids?|stop|array|string|metadata|user_id|output|completions?|max_\\w{0,20}tokens|budget_tokens|quota|"
        + "credits?|"
        + "daily|monthly|weekly|per (?:minute|day|hour|second|month)|concurren\\w{0,4}|timed out|timeout|schema|temperature|top_[kp]|"
        + "n|audio|video|headers?|batch|url|cache_control|filter\\w{0,4}|severity|policy|moderation|safety|grammar)\\b"
        + "|图片|文件|频率|配额|余额|每分钟|并发");
    private static final Pattern THROTTLED = Pattern.compile("rate.?limit|too many requests|throttl|service unavailable|please wait|"
        + "tokens per minute");
    private static final Pattern WINDOW = any(
        "(?:maximum context length(?: is| of)?|context size(?: is)?|context length|limit of|token limit:|maximum prompt length is|maximum "
            + "allowed input length of|model with|window of)\\D{0,3}(\\d{1,12})",
        "max size: (\\d{1,12}) tokens", "(\\d{1,12}) maximum context length", "> (\\d{1,12}) maximum",
            "exceed context limit: \\d{1,12} \\+ \\d{1,12} > (\\d{1,12})",
            "must be <= (\\d{1,12})", "should be \\[\\d{1,12}, ?(\\d{1,12})");
    /// A number that stands alone is the window where words like these precede it.
    private static final Pattern LIMIT = Pattern.compile("(?:limit|max|最大)[^(]{0,20}?(?<! by )\\b(\\d{4,9})\\b");
    private static final Pattern INPUT = any("has (\\d{1,12}) input tokens", "contains (?:at least )?(\\d{1,12}) input tokens",
        "(\\d{1,12}) tokens from the input",
        "(\\d{1,12}) `inputs` tokens", "exceed context limit: (\\d{1,12})");
    private static final Pattern OUTPUT = any("(\\d{1,12}) (?:tokens )?(?:in|for) the (?:completion|output)",
        "requested (\\d{1,12}) output tokens",
        "is too large: (\\d{1,12})",
        "(\\d{1,12}) `max_new_tokens`", "exceed context limit: \\d{1,12} \\+ (\\d{1,12})");
    private static final Pattern TOTAL = Pattern.compile("you requested (?:about )?(\\d{1,12}) tokens");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])\\d{4,9}(?![\\w-])");
    private static final Set<Integer> LIKELY_STATUSES = Set.of(400, 413, 500);
    /// If less than this is left for the answer, only a shorter prompt helps.
    private static final long ROOM = 2_048;

    private Overflow() {}

    /// Whether it is one of the sentences above.
    public static boolean isSaid(ApiError error) {
        var words = error.getMessage();
        return words.startsWith("prompt is too long: ") || words.startsWith("input length and `max_tokens` exceed");
    }

    private static Pattern any(String... forms) { return Pattern.compile(String.join("|", forms)); }

    private static boolean is(String text, int status) {
        if (THROTTLED.matcher(text).find()) return false;
        return WORDS.matcher(text).find() || LIKELY_STATUSES.contains(status) && LIKELY.matcher(text).find() && !OTHER.matcher(text).find();
    }

    /// The sentence for the client, or empty if the error is about something else.
    public static String in(String message, String code, int status, Model model) {
        var all = (message + " " + code).toLowerCase(Locale.ROOT);
        if (status == 429 || !is(all, status) && (status != 413 || THROTTLED.matcher(all).find())) return "";
        var text = message.replaceAll("(?<=\\d)[,_](?=\\d{3})", "").toLowerCase(Locale.ROOT);
        var numbers = NUMBER.matcher(text).results().map(MatchResult::group).map(Long::valueOf).toList();
        var window = number(WINDOW, text).or(() -> numbers.size() > 1 ? Optional.of(smallest(numbers)) : number(LIMIT, text))
            .orElse(model.context());
        var output = number(OUTPUT, text);
        var input = number(INPUT, text).or(() -> output.flatMap(tokens -> number(TOTAL, text).map(total -> total - tokens)));
        if (output.isPresent() && input.isPresent() && window - input.get() >= ROOM)
            return "input length and `max_tokens` exceed context limit: " + input.get() + " + " + output.get() + " > " + window;
        return tooLong(input.filter(tokens -> tokens > window).or(() -> numbers.stream().filter(n -> n > window).max(Long::compare))
            .orElse(window + 1), window);
    }

    /// Some hosts report no error: the answer ends before its first word because the prompt fills the window.
    public static void check(Event.Usage usage, Model model) {
        var prompt = usage.prompt();
        if (usage.output() == 0 && prompt >= model.context() / 100 * 99)
            throw ApiError.invalid(tooLong(Math.max(prompt, model.context() + 1), model.context()));
    }

    private static String tooLong(long prompt, long window) { return "prompt is too long: " + prompt + " tokens > " + window + " maximum"; }

    private static long smallest(List<Long> numbers) { return numbers.stream().min(Long::compare).orElseThrow(); }

    private static Optional<Long> number(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().map(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group)
            .filter(group -> group != null && group.length() < 10).findFirst().orElse("0")).map(Long::valueOf).filter(n -> n > 0);
    }
}
