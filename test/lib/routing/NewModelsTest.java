package lib.routing;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lib.config.*;
import lib.json.*;
import lib.provider.*;
import lib.route.*;
import lib.wire.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What each vendor is sent for each effort, for models that the catalogue does not know, of every family and in every dialect.
class NewModelsTest {
    private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");
    private static final List<Integer> BUDGETS = List.of(1_024, 4_000, 12_000, 30_000);   // low, medium, high, max
    private static final Routes ROUTES = routes("AWS_REGION=us-east-1", "VERTEX_PROJECT_ID=p", "OPENROUTER_DIALECT=chat", "DEEPSEEK_DIALECT=chat", "ACME_API_BASE=http://127.0.0.1:1/v1",
        "DATABRICKS_HOST=https://w.example", "AZURE_API_BASE=https://r.openai.azure.com", "AZURE_AI_API_BASE=https://r.services.ai.azure.com", "SNOWFLAKE_ACCOUNT_ID=a", "CLOUDFLARE_ACCOUNT_ID=a");

    /// With a key for every provider.
    private static Routes routes(String... settings) {
        var values = new HashMap<String, String>();
        for (var provider : Providers.all()) if (!provider.keyVariables().isEmpty()) values.put(provider.keyVariables().getFirst(), "k");
        for (var setting : settings) values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        return new Routes(new Config(values), new Config.Slot("demo", "", "", ""));
    }

