package lib.refusal;

import module java.base;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.json.*;
import lib.dialect.chat.*;
import lib.model.*;
import lib.route.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Every provider's wording of a prompt that is too long, and the sentence that Claude Code heals itself by.
class OverflowTest {
    private static final Model MODEL = new Model("m", 100_000, 8_192, true, false, true, false, Map.of(), true, Price.UNKNOWN);
    private static final Route ROUTE = new Route("acme", "m", new OpenAiChat(), "http://127.0.0.1", Credential.none(), MODEL, Set.of(), List.of());

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        # the host says how much it was and how much it may be
        prompt is too long: 213462 tokens > 200000 maximum | 213462 | 200000
        This model's maximum context length is 128000 tokens. However, your messages resulted in 140001 tokens. Please reduce the length of the messages. | 140001 | 128000
        This model's maximum context length is 8,192 tokens. However, you requested 9,024 tokens (8,900 in the messages, 124 in the completion). | 8900 | 8192
        The input token count (1196265) exceeds the maximum number of tokens allowed (1048575). | 1196265 | 1048575
        This model's maximum prompt length is 131072 but the request contains 537812 tokens. | 537812 | 131072
        This endpoint's maximum context length is 163840 tokens. However, you requested about 201000 tokens (169000 of text input, 32000 in the output). | 169000 | 163840
        This endpoint's maximum context length is 163840 tokens. However, you requested about 201000 tokens (160000 of text input, 9000 of tool input, 32000 in the output). | 169000 | 163840
        The input (150000 tokens) is longer than the model's context length (131072 tokens). | 150000 | 131072
        prompt token count of 150123 exceeds the limit of 128000 | 150123 | 128000
        request (5020 tokens) exceeds the available context size (4096 tokens), try increasing it | 5020 | 4096
        Invalid request: Your request exceeded model token limit: 262144 (requested: 300000) | 300000 | 262144
        Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length | 140000 | 131072
        prompt has 70000 tokens, but the configured context size is 65536 tokens | 70000 | 65536
        Requested token count exceeds the model's maximum context length of 131072 tokens. You requested a total of 172000 tokens: 140000 tokens from the input messages and 32000 tokens for the completion. | 140000 | 131072
        Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 9000 `inputs` tokens and 20 `max_new_tokens` | 9000 | 8192
        This model's maximum context length is 40960 tokens and your request has 41000 input tokens | 41000 | 40960
        Input validation error: `inputs` must have less than 8192 tokens. Given: 9000 | 9000 | 8192
        The decoder prompt (length 12324) is longer than the maximum model length of 8192. Make sure that `max_model_len` is no smaller than the number of text tokens. | 12324 | 8192
        This model's maximum context length is 4097 tokens, however you requested 9182 tokens (5182 in your prompt; 4000 for the completion). Please reduce your prompt; or completion length. | 5182 | 4097
        400 - LLM Module: Client error: prompt is too long: 204018 tokens > 200000 maximum | 204018 | 200000
        the number of input tokens 9000 cannot exceed the total tokens limit 8192 for this model | 9000 | 8192
        # it says one of the two
        Input length 40000 exceeds maximum allowed input length of 32768 tokens | 40000 | 32768
        Range of input length should be [1, 98304] | 98305 | 98304
        # it says neither: more than the window of the model, which is known
        Prompt exceeds max length | 100001 | 100000
        prompt too long; exceeded max context length by 1234 tokens | 100001 | 100000
        Input is too long for requested model. | 100001 | 100000
        Your input exceeds the context window of this model. Please adjust your input and try again. | 100001 | 100000
        Please reduce the length of the messages or completion. | 100001 | 100000
        Trying to keep the first 9000 tokens: the number of tokens to keep from the initial prompt is greater than the context length | 100001 | 100000
        invalid params, context window exceeds limit (2013) | 100001 | 100000
        the request exceeds the available context size, try increasing it | 100001 | 100000
        context_length_exceeded | 100001 | 100000
        exceed_context_size_error | 100001 | 100000
        model_context_window_exceeded | 100001 | 100000
        request_too_large | 100001 | 100000
        context window exceeded | 100001 | 100000
        too many tokens in the request | 100001 | 100000
        token limit exceeded | 100001 | 100000
        # words of hosts that nobody has listed: what is too long, and that it is
        The total number of tokens 9000 exceeds 8192 | 9000 | 8192
        prompt contains 9000 tokens, limit 8192 | 9000 | 8192
        This model's max input is 32000 tokens, got 40000 | 40000 | 32000
        Messages have 9,000 tokens, which exceeds the max limit of 8,192 tokens | 9000 | 8192
        number of tokens (9000) > max_seq_len (8192) | 9000 | 8192
        tokens in the prompt (9000) exceed n_ctx (8192) | 9000 | 8192
        Sequence length 9000 is larger than max 8192 | 9000 | 8192
        cannot fit prompt of 9000 tokens in context of 8192 | 9000 | 8192
        Token count 9000 over the limit of 8192 | 9000 | 8192
        input tokens exceed the limit of 32000 | 32001 | 32000
        Input exceeds maximum length of 32768 | 32769 | 32768
        输入内容过长，超过模型最大长度 65536 | 65537 | 65536
        The conversation is too long, please start a new one | 100001 | 100000
        Your request exceeded the maximum allowed number of input tokens | 100001 | 100000
        context overflow | 100001 | 100000
        Too many input tokens | 100001 | 100000
        This request would exceed your context limit | 100001 | 100000
        Request payload too large | 100001 | 100000
        the request body is larger than 4 MB | 100001 | 100000
        CONTENT_LENGTH_EXCEEDS_THRESHOLD | 100001 | 100000
        Prompt 超长 | 100001 | 100000
        上下文长度超出限制 | 100001 | 100000
        # numbers that count something else
        gpt-4-0613 of 2023-06-13 in org-1234567: the input exceeds the context window | 100001 | 100000
        """)
    void becomesTheOneSentence(String wording, long prompt, long window) {
        var error = Errors.of(400, Map.of(), Json.write(Json.object("error", Json.object("message", wording))), ROUTE);
        assertEquals("400 prompt is too long: " + prompt + " tokens > " + window + " maximum", error.status() + " " + error.getMessage());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        This model's maximum context length is 8192 tokens. However, you requested 10000 tokens (2000 in the messages, 8000 in the completion). | 2000 | 8000 | 8192
        This model's maximum context length is 16385 tokens. However, you requested 17000 tokens (900 in the messages, 100 in the functions, and 16000 in the completion). | 1000 | 16000 | 16385
        This endpoint's maximum context length is 163840 tokens. However, you requested about 182000 tokens (150000 of text input, 2000 of tool input, 30000 in the output). | 152000 | 30000 | 163840
        'max_tokens' or 'max_completion_tokens' is too large: 32000. This model's maximum context length is 40960 tokens and your request has 12000 input tokens (32000 > 40960 - 12000). | 12000 | 32000 | 40960
        This model's maximum context length is 131072 tokens. However, you requested 32000 output tokens and your prompt contains at least 99073 input tokens, for a total of at least 131073 tokens. | 99073 | 32000 | 131072
        Requested token count exceeds the model's maximum context length of 131072 tokens. You requested a total of 132000 tokens: 100000 tokens from the input messages and 32000 tokens for the completion. | 100000 | 32000 | 131072
        Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8192. Given: 4000 `inputs` tokens and 8000 `max_new_tokens` | 4000 | 8000 | 8192
        input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or `max_tokens` and try again | 190000 | 20000 | 200000
        """)
    void aPromptThatFitsAsksForAShorterAnswer(String wording, long input, long output, long window) {
        assertEquals("input length and `max_tokens` exceed context limit: " + input + " + " + output + " > " + window, Overflow.in(wording, "", 400, MODEL));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        400 | Too many tokens, please wait before trying again.
        413 | Request too large for model `x` on tokens per minute (TPM): Limit 12000, Requested 15000, please reduce your message size and try again. (rate_limit_exceeded)
        429 | Rate limit reached: too many tokens
        503 | Service unavailable: too many tokens are waiting
        400 | max_tokens is too large: 128000. This model supports at most 16384 completion tokens
        400 | Unsupported parameter: 'max_tokens'
        500 | Internal error
        400 | Number of images exceeds the limit of 5
        400 | image exceeds the limit of 5242880 bytes
        400 | Your daily token limit exceeded
        400 | messages.0.content.0.cache_control: too many blocks
        400 | Invalid 'prompt_cache_key': string too long. Expected a string with maximum length 64
        400 | thinking.budget_tokens exceeds 32000
        400 | The content exceeds the severity threshold of our filter
        400 | tool description is too long: maximum length 1024
        400 | messages: the document exceeds the maximum of 100 pages
        403 | the prompt is longer than your plan allows
        401 | token 123456 exceeded its lifetime
        """)
    void whatSpeaksOfSomethingElseIsNone(int status, String wording) { assertEquals("", Overflow.in(wording, "", status, MODEL)); }

    @ParameterizedTest @CsvSource(textBlock = """
        413, ''
        413, Request Entity Too Large
        """)
    void aBodyThatIsTooLargeIsAPromptThatIsTooLong(int status, String wording) {
        assertEquals("prompt is too long: 100001 tokens > 100000 maximum", Overflow.in(wording, "", status, MODEL));
    }
}
