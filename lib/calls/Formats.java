package lib.calls;

import module java.base;

import lib.model.*;
import lib.wire.*;

/// The forms in which models write calls, and which models write which. Tokens are on for every model; what is plain
/// letters needs a model that is known for it. After SGLang 0.5.23, sglang/srt/function_call, and the threads named; 2026-11.
final class Formats {
    private static final Set<Family> CLOSED = EnumSet.of(Family.CLAUDE, Family.GPT, Family.GPT_3, Family.GPT_4, Family.O_SERIES,
        Family.GEMINI, Family.GROK, Family.NOVA),
        INVOKES = EnumSet.of(Family.CLAUDE, Family.MINIMAX, Family.KIMI),
        TAGS = EnumSet.of(Family.QWEN, Family.GLM, Family.NEMOTRON, Family.MIMO, Family.GRANITE, Family.STEP, Family.OTHER);
    private static final Pattern HERMES = Pattern.compile("hermes|trinity|hunyuan|hy-|hy3|ling-|laguna|coder"),
        CLAUDE = Pattern.compile("sonnet|opus|haiku|fable|mythos"),
        PYTHONIC = Pattern.compile("olmo|toolace"), SMALL = Pattern.compile("xlam|toolace|phi-|hermes|smollm");

    private static final List<Mark> TOKENS = List.of(
        Mark.token("<|tool_calls_section_begin|>", TokenCalls::kimi), Mark.token("<|tool_call_begin|>", TokenCalls::kimi),
        Mark.token("<|open|>tools<|sep|>", TokenCalls::kimi3), Mark.token("<|open|>call ", TokenCalls::kimi3),
        Mark.token("<｜tool▁calls▁begin｜>", TokenCalls::deepSeek), Mark.token("<｜tool▁call▁begin｜>", TokenCalls::deepSeek),
        invokes("<｜DSML｜function_calls>", "｜DSML｜", "｜DSML｜function_calls"), invokes("<｜DSML｜tool_calls>", "｜DSML｜", "｜DSML｜tool_calls"),
        invokes("<｜DSML｜invoke name=", "｜DSML｜", ""),
        Mark.token("<｜tool_calls_begin｜>", TokenCalls::step), Mark.token("<｜tool_call_begin｜>", TokenCalls::step),
        invokes("<minimax:tool_call>", "", "minimax:tool_call"), Mark.token("]<]minimax[>[<tool_call>", TokenCalls::minimax),
        invokes("<atem:function_calls>", "atem:", "atem:function_calls"), invokes("<atem:invoke name=", "atem:", ""),
        Mark.token("<|python_tag|>", in -> JsonCalls.python(in, "<|python_tag|>")),
        Mark.token("[TOOL_CALLS]", in -> JsonCalls.mistral(in, "[TOOL_CALLS]")),
        Mark.token("<|channel|>", HarmonyCalls::messages), Mark.token("<|start|>assistant", HarmonyCalls::messages),
        Mark.token("<|tool_call>", in -> GemmaCalls.between(in, "<|tool_call>", "<tool_call|>")),
        Mark.token("<|tool_call_start|>", in -> PythonCalls.list(in, "<|tool_call_start|>", "<|tool_call_end|>")),
        Mark.token("<|START_ACTION|>", in -> JsonCalls.between(in, "<|START_ACTION|>", "<|END_ACTION|>")),
        Mark.token("<|action_start|>", Formats::plugin),
        Mark.token("<|tool_call|>", in -> JsonCalls.after(in, "<|tool_call|>", "<|/tool_call|>")));

    /// What is left in a text beside a call, where a server has parsed only half.
    private static final List<Mark> ENDS = Stream.of("</tool_call>", "</tool_calls>", "</function>", "</function_calls>",
        "</" + "antml:function_calls>", "</invoke>", "</minimax:tool_call>", "]<]minimax[>[</tool_call>",
        "</atem:function_calls>", "</｜DSML｜function_calls>", "</｜DSML｜tool_calls>", "<|tool_calls_section_end|>", "<|tool_call_end|>",
        "<｜tool▁call▁end｜>", "<｜tool▁calls▁end｜>",
        "<｜tool_call_end｜>", "<｜tool_calls_end｜>", "<tool_call|>", "<|/tool_call|>", "<|END_ACTION|>", "<|action_end|>",
        "<|close|>tools<|sep|>", "<|close|>call<|sep|>", "<|close|>message<|sep|>",
        "<|close|>response<|sep|>", "<|call|>", "<|end|>", "<|return|>", "<|eom|>", "<|eot|>", "<|eom_id|>", "<|eot_id|>", "<|im_end|>",
        "<|endoftext|>", "<｜end▁of▁sentence｜>", "<end_of_turn>").map(Mark::end).toList();