    /// `-` stands for a field that is not sent.
    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # model                                            | field                                         | off      | low     | medium | high    | xhigh  | max
        openai/gpt-7                                       | reasoning.effort                              | low      | low     | medium | high    | xhigh  | max
        openai/gpt-7-terra                                 | reasoning.effort                              | none     | low     | medium | high    | xhigh  | max
        openai/gpt-7-mini                                  | reasoning.effort                              | none     | low     | medium | high    | xhigh  | xhigh
        openai/o5                                          | reasoning.effort                              | low      | low     | medium | high    | high   | high
        xai/grok-5                                         | reasoning.effort                              | low      | low     | medium | high    | xhigh  | xhigh
        github_copilot/gpt-7                               | reasoning.effort                              | low      | low     | medium | high    | xhigh  | max
        github_copilot/grok-5                              | reasoning.effort                              | low      | low     | medium | high    | xhigh  | xhigh
        github_copilot/mai-code-2-flash                    | reasoning.effort                              | low      | low     | medium | high    | high   | high
        databricks/databricks-gpt-7                        | reasoning.effort                              | low      | low     | medium | high    | xhigh  | max
        bedrock_mantle/openai.gpt-7                        | reasoning.effort                              | low      | low     | medium | high    | xhigh  | max
        azure/gpt-7                                        | reasoning_effort                              | low      | low     | medium | high    | xhigh  | max
        azure_ai/grok-5                                    | reasoning_effort                              | low      | low     | medium | high    | xhigh  | xhigh
        acme/gpt-7                                         | reasoning_effort                              | low      | low     | medium | high    | xhigh  | max
        acme/claude-opus-6                                 | reasoning_effort                              | low      | low     | medium | high    | xhigh  | max
        acme/gemini-4-flash                                | reasoning_effort                              | low      | low     | medium | high    | high   | high
        acme/gemma-5-27b-it                                | reasoning_effort                              | minimal  | minimal | high   | high    | high   | high
        acme/grok-5                                        | reasoning_effort                              | low      | low     | medium | high    | xhigh  | xhigh
        acme/deepseek-v5                                   | reasoning_effort                              | -        | high    | high   | high    | max    | max
        acme/kimi-k4                                       | reasoning_effort                              | low      | low     | high   | high    | max    | max
        acme/glm-6                                         | reasoning_effort                              | low      | low     | high   | high    | max    | max
        acme/qwen4-32b                                     | reasoning_effort                              | none     | low     | medium | high    | high   | high
        acme/minimax-m4                                    | reasoning_effort                              | low      | low     | medium | high    | xhigh  | max
        acme/mistral-large-5                               | reasoning_effort                              | low      | low     | medium | high    | high   | high
        acme/muse-spark-2                                  | reasoning_effort                              | minimal  | low     | medium | high    | xhigh  | max
        acme/gpt-oss-2-120b                                | reasoning_effort                              | low      | low     | medium | high    | high   | high
        acme/llama-5-70b                                   | reasoning_effort                              | -        | -       | -      | -       | -      | -
        acme/my-own                                        | reasoning_effort                              | -        | -       | -      | -       | -      | -
        groq/qwen/qwen4-32b                                | reasoning_effort                              | none     | low     | medium | high    | high   | high
        groq/openai/gpt-oss-2-120b                         | reasoning_effort                              | low      | low     | medium | high    | high   | high
        hosted_vllm/Qwen/Qwen4-32B                         | reasoning_effort                              | -        | low     | medium | high    | high   | high
        mistral/mistral-medium-5                           | reasoning_effort                              | none     | high    | high   | high    | high   | high
        zai/glm-6                                          | reasoning_effort                              | low      | low     | high   | high    | max    | max
        zai/glm-6                                          | thinking.type                                 | enabled  | enabled | enabled | enabled | enabled | enabled
        deepseek/deepseek-v5                               | reasoning_effort                              | -        | high    | high   | high    | max    | max
        deepseek/deepseek-v5                               | thinking.type                                 | disabled | enabled | enabled | enabled | enabled | enabled
        fireworks_ai/accounts/fireworks/models/kimi-k4     | reasoning_effort                              | low      | low     | high   | high    | max    | max
        cloudflare/@cf/zai-org/glm-6                       | reasoning_effort                              | low      | low     | high   | high    | max    | max
        openrouter/x-ai/grok-5                             | reasoning.effort                              | low      | low     | medium | high    | xhigh  | xhigh
        openrouter/google/gemini-4-flash                   | reasoning.effort                              | low      | low     | medium | high    | high   | high
        openrouter/z-ai/glm-6                              | reasoning.effort                              | low      | low     | high   | high    | max    | max
        together_ai/deepseek-ai/DeepSeek-V5                | reasoning.enabled                             | false    | true    | true   | true    | true   | true
        gemini/gemini-4-flash                              | generationConfig.thinkingConfig.thinkingLevel | LOW      | LOW     | MEDIUM | HIGH    | HIGH   | HIGH
        gemini/gemini-3-pro-preview                        | generationConfig.thinkingConfig.thinkingLevel | LOW      | LOW     | MEDIUM | HIGH    | HIGH   | HIGH
        gemini/gemini-4-flash-lite                         | generationConfig.thinkingConfig.thinkingLevel | MINIMAL  | LOW     | MEDIUM | HIGH    | HIGH   | HIGH
        gemini/gemma-5-27b-it                              | generationConfig.thinkingConfig.thinkingLevel | MINIMAL  | MINIMAL | HIGH   | HIGH    | HIGH   | HIGH
        gemini/gemini-1.5-pro                              | generationConfig.thinkingConfig.thinkingLevel | -        | -       | -      | -       | -      | -
        vertex_ai/gemini-4-flash                           | generationConfig.thinkingConfig.thinkingLevel | LOW      | LOW     | MEDIUM | HIGH    | HIGH   | HIGH
        databricks/databricks-gemini-4-flash               | generationConfig.thinkingConfig.thinkingLevel | LOW      | LOW     | MEDIUM | HIGH    | HIGH   | HIGH
        vertex_ai/claude-opus-6                            | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        bedrock/us.anthropic.claude-opus-6-v1:0            | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        bedrock_mantle/anthropic.claude-opus-6             | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        azure_ai/claude-opus-6                             | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        github_copilot/claude-haiku-6                      | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        databricks/databricks-claude-opus-6                | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        snowflake/claude-opus-6                            | output_config.effort                          | -        | low     | medium | high    | xhigh  | max
        bedrock/converse/us.anthropic.claude-opus-6-v1:0   | additionalModelRequestFields.output_config.effort | -    | low     | medium | high    | xhigh  | max
        bedrock/us.amazon.nova-3-pro-v1:0                  | additionalModelRequestFields.reasoningConfig.maxReasoningEffort | - | low | medium | high | high | high
        bedrock/us.openai.gpt-7                            | additionalModelRequestFields.reasoning.effort | low      | low     | medium | high    | xhigh  | xhigh
        bedrock/openai.gpt-oss-2-120b-1:0                  | additionalModelRequestFields.reasoning_effort | low      | low     | medium | high    | high   | high
        ollama/qwen4:8b                                    | think                                         | false    | true    | true   | true    | true   | true
        ollama/gpt-oss-2:20b                               | think                                         | low      | low     | medium | high    | high   | high
        ollama/glm-6                                       | think                                         | low      | low     | high   | high    | max    | max
        ollama/gemma5:27b                                  | think                                         | false    | true    | true   | true    | true   | true
        cohere/command-b                                   | thinking.token_budget                         | -        | 2048    | 8192   | 31000   | 31000  | 31000
        """)
    void effort(String model, String field, String off, String low, String medium, String high, String xhigh, String max) {
        var levels = List.of(low, medium, high, xhigh, max);
        assertEquals(off, sent(model, field, "\"thinking\":{\"type\":\"disabled\"}"));
        assertEquals(levels, EFFORTS.stream().map(effort -> sent(model, field, "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"" + effort + "\"}")).toList());
        if (!field.endsWith("token_budget"))
            assertEquals(List.of(low, medium, high, max), BUDGETS.stream().map(budget -> sent(model, field, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":" + budget + "}")).toList());
    }

    /// The newest Claude takes no budget and those before 4.6 no effort, whichever the client sends.
    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        bedrock/us.anthropic.claude-opus-6-v1:0                 | adaptive
        vertex_ai/claude-sonnet-6                               | adaptive
        azure_ai/claude-fable-6                                 | adaptive
        github_copilot/claude-sonnet-6                          | adaptive
        bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0     | enabled
        """)
    void claudeThinksInTheWayThatItKnows(String model, String type) {
        for (var asked : List.of("\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"high\"}", "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4000}"))
            assertEquals(type, sent(model, "thinking.type", asked));
    }

    @Test void theNewestClaudeTakesNoTemperature() {
        assertEquals("-", sent("bedrock/us.anthropic.claude-opus-6-v1:0", "temperature", "\"temperature\":0.5"));
        assertEquals("-", sent("bedrock/converse/us.anthropic.claude-opus-6-v1:0", "inferenceConfig.temperature", "\"temperature\":0.5"));
        assertEquals("0.5", sent("bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0", "temperature", "\"temperature\":0.5"));
    }

    private static String sent(String model, String field, String asked) {
        var bytes = ("{\"model\":\"" + model + "\",\"max_tokens\":32000,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + asked + "}").getBytes(StandardCharsets.UTF_8);
        var request = new Request(Json.at(Json.parse(bytes)), bytes, Map.of());
        var route = ROUTES.of(model);
        JsonElement body = route.draft(request, ReplyContext.of(request, route, Ids.counting())).read();
        var path = field.split("\\.");
        return Json.has(body, path) ? Json.spelled(body, path) : "-";
    }
}
