package lib.dialect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A prompt that is longer than the model's window, in every provider's words, becomes the one sentence by which
/// Claude Code knows that it must compact. Sources of the wordings: dialect notes of pi-ai and vercel/ai, 2026-11.
final class Overflow {
    private static final Pattern WORDS = Pattern.compile(String.join("|",
        "prompt (is )?too long", "prompt exceeds max length", "request_too_large", "input is too long for requested model",
        "exceeds the context window", "exceeds? (the )?(model'?s )?maximum context length", "context window exceeded",
        "input token count.*exceeds the maximum", "maximum prompt length is", "reduce the length of the messages",
        "maximum context length (is|of)", "maximum allowed input length of", "is longer than the model'?s context length",
        "exceeds the limit of \\d", "exceeds the available context size", "exceed_context_size", "greater than the context length",
        "context window exceeds limit", "exceeded model token limit", "too large for model with", "but the configured context size is",
        "model_context_window_exceeded", "exceeded (max )?context length", "input length exceeds the context length", "range of input length should be",
        "context[_ ]length[_ ]exceeded", "too many tokens", "token limit exceeded"));
    private static final Pattern THROTTLED = Pattern.compile("rate.?limit|too many requests|throttl|service unavailable|please wait|tokens per minute");
    private static final Pattern WINDOW = Pattern.compile(
        "(?:maximum context length(?: is| of)?|context size(?: is)?|context length|limit of|maximum prompt length is|maximum allowed input length of|model with|window of)\\D{0,3}(\\d+)"
            + "|(\\d+) maximum context length|> (\\d+) maximum");
    private static final Pattern NUMBER = Pattern.compile("\\d{2,}");

    private static final Pattern PROMPT_OF_WINDOW = Pattern.compile("(?:length(?: is| of)?|context size(?: is)?) (\\d+) tokens.*?\\((\\d+) (?:in|of) ");
    private static final int LEAST_ANSWER = 256, MARGIN = 16;

    private Overflow() {}

    /// How long an answer may be beside a prompt that fits by itself, if that is what the text says; else 0.
    static long room(String text) {
        var found = PROMPT_OF_WINDOW.matcher(plain(text));
        if (!found.find()) return 0;
        var free = Long.parseLong(found.group(1)) - Long.parseLong(found.group(2)) - MARGIN;
        return free < LEAST_ANSWER ? 0 : free;
    }

    /// In lower case, and numbers without their separators.
    private static String plain(String text) { return text.replaceAll("(?<=\\d)[,_](?=\\d{3})", "").toLowerCase(Locale.ROOT); }

    static boolean is(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return WORDS.matcher(lower).find() && !THROTTLED.matcher(lower).find();
    }

    /// The client's sentence, or nothing if the text speaks of something else.
    static String in(String message, String code, int status, Route route) {
        var text = message + " " + code;
        if (status == 429 || status >= 500 && !is(text) || !is(text) && !(status == 413 && !THROTTLED.matcher(text.toLowerCase(Locale.ROOT)).find())) return "";
        if (room(text) > 0) return "";
        var plain = plain(message);   // a code is no count
        var window = window(plain, route.model().context());
        var prompt = numbers(plain).stream().filter(n -> n > window).max(Long::compare).orElse(window + 1);
        return "prompt is too long: " + prompt + " tokens > " + window + " maximum";
    }

    private static long window(String text, long known) {
        var named = WINDOW.matcher(text);
        if (named.find()) return Long.parseLong(Stream.of(named.group(1), named.group(2), named.group(3)).filter(n -> n != null).findFirst().orElseThrow());
        var numbers = numbers(text);
        return numbers.size() >= 2 ? numbers.stream().min(Long::compare).orElseThrow() : known;
    }

    private static List<Long> numbers(String text) {
        return NUMBER.matcher(text).results().map(match -> match.group()).filter(digits -> digits.length() < 10).map(Long::valueOf).toList();
    }
}
