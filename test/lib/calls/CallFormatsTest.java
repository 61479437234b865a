package lib.calls;

import module java.base;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import lib.json.*;
import lib.message.*;
import lib.reply.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every format in every chunking, what only looks like a call, and how long it takes.
class CallFormatsTest {
    private static final Map<String, InputShape> TOOLS = Toolbox.shapes(Json.objectIn("""
        {"tools": [{"name": "Read", "input_schema": {"type": "object", "required": ["file_path"], "properties": {"file_path": {"type": "string"}, "limit": {"type": "integer"}}}},
          {"name": "Bash", "input_schema": {"type": "object", "required": ["command"], "properties": {"command": {"type": "string"}}}},
          {"name": "Todo", "input_schema": {"type": "object", "required": ["todos"], "properties": {"todos": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string"}}}}}}}]}"""));
    private static final ToolNames NAMES = ToolNames.of(Json.objectIn("{\"tools\":[{\"name\":\"Read\"},{\"name\":\"Bash\"},{\"name\":\"Todo\"}]}"), 64);
    private static final String PREFIX = "ant" + "ml:", INPUT = "{\"file_path\":\"/a b.txt\",\"limit\":20}", READ = "Read " + INPUT;

    private static final List<String> CLOSES = List.of("</tool_call>", "</tool_calls>", "</function>", "</function_calls>", "</" + PREFIX + "function_calls>",
        "</invoke>", "</" + PREFIX + "invoke>", "<|tool_calls_section_end|>", "<|close|>message<|sep|>", "<｜tool▁calls▁end｜>", "<｜end▁of▁sentence｜>", "</｜DSML｜function_calls>",
        "</｜DSML｜tool_calls>", "</minimax:tool_call>", "]<]minimax[>[</tool_call>", "<|eom|>", "<｜tool_calls_end｜>", "<|call|>", "<tool_call|>", "```", "<|tool_call_end|>",
        "<|END_ACTION|>", "<|action_end|>", "<|/tool_call|>", "<|im_end|>", "<|eom_id|>");

    record Row(String model, String text, String said) {
        @Override public String toString() { return model + ": " + text.replace("\n", "⏎"); }
    }

    private static Row call(String model, String text) { return new Row(model, text, READ); }

    private static Row text(String model, String text) { return new Row(model, text, "\"" + text + "\""); }

