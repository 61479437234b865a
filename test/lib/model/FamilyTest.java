package lib.model;

import module java.base;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// Every model has a family, whatever comes before its name, and one that the catalogue does not know is like its
/// family's newest of the same kind.
class FamilyTest {
    private static final Catalogue CATALOGUE = Catalogue.shipped();

    private static final List<String> EFFORTS = List.of("off", "low", "medium", "high", "xhigh", "max");

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        claude-opus-6                               | CLAUDE
        us.anthropic.claude-opus-6-v1:0             | CLAUDE
        anthropic/claude-opus-6                     | CLAUDE
        databricks-claude-opus-6                    | CLAUDE
        anthropic--claude-6-opus                    | CLAUDE
        arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-opus-6-v1:0 | CLAUDE
        Claude-Opus-6                               | CLAUDE
        gpt-7                                       | GPT
        openai/gpt-7-mini                           | GPT
        us.openai.gpt-7                             | GPT
        gpt-5                                       | GPT
        codex-mini-latest                           | GPT
        gpt-daybreak-red-latest                     | GPT
        gpt-4.1                                     | GPT_4
        gpt-4o                                      | GPT_4
        chatgpt-4o-latest                           | GPT_4
        gpt-3.5-turbo                               | GPT_3
        gpt-35-turbo                                | GPT_3
        gpt-oss-120b                                | GPT_OSS
        openai.gpt-oss-20b-1:0                      | GPT_OSS
        @cf/openai/gpt-oss-2-120b                   | GPT_OSS
        gpt-oss:20b                                 | GPT_OSS
        o3                                          | O_SERIES
        openai/o5-mini                              | O_SERIES
        models/gemini-4-flash                       | GEMINI
        databricks-gemini-4-flash                   | GEMINI
        gemma4:27b                                  | GEMMA
        us.xai.grok-5                               | GROK
        accounts/fireworks/models/deepseek-v5       | DEEPSEEK
        deepseek-r1-distill-llama-70b               | DEEPSEEK
        accounts/fireworks/models/kimi-k4           | KIMI
        moonshot-v1-128k                            | KIMI
        @cf/zai-org/glm-6                           | GLM
        Qwen/Qwen4-32B                              | QWEN
        qwq-32b                                     | QWEN
        MiniMaxAI/MiniMax-M4                        | MINIMAX
        mistral-medium-5                            | MISTRAL
        mistralai/Mixtral-8x22B-Instruct            | MISTRAL
        devstral-3                                  | MISTRAL
        meta.llama5-scout-v1:0                      | LLAMA
        llama3.2:3b                                 | LLAMA
        nvidia/llama-3.1-nemotron-ultra-253b-v1     | NEMOTRON
        us.amazon.nova-3-pro-v1:0                   | NOVA
        command-b                                   | COMMAND
        ibm/granite-5-h-small                       | GRANITE
        jamba-large-2                               | JAMBA
        mimo-v3-pro                                 | MIMO
        muse-spark-2                                | MUSE
        mercury-4                                   | MERCURY
        step-6                                      | STEP
        mai-code-2                                  | MAI
        supernova-8b                                | OTHER
        my-deployment                               | OTHER
        ''                                          | OTHER
        """)
    void family(String model, Family family) { assertEquals(family, Family.of(model)); }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # provider     | unknown                                     | is like
        anthropic      | claude-opus-6                               | claude-opus-5-5
        anthropic      | claude-opus-6-20270301                      | claude-opus-5-5
        anthropic      | claude-opus-5-9                             | claude-opus-5-5
        anthropic      | claude-sonnet-6                             | claude-sonnet-5-5
        anthropic      | claude-haiku-6                              | claude-haiku-5-5
        anthropic      | claude-fable-6                              | claude-fable-5-2
        bedrock        | us.anthropic.claude-opus-6-v1:0             | us.anthropic.claude-opus-5-5
        bedrock        | us.anthropic.claude-haiku-6-20270301-v1:0   | us.anthropic.claude-haiku-5-5
        bedrock        | us.amazon.nova-3-lite-v1:0                  | us.amazon.nova-2-lite-v1:0
        bedrock        | us.amazon.nova-2-pro-v1:0                   | us.amazon.nova-2-lite-v1:0
        bedrock        | us.openai.gpt-7                             | us.openai.gpt-6.1-sol
        bedrock        | us.moonshotai.kimi-k4                       | us.moonshotai.kimi-k3.1
        openrouter     | anthropic/claude-opus-6                     | anthropic/claude-opus-5.5
        openrouter     | google/gemini-4-flash                       | google/gemini-3.8-flash
        openrouter     | z-ai/glm-6                                  | z-ai/glm-5.3
        vertex_ai      | claude-opus-6@20270301                      | claude-opus-5-5
        databricks     | databricks-claude-opus-6                    | databricks-claude-opus-5-5
        sap            | anthropic--claude-6-opus                    | anthropic--claude-5.5-opus
        github_copilot | claude-opus-6                               | claude-opus-5.5
        github_copilot | gpt-7                                       | gpt-6.1-sol
        openai         | gpt-7                                       | gpt-6.1-sol
        openai         | gpt-7-2027-03-01                            | gpt-6.1-sol
        openai         | gpt-7-terra                                 | gpt-6.1-terra
        openai         | gpt-7-mini                                  | gpt-5.4-mini
        openai         | gpt-7-nano                                  | gpt-5.4-nano
        openai         | gpt-7-pro                                   | gpt-5.5-pro
        openai         | gpt-7-codex                                 | gpt-5.3-codex
        openai         | gpt-7-chat-latest                           | gpt-5-chat-latest
        azure          | o5-mini                                     | o4-mini
        gemini         | gemini-3-pro-preview                        | gemini-3.1-pro-preview
        gemini         | gemini-4-pro                                | gemini-3.1-pro-preview
        gemini         | gemini-4-flash                              | gemini-3.8-flash
        gemini         | gemini-4-flash-preview-03-2027              | gemini-3.8-flash
        gemini         | gemini-4-flash-lite                         | gemini-3.5-flash-lite
        gemini         | gemini-5                                    | gemini-4-argon
        databricks     | databricks-gemini-4-flash                   | gemini-3.8-flash
        gemini         | gemma-5-27b-it                              | gemma-4-31b-it
        xai            | grok-5                                      | grok-4.7
        oci            | xai.grok-5                                  | grok-4.7
        deepseek       | deepseek-v5                                 | deepseek-v4-pro
        deepseek       | deepseek-v5-flash                           | deepseek-flash
        fireworks_ai   | accounts/fireworks/models/deepseek-v5-flash | accounts/fireworks/models/deepseek-v4p1-flash
        moonshot       | kimi-k4                                     | kimi-k3.1-pro
        moonshot       | kimi-k2.9                                   | kimi-k2.7-code
        fireworks_ai   | accounts/fireworks/models/kimi-k4           | accounts/fireworks/models/kimi-k3p1-pro
        zai            | glm-6                                       | glm-5.3
        zai            | glm-6-flash                                 | glm-5.3-flash
        cloudflare     | @cf/zai-org/glm-6                           | @cf/zai-org/glm-5.3
        dashscope      | qwen4-max                                   | qwen3.8-max
        dashscope      | qwen4-flash                                 | qwen3.8-flash
        groq           | qwen/qwen4-32b                              | qwen/qwen3.8-27b
        minimax        | MiniMax-M4                                  | MiniMax-M3.1-Flash
        mistral        | mistral-medium-5                            | mistral-medium-3.5
        mistral        | mistral-large-5                             | mistral-large-4
        mistral        | mistral-small-2701                          | mistral-small-2603
        mistral        | codestral-2701                              | codestral-2508
        groq           | openai/gpt-oss-2-120b                       | openai/gpt-oss-120b
        cohere         | command-b                                   | command-a-plus-05-2026
        cohere         | command-b-reasoning                         | command-a-reasoning-08-2025
        meta           | muse-spark-2                                | muse-spark-1.3
        xiaomi_mimo    | mimo-v3-pro                                 | mimo-v2.6-pro
        github_copilot | mai-code-2-flash                            | mai-code-1.1-flash
        """)
    void aNewModelIsLikeItsFamilysNewest(String provider, String unknown, String like) {
        var model = CATALOGUE.model(provider, unknown);
        var known = CATALOGUE.model(provider, like);
        assertTrue(known.known(), like);
        assertFalse(model.known());
        assertEquals(unknown, model.id());
        assertEquals(Price.UNKNOWN, model.price());
        assertEquals(List.of(known.context(), known.output(), known.images(), known.reasons(), known.levels(), known.temperature()),
            List.of(model.context(), model.output(), model.images(), model.reasons(), model.levels(), model.temperature()));
    }

    /// Nobody's own server spells levels as the maker's own service does.
    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        # provider  | unknown                | off     | low     | medium | high   | xhigh  | max
        hosted_vllm | Qwen/Qwen4-32B         | none    | low     | medium | high   | high   | high
        acme        | google/gemma-5-27b-it  | minimal | minimal | high   | high   | high   | high
        acme        | gpt-7                  | low     | low     | medium | high   | xhigh  | max
        acme        | claude-opus-6          | low     | low     | medium | high   | xhigh  | max
        acme        | gemini-4-flash         | low     | low     | medium | high   | high   | high
        acme        | grok-5                 | low     | low     | medium | high   | xhigh  | xhigh
        acme        | glm-6                  | low     | low     | high   | high   | max    | max
        acme        | kimi-k4                | low     | low     | high   | high   | max    | max
        acme        | deepseek-v5            | ''      | high    | high   | high   | max    | max
        acme        | mistral-medium-5       | none    | high    | high   | high   | high   | high
        acme        | minimax-m4             | low     | low     | medium | high   | xhigh  | max
        acme        | gpt-oss-2-120b         | low     | low     | medium | high   | high   | high
        acme        | gpt-oss-9t             | low     | low     | medium | high   | high   | high
        acme        | solo9                  | ''      | ''      | ''     | ''     | ''     | ''
        """)
    void levels(String provider, String unknown, String off, String low, String medium, String high, String xhigh, String max) {
        assertEquals(List.of(off, low, medium, high, xhigh, max), EFFORTS.stream().map(CATALOGUE.model(provider, unknown)::level).toList());
    }

    @ParameterizedTest @CsvSource(delimiter = '|', textBlock = """
        anthropic | claude-3-opus
        anthropic | claude-2.1
        anthropic | claude-instant-v1
        bedrock   | anthropic.claude-3-haiku-20240307-v1:0
        openai    | gpt-3.5-turbo
        openai    | gpt-4.5-preview
        azure     | gpt-35-turbo
        gemini    | gemini-1.5-pro
        gemini    | gemini-2.0-flash
        gemini    | gemini-pro
        groq      | llama-2-7b
        ollama    | llama2:7b
        ollama    | gemma:7b
        ollama    | gemma2:9b
        ollama    | qwen:7b
        ollama    | qwen2.5-coder:7b
        xai       | grok-2
        deepseek  | deepseek-v2
        deepseek  | deepseek-coder-v2
        moonshot  | moonshot-v1-128k
        moonshot  | kimi-k1.5
        zai       | glm-4-9b
        minimax   | MiniMax-Text-01
        mistral   | mistral-small-2409
        mistral   | mistral-small-3.2-24b
        mistral   | open-mixtral-8x22b
        cohere    | command
        cohere    | command-nightly
        cohere    | command-r-plus-04-2024
        xai       | grok-5-fast-non-reasoning
        """)
    void anOlderModelDoesNotReason(String provider, String older) {
        var model = CATALOGUE.model(provider, older);
        assertFalse(model.reasons() || model.known(), model.toString());
        if (!older.contains("non-")) assertEquals(Family.of(older).safe(older), model);
    }

    @Test void aModelThatSeesSaysSoInItsName() {
        assertFalse(CATALOGUE.model("zai", "glm-6").images());
        assertTrue(CATALOGUE.model("zai", "glm-6v").images());
        assertTrue(CATALOGUE.model("watsonx", "ibm/granite-vision-9-2b").images());
        assertFalse(CATALOGUE.model("watsonx", "ibm/granite-9-2b").images());
    }
}
