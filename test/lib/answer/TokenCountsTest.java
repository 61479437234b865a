package lib.answer;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

import lib.config.*;
import lib.json.*;
import lib.model.*;
import lib.reply.*;
import lib.route.*;
import lib.routing.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What each vendor counts: nothing twice, nothing negative, nothing lost.
class TokenCountsTest {
    private static final Routes ROUTES = new Routes(new Config(keys()), new Config.Slot("demo", "", "", ""));
    private static final String MODELS = "openai groq cohere bedrock gemini ollama anthropic deepseek";

    private static Map<String, String> keys() {
        var keys = new HashMap<>(Map.of("AWS_BEARER_TOKEN_BEDROCK", "k", "AWS_REGION", "us-east-1"));
        for (var provider : MODELS.split(" ")) keys.put(provider.toUpperCase(Locale.ROOT) + "_API_KEY", "k");
        return keys;
    }

    /// The counts are: input, read from the cache, written to it, of that for an hour, output, of that reasoning, searches.
    @ParameterizedTest(name = "{0}") @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # vendor                         | model                  | what it counts                                                                                                                          | the counts
        OpenAI                           | groq/gpt-oss-120b      | {"prompt_tokens":900,"completion_tokens":50,"total_tokens":950,"prompt_tokens_details":{"cached_tokens":512},"completion_tokens_details":{"reasoning_tokens":30}} | 388 512 0 0 50 30 0
        OpenAI, cache written            | groq/gpt-oss-120b      | {"prompt_tokens":900,"completion_tokens":50,"total_tokens":950,"prompt_tokens_details":{"cached_tokens":512,"cache_write_tokens":300}} | 88 512 300 0 50 0 0
        OpenAI, nothing cached, nulls    | groq/gpt-oss-120b      | {"prompt_tokens":900,"completion_tokens":50,"prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":null}} | 900 0 0 0 50 0 0
        DeepSeek                         | deepseek/deepseek-v4-pro | {"prompt_tokens":900,"completion_tokens":50,"total_tokens":950,"prompt_cache_hit_tokens":640,"prompt_cache_miss_tokens":260,"completion_tokens_details":{"reasoning_tokens":20}} | 260 640 0 0 50 20 0
        Moonshot                         | groq/kimi-k3           | {"prompt_tokens":900,"completion_tokens":50,"total_tokens":950,"cached_tokens":256} | 644 256 0 0 50 0 0
        vLLM                             | groq/qwen3             | {"prompt_tokens":900,"total_tokens":950,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":880}} | 20 880 0 0 50 0 0
        xAI, reasoning left out          | groq/grok-4.7          | {"prompt_tokens":100,"completion_tokens":10,"total_tokens":150,"prompt_tokens_details":{"cached_tokens":60},"completion_tokens_details":{"reasoning_tokens":40}} | 40 60 0 0 50 40 0
        xAI, reasoning counted           | groq/grok-4.7          | {"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"completion_tokens_details":{"reasoning_tokens":40}} | 100 0 0 0 50 40 0
        Qwen, caches by demand           | groq/qwen3-max         | {"prompt_tokens":900,"completion_tokens":50,"total_tokens":950,"prompt_tokens_details":{"cached_tokens":100,"cache_creation_input_tokens":700,"cache_creation":{"ephemeral_5m_input_tokens":700},"cache_type":"ephemeral"}} | 100 100 700 0 50 0 0
        Claude behind a chat gateway     | groq/claude-opus-5     | {"prompt_tokens":20,"completion_tokens":5,"total_tokens":925,"cache_read_input_tokens":600,"cache_creation_input_tokens":300} | 20 600 300 0 5 0 0
        the same, cache in the prompt    | groq/claude-opus-5     | {"prompt_tokens":920,"completion_tokens":5,"total_tokens":925,"cache_read_input_tokens":600,"cache_creation_input_tokens":300} | 20 600 300 0 5 0 0
        more cached than read            | groq/llama-3.3         | {"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":12}} | 0 12 0 0 5 0 0
        negative                         | groq/llama-3.3         | {"prompt_tokens":10,"completion_tokens":-5,"prompt_tokens_details":{"cached_tokens":-1}} | 10 0 0 0 0 0 0
        more reasoning than output       | groq/llama-3.3         | {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"completion_tokens_details":{"reasoning_tokens":8}} | 10 0 0 0 5 5 0
        Perplexity                       | groq/sonar             | {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"search_context_size":"low","num_search_queries":2} | 10 0 0 0 5 0 2
        Responses                        | openai/gpt-6-sol       | {"input_tokens":900,"input_tokens_details":{"cached_tokens":512,"cache_write_tokens":88},"output_tokens":50,"output_tokens_details":{"reasoning_tokens":30},"total_tokens":950} | 300 512 88 0 50 30 0
        Gemini                           | gemini/gemini-4-argon  | {"promptTokenCount":900,"cachedContentTokenCount":600,"candidatesTokenCount":10,"thoughtsTokenCount":40,"totalTokenCount":950} | 300 600 0 0 50 40 0
        Gemini with tools of its own     | gemini/gemini-4-argon  | {"promptTokenCount":900,"toolUsePromptTokenCount":100,"candidatesTokenCount":10,"totalTokenCount":1010} | 1000 0 0 0 10 0 0
        Converse                         | bedrock/amazon.nova-pro-v1:0 | {"inputTokens":20,"outputTokens":5,"totalTokens":925,"cacheReadInputTokens":600,"cacheWriteInputTokens":300,"cacheDetails":[{"inputTokens":100,"ttl":"5m"},{"inputTokens":200,"ttl":"1h"}]} | 20 600 300 200 5 0 0
        Ollama                           | ollama/qwen3           | {"prompt_eval_count":40,"eval_count":7}                                                                                                 | 40 0 0 0 7 0 0
        Cohere                           | cohere/command-a-plus-05-2026 | {"billed_units":{"input_tokens":70,"output_tokens":12},"tokens":{"input_tokens":80,"output_tokens":12},"cached_tokens":16} | 64 16 0 0 12 0 0
        Cohere, billed alone             | cohere/command-a-plus-05-2026 | {"billed_units":{"input_tokens":70,"output_tokens":12}} | 70 0 0 0 12 0 0
        Anthropic                        | anthropic/claude-opus-5 | {"input_tokens":20,"cache_read_input_tokens":600,"cache_creation_input_tokens":300,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":200},"output_tokens":50,"output_tokens_details":{"thinking_tokens":30},"server_tool_use":{"web_search_requests":2,"web_fetch_requests":0}} | 20 600 300 200 50 30 2
        """)
    void counts(String vendor, String model, String counted, String expected) {
        var route = ROUTES.of(model);
        var message = Json.objectIn("{\"model\":\"" + model + "\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
        var context = ReplyContext.of(new Request(message, Json.bytes(message), Map.of()), route, Ids.counting());
        var found = new ArrayList<Event.Usage>();
        route.dialect().events(List.of(new Frame("", reply(route, counted))), context, event -> {
            if (event instanceof Event.Usage usage) found.add(usage);
        });
        var usage = found.getLast();
        assertEquals(expected, "%d %d %d %d %d %d %d".formatted(usage.input(), usage.cacheRead(), usage.cacheWrite(),
            usage.cacheWriteHour(), usage.output(), usage.reasoning(), usage.searches()));
    }

    /// A whole reply that counts so, in the words of the route's API.
    private static String reply(Route route, String usage) {
        return switch (route.dialect().getClass().getSimpleName()) {
            case "OpenAiResponses" -> """
                {"object":"response","status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"hi"}]}],"usage":%s}
                """.formatted(usage);
            case "Gemini" -> """
                {"candidates":[{"content":{"role":"model","parts":[{"text":"hi"}]},"finishReason":"STOP"}],"usageMetadata":%s}
                """.formatted(usage);
            case "BedrockConverse" -> """
                {"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn","usage":%s}
                """.formatted(usage);
            case "Cohere" -> """
                {"message":{"role":"assistant","content":[{"type":"text","text":"hi"}]},"finish_reason":"COMPLETE","usage":%s}
                """.formatted(usage);
            case "Ollama" -> """
                {"model":"m","message":{"role":"assistant","content":"hi"},"done":true,"done_reason":"stop",%s
                """.formatted(usage.substring(1));
            case "Anthropic" -> """
                {"type":"message","role":"assistant","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":%s}
                """.formatted(usage);
            default -> """
                {"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}],"usage":%s}
                """.formatted(usage);
        };
    }

    @Test void countsOfSeveralRequestsAddUp() {
        var first = new Event.Usage(10, 20, 30, 5, new Event.Usage.Details(7, 2, 1));
        var second = new Event.Usage(1, 2, 3, -1, new Event.Usage.Details(0, 0, 1));
        assertEquals(new Event.Usage(11, 22, 33, 5, new Event.Usage.Details(7, 2, 2)), first.plus(second));
    }

    @Test void aLaterZeroCountsNothing() {
        var first = new Event.Usage(10, 20, 30, 5, new Event.Usage.Details(7, 2, 1));
        assertEquals(first, first.then(Event.Usage.NONE));
        assertEquals(new Event.Usage(10, 20, 30, 9, new Event.Usage.Details(7, 4, 1)),
            first.then(new Event.Usage(0, 0, 0, 9, new Event.Usage.Details(0, 4, 0))));
    }

    @Test void whatItCosts() {
        var rate = new Price.Rate(3, 15, 0.3, 3.75);
        var price = new Price(new TreeMap<>(Map.of(0L, rate, 200_000L, new Price.Rate(6, 22.5, 0.6, 7.5))));
        var usage = new Event.Usage(1000, 100_000, 10_000, 500, new Event.Usage.Details(4000, 300, 0));
        assertEquals((1000 * 3 + 100_000 * 0.3 + 6000 * 3.75 + 4000 * 6 + 500 * 15) / 1e6, price.of(usage).orElseThrow(), 1e-9);
        assertEquals((200_001 * 6 + 10 * 22.5) / 1e6, price.of(new Event.Usage(200_001, 0, 0, 10)).orElseThrow(), 1e-9);
        assertEquals(200_000 * 3 / 1e6, price.of(new Event.Usage(200_000, 0, 0, 0)).orElseThrow(), 1e-9);
        assertEquals(OptionalDouble.empty(), Price.UNKNOWN.of(usage));
        assertEquals(OptionalDouble.of(0), Price.FREE.of(usage));
        assertEquals((1000 + 100_000 + 6000 + 4000 * 2 + 500 * 4) * 2 / 1e6, Price.of(2, 8, 0, 0).of(usage).orElseThrow(), 1e-9);
    }
}