    static List<Row> formats() {
        var json = "{\"name\": \"Read\", \"arguments\": {\"file_path\": \"/a b.txt\", \"limit\": 20}}";
        var parameters = json.replace("arguments", "parameters");
        var dsml = "<｜DSML｜invoke name=\"Read\">\n<｜DSML｜parameter name=\"file_path\" string=\"true\">/a b.txt</｜DSML｜parameter>\n<｜DSML｜parameter name=\"limit\" string=\"false\">20</｜DSML｜parameter>\n</｜DSML｜invoke>";
        var invoke = "<invoke name=\"Read\"><parameter name=\"file_path\">/a b.txt</parameter><parameter name=\"limit\">20</parameter></invoke>";
        var function = "<function=Read>\n<parameter=file_path>\n/a b.txt\n</parameter>\n<parameter=limit>\n20\n</parameter>\n</function>";
        var pairs = "<arg_key>file_path</arg_key>\n<arg_value>/a b.txt</arg_value>\n<arg_key>limit</arg_key>\n<arg_value>20</arg_value>\n";
        var kimi = "<|tool_call_begin|>functions.Read:0<|tool_call_argument_begin|>" + INPUT + "<|tool_call_end|>";
        var python = "Read(file_path=\"/a b.txt\", limit=20)";
        var m3 = "]<]minimax[>[";
        return List.of(call("qwen2.5-7b", "<tool_call>\n" + json + "\n</tool_call>"), call("qwen3:8b", "<tool_call>" + json + "</tool_call>"), call("hermes-3-llama-3.1-8b", "<tool_call>\n" + parameters + "\n</tool_call>"),
            call("qwen3:8b", "<tool_call>\n{\"name\": \"Read\", \"arguments\": \"{\\\"file_path\\\": \\\"/a b.txt\\\", \\\"limit\\\": \\\"20\\\"}\"}\n</tool_call>"),
            new Row("trinity", "I look.\n<tool_call>\n" + json + "\n</tool_call>\n<tool_call>\n{\"name\": \"bash\", \"arguments\": {\"command\": \"</tool_call>\"}}\n</tool_call>\n<|im_end|>", "\"I look.\n\" " + READ + " Bash {\"command\":\"</tool_call>\"}"),
            call("qwen3-coder-30b", "<tool_call>\n" + function + "\n</tool_call>"), call("qwen3-coder-30b", function + "\n</tool_call>"), call("nemotron-3-nano", function), call("mimo-v2", "<tool_call>" + function.replace("\n", "") + "</tool_call>"),
            new Row("qwen3-coder", "<function=Bash>\n<parameter=command>\n\necho '</parameter>' <b> &amp;\n</parameter>\n</function>", "Bash {\"command\":\"\\necho '</parameter>' <b> &amp;\"}"),
            call("glm-4.6", "<tool_call>Read\n" + pairs + "</tool_call>"), call("glm-4.5-air", "<tool_call>Read\\n" + pairs.replace("\n", "\\n") + "</tool_call>"), call("glm-5", "<tool_call>Read" + pairs.replace("\n", "") + "</tool_call>"),
            new Row("glm-5", "<tool_call>Todo<arg_key>todos</arg_key><arg_value>[{\"text\": \"a\"}]</arg_value></tool_call><tool_call>Bash<arg_key>command</arg_key><arg_value>123</arg_value></tool_call>", "Todo {\"todos\":[{\"text\":\"a\"}]} Bash {\"command\":\"123\"}"),
            call("hunyuan-v3", "<tool_calls>\n<tool_call>Read<tool_sep>\n" + pairs + "</tool_call>\n</tool_calls>"),
            call("kimi-k2", "<|tool_calls_section_begin|>" + kimi + "<|tool_calls_section_end|>"), call("any-model", "<|tool_calls_section_begin|>" + kimi.replace("functions.Read:0", "3") + "<|tool_calls_section_end|>"),
            new Row("kimi-k2.5", "I read it.<|tool_calls_section_begin|>" + kimi + kimi.replace("Read:0", "Bash:1").replace(INPUT, "{\"command\": \"ls\"}") + "<|tool_calls_section_end|>", "\"I read it.\" " + READ + " Bash {\"command\":\"ls\"}"),
            new Row("kimi-k3", "<|open|>response<|sep|>I read.<|close|>response<|sep|><|open|>tools<|sep|><|open|>call tool=\"Read\" index=\"1\"<|sep|><|open|>argument key=\"file_path\" type=\"string\"<|sep|>/a b.txt<|close|>argument<|sep|><|open|>argument key=\"limit\" type=\"number\"<|sep|>20<|close|>argument<|sep|><|close|>call<|sep|><|close|>tools<|sep|><|close|>message<|sep|>", "\"I read.\" " + READ),
            call("deepseek-v3", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>Read\n```json\n" + INPUT + "\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>"),
            call("deepseek-v3.1", "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>Read<｜tool▁sep｜>" + INPUT + "<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>"),
            call("deepseek-v3.2", "<｜DSML｜function_calls>\n" + dsml + "\n</｜DSML｜function_calls>"), call("deepseek-v4", "<｜DSML｜tool_calls>\n" + dsml + "\n</｜DSML｜tool_calls>"),
            call("deepseek-v4", "<｜DSML｜tool_calls><｜DSML｜invoke name=\"Read\">" + INPUT + "</｜DSML｜invoke></｜DSML｜tool_calls>"),
            call("minimax-m2", "<minimax:tool_call>\n" + invoke.replace("><", ">\n<") + "\n</minimax:tool_call>"),
            call("minimax-m3", m3 + "<tool_call>" + m3 + "<invoke name=\"Read\">" + m3 + "<file_path>/a b.txt" + m3 + "</file_path>" + m3 + "<limit>20" + m3 + "</limit>" + m3 + "</invoke>" + m3 + "</tool_call>"),
            new Row("minimax-m3", m3 + "<tool_call>\n" + m3 + "<invoke name=\"Todo\">" + m3 + "<todos>" + m3 + "<item>" + m3 + "<text>a" + m3 + "</text>" + m3 + "</item>" + m3 + "</todos>" + m3 + "</invoke>\n" + m3 + "</tool_call>", "Todo {\"todos\":[{\"text\":\"a\"}]}"),
            call("muse-2", "<atem:function_calls>\n" + invoke.replace("<", "<atem:").replace("<atem:/", "</atem:") + "\n</atem:function_calls><|eom|>"),
            call("step3", "<｜tool_calls_begin｜>\n<｜tool_call_begin｜>function<｜tool_sep｜>" + invoke.replace("<", "<steptml:").replace("<steptml:/", "</steptml:") + "<｜tool_call_end｜>\n<｜tool_calls_end｜>"),
            call("llama-3.3-70b", "<|python_tag|>" + parameters), call("llama-3.1-8b", parameters), call("llama-3.1-8b", "<|python_tag|>" + python.replace("Read", "Read.call") + "<|eom_id|>"),
            new Row("llama-3.1-8b", parameters + "; {\"name\": \"Bash\", \"parameters\": {\"command\": \"ls\"}}", READ + " Bash {\"command\":\"ls\"}"),
            new Row("llama-4-scout", "[" + python + ", Bash(command='it\\'s \\u00fc')]", READ + " Bash {\"command\":\"it's ü\"}"), call("olmo-3-7b", "[" + python + "]"),
            call("mistral-small", "[TOOL_CALLS] [" + json + "]"), call("devstral-2", "[TOOL_CALLS]Read[ARGS]" + INPUT), call("mistral-small", "[TOOL_CALLS]Read" + INPUT),
            new Row("ministral-3", "Look.[TOOL_CALLS]Read[ARGS]" + INPUT + "[TOOL_CALLS]Bash[ARGS]{\"command\": \"ls\"}", "\"Look.\" " + READ + " Bash {\"command\":\"ls\"}"),
            new Row("gpt-oss-20b", "<|channel|>analysis<|message|>I should.<|end|><|start|>assistant<|channel|>commentary to=functions.Read <|constrain|>json<|message|>" + INPUT + "<|call|>", "(I should.) " + READ),
            call("gpt-oss-20b", "<|start|>assistant<|channel|>commentary to=functions.Read <|constrain|>json<|message|>" + INPUT), new Row("gpt-oss-120b", "analysisWe need it.assistantcommentary to=functions.Read json" + INPUT, "(We need it.) " + READ),
            call("gemma-4-27b", "<|tool_call>call:Read{file_path:<|\"|>/a b.txt<|\"|>,limit:20}<tool_call|>"), call("gemma-3-27b", "```tool_code\nprint(" + python + ")\n```"), call("gemini-3-pro", "```tool_code\nprint(default_api." + python + ")\n```"),
            call("gemini-2.5-pro", "print(default_api." + python + ")"), call("gemini-3-pro", "call:default_api:Read{file_path:<ctrl46>/a b.txt<ctrl46>,limit:20}"),
            call("lfm2-8b", "<|tool_call_start|>[" + python + "]<|tool_call_end|>"), call("lfm2-8b", "<|tool_call_start|>[" + json + "]<|tool_call_end|>"),
            call("command-4", "<|START_ACTION|>[{\"tool_call_id\": \"0\", \"tool_name\": \"Read\", \"parameters\": " + INPUT + "}]<|END_ACTION|>"),
            call("internlm3", "<|action_start|> <|plugin|>\n" + parameters + "<|action_end|>"), call("granite-3.3", "<|tool_call|>[" + json + "]"), call("granite-3.1", "<tool_call>[" + json + "]"), call("granite-3.2", "<tool_call>[" + json + "]</tool_call>"), call("phi-4-mini", "<|tool_call|>[{\"type\":\"function\",\"function\":" + json + "}]<|/tool_call|>"),
            call("xlam-2", "[" + json + "]"), call("qwen2.5-coder:7b", json), call("qwen2.5-coder:7b", "```json\n" + json + "\n```"),
            call("claude-opus-5", "<function_calls>" + invoke + "</function_calls>"), call("claude-sonnet-5", invoke), call("claude-opus-5", "count\n" + invoke.replace("<", "<" + PREFIX).replace("<" + PREFIX + "/", "</" + PREFIX)),
            call("kimi-k2.5", "<function_calls>\n" + invoke + "\n</function_calls>"), new Row("minimax-m2.7", "I read.\n\n" + invoke + "\nDone.", "\"I read.\n\nDone.\" " + READ));
    }

    static List<Row> negatives() {
        var hermes = "<tool_call>\n{\"name\": \"Read\", \"arguments\": {\"file_path\": \"a\"}}\n</tool_call>";
        var kimi = "<|tool_calls_section_begin|><|tool_call_begin|>functions.Read:0<|tool_call_argument_begin|>{\"file_path\": \"a\"}<|tool_call_end|><|tool_calls_section_end|>";
        var all = new ArrayList<Row>();
        for (var shown : List.of("```\n%s\n```", "```xml\n%s\n```\nso", "~~~\n%s\n~~~", "````\n```\n%s\n````", "`%s`", "\"%s\"", "> %s", "| %s |", "So: `%s` it is", "“%s”")) {
            all.add(text("kimi-k2", shown.formatted(kimi)));
            all.add(text("qwen3:8b", shown.formatted(shown.contains("\n") ? hermes : hermes.replace("\n", " "))));
        }
        for (var model : List.of("gpt-4o", "claude-opus-5", "gemini-3-pro", "mistral-large", "deepseek-chat")) all.add(text(model, hermes));
        for (var model : List.of("gpt-4o", "qwen3:8b", "mistral-large", "deepseek-chat")) all.add(text(model, "<invoke name=\"Read\"><parameter name=\"file_path\">a</parameter></invoke>"));
        for (var undeclared : List.of(hermes.replace("Read", "Write"), hermes.replace("file_path", "path"), hermes.replace("\"a\"", "[1]"), hermes.replace("}}", "}"), "<tool_call> is the tag that begins a call.",
            "I write <tool_call> and then the JSON.", "The tool_call was fine, [see](Read).", "<function=Read>\n<parameter=file_path>\na\n", "a < b, <tool, <tool_cal")) all.add(text("qwen3:8b", undeclared));
        all.addAll(List.of(text("kimi-k2", "To call it, write " + kimi + " in the answer."), text("kimi-k2", kimi.replace("Read:0", "Write:0")), text("kimi-k2", kimi.substring(0, 90)), text("llama-3.1-8b", "{\"name\": \"Read\", \"version\": 3}"),
            text("llama-3.1-8b", "{\"name\": \"Read\", \"parameters\": {\"file_path\": \"a\"}} is JSON."), text("llama-4-scout", "[Read(file_path=\"a\")](link"), text("llama-4-scout", "[1] Read, [2]"), text("mistral-small", "The token [TOOL_CALLS] begins a call."),
            text("claude-opus-5", "count\nof the lines"), text("gpt-oss-20b", "analysis of the code"), text("any-model", "  \n "), text("any-model", "x\n\n")));
        return all;
    }