    private static final List<Mark> TAG_CALLS = List.of(Mark.line("<tool_call>", TagCalls::toolCall),
        Mark.line("<tool_calls>", TagCalls::toolCalls), Mark.line("<function=", TagCalls::function));

    /// gpt-oss without its tokens.
    private static final List<Mark> STRIPPED = List.of(Mark.start("analysis", HarmonyCalls::stripped),
        Mark.token("assistantcommentary to=", HarmonyCalls::stripped), Mark.line("commentary to=functions.", HarmonyCalls::stripped));

    /// What Kimi K3 puts around its text.
    private static final List<String> FRAMES = List.of("<|open|>response<|sep|>", "<|close|>response<|sep|>", "<|close|>message<|sep|>");

    private static final Mark.Index IN_THOUGHT = Mark.Index.of(Stream.of(TOKENS, ENDS).flatMap(List::stream).toList());
    private static final Memo<String, Mark.Index> BY_MODEL = new Memo<>(100, _ -> 1);

    private Formats() {}

    private static Mark invokes(String mark, String prefix, String wrapper) {
        return Mark.token(mark, in -> TagCalls.invokes(in, prefix, wrapper));
    }

    private static Passage plugin(Cursor in) {
        in.need("<|action_start|>");
        in.space();
        return JsonCalls.between(in, "<|plugin|>", "<|action_end|>");
    }

    /// What to look for in what the model thinks.
    static Mark.Index inThought() { return IN_THOUGHT; }

    /// What to look for in what the model says.
    static Mark.Index of(String model) { return BY_MODEL.get(model, () -> Mark.Index.of(marks(model))); }

    private static List<Mark> marks(String model) {
        var name = model.toLowerCase(Locale.ROOT);
        var family = Family.of(name);
        var marks = new ArrayList<Mark>(TOKENS);
        marks.addAll(ENDS);
        if (TAGS.contains(family) || !CLOSED.contains(family) && HERMES.matcher(name).find()) marks.addAll(TAG_CALLS);
        if (INVOKES.contains(family) || CLAUDE.matcher(name).find()) marks.addAll(claude());
        if (family == Family.KIMI) FRAMES.forEach(frame -> marks.add(Mark.debris(frame)));
        if (family == Family.LLAMA || PYTHONIC.matcher(name).find()) marks.add(Mark.line("[", PythonCalls::bare));
        if (family == Family.GPT_OSS) marks.addAll(STRIPPED);
        if (family == Family.GEMMA || family == Family.GEMINI) marks.addAll(google());
        if (family == Family.LLAMA || family == Family.QWEN || SMALL.matcher(name).find())
            for (var open : List.of("{", "[", "```")) marks.add(Mark.start(open, JsonCalls::alone));
        return marks;
    }

    /// Often without the tag around it, and after a line that says only `count` or `call`: anthropics/claude-code#77061.
    private static List<Mark> claude() {
        var marks = new ArrayList<Mark>();
        for (var prefix : List.of("", "antml:")) {
            var wrapper = prefix + "function_calls";
            var wrapped = "<" + wrapper + ">";
            var naked = "<" + prefix + "invoke name=";
            marks.add(Mark.line(wrapped, in -> TagCalls.invokes(in, prefix, wrapper)));
            marks.add(Mark.line(naked, in -> TagCalls.invokes(in, prefix, "")));
            for (var word : List.of("count", "call")) {
                marks.add(Mark.line(word + "\n" + wrapped, in -> TagCalls.announced(in, word, prefix, wrapper)));
                marks.add(Mark.line(word + "\n" + naked, in -> TagCalls.announced(in, word, prefix, "")));
            }
        }
        return marks;
    }

    private static List<Mark> google() {
        return List.of(Mark.line("```tool_code", in -> PythonCalls.toolCode(in, "```tool_code")), Mark.line("print(default_api.",
            in -> new Passage(PythonCalls.statement(in))),
            Mark.line("call:default_api:", in -> Passage.of(GemmaCalls.call(in))));
    }
}