    /// Formats without the mark that closes them, or with half of it.
    static List<Row> unclosed() {
        return formats().stream().filter(row -> !row.text.contains("Done.")).flatMap(row -> CLOSES.stream()
            .filter(row.text.strip()::endsWith).limit(1).flatMap(close -> Stream.of(0, close.length() - 1)
                .map(kept -> new Row(row.model, row.text.strip().replaceFirst(Pattern.quote(close) + "$", "") + close.substring(0, kept), row.said)))).toList();
    }

    @ParameterizedTest @MethodSource("unclosed") void isACallWithoutItsCloseAtTheEnd(Row row) { check(row); }

    @ParameterizedTest @MethodSource("formats") void isACallInEveryChunking(Row row) { check(row); }

    @ParameterizedTest @MethodSource("negatives") void isNotACallInAnyChunking(Row row) { check(row); }

    private static void check(Row row) {
        for (var size : new int[]{Integer.MAX_VALUE, 1, 7}) assertEquals(row.said, heard(row.model, row.text, size), "pieces of " + size);
    }

    private static String heard(String model, String text, int size) {
        var said = new StringBuilder();
        var heard = new StringJoiner(" ");
        var filter = new TextCalls(new FoundCalls(NAMES, TOOLS, 9, Ids.counting()), model, event -> {
            switch (event) {
                case Event.Text(var piece) -> said.append(piece);
                case Event.Thinking(var piece) -> heard.add("(" + piece + ")");
                case Event.ToolCall(_, var name) -> heard.add(name);
                case Event.ToolInput(_, var json) -> heard.add(json);
                default -> { }
            }
        });
        for (var at = 0; at < text.length(); at += Math.min(size, text.length() - at)) filter.accept(new Event.Text(text.substring(at, at + Math.min(size, text.length() - at))));
        filter.accept(new Event.Stop("end_turn"));
        return (said.isEmpty() ? "" : "\"" + said + "\"" + (heard.length() == 0 ? "" : " ")) + heard;
    }

    static List<String> nearMarks() {
        return List.of("<tool_call>\n", "<tool_call>\n{\"name\": \"Read\", \"arguments\": {\"file_path\": \"a\n", "<", "<|", "`", "```\n", "[Read(", "<function=Read>\n<parameter=file_path>\na</parameter>", "<｜tool▁call▁begin｜>", "</tool_call>", "<|channel|>", "\n", " ", "{\"name\": ", "<|open|>call ", "[[[[");
    }

    @ParameterizedTest @MethodSource("nearMarks") void takesTimeInProportionToTheText(String mark) {
        for (var size : new int[]{1, 4_096}) {
            var length = size == 1 ? 10_000 : 60_000;
            work(mark, length / 4, size);
            var small = best(mark, length, size);
            var large = best(mark, 4 * length, size);
            assertTrue(large < Math.max(small, 4_000_000) * 12, "four times the text in pieces of " + size + " took " + large / Math.max(1, small) + " times as long");
        }
    }

    private static long best(String mark, int length, int size) { return Math.min(work(mark, length, size), work(mark, length, size)); }

    private static long work(String mark, int length, int size) {
        var clock = ManagementFactory.getThreadMXBean();   // the thread's own time, whatever else the machine does
        var start = clock.getCurrentThreadCpuTime();
        heard("qwen3-olmo", mark.repeat(length / mark.length()), size);
        return clock.getCurrentThreadCpuTime() - start;
    }
}
