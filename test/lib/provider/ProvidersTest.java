package lib.provider;

import module java.base;
import org.junit.jupiter.api.Test;

import lib.config.*;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The table as a whole: who is in it, and that nobody is in another's way.
class ProvidersTest {
    /// Every provider that LiteLLM reaches and that has an address, by its names there, and those of models.dev.
    private static final String NAMES = """
        openai oai azure azure_openai azure_text azure_ai azure_foundry anthropic claude anthropic_aws gemini google vertex_ai vertex vertex_ai_beta bedrock
        bedrock_converse bedrock_mantle sagemaker sagemaker_chat sagemaker_nova amazon_nova xai grok groq deepseek mistral codestral text-completion-codestral
        cohere_chat cohere ai21 ai21_chat perplexity meta_llama meta moonshot kimi kimi_coding zai glm zhipu minimax dashscope qwen alibaba qwencloud
        qwen_ai_platform volcengine doubao ark tencent xiaomi_mimo nvidia_nim cerebras sambanova fireworks_ai together_ai together openrouter
        vercel_ai_gateway deepinfra novita nebius hyperbolic lambda_ai nscale featherless_ai friendliai galadriel baseten huggingface replicate databricks
        snowflake watsonx watsonx_text cloudflare oci sap gigachat github github_copilot chatgpt litellm_proxy custom_openai openai_like
        text-completion-openai ollama ollama_chat lm_studio hosted_vllm vllm llamafile llama_cpp docker_model_runner lemonade xinference oobabooga petals
        triton langgraph publicai helicone veniceai venice scaleway synthetic apertis nano-gpt nanogpt poe chutes abliteration llamagate gmi sarvam assemblyai
        charity_engine aihubmix crusoe salad_cloud wandb ovhcloud v0 morph inception clarifai gradient_ai heroku cometapi compactifai aiml bytez datarobot
        empower anyscale predibase maritalk nlp_cloud aleph_alpha ragflow manus empiriolabs scx-ai edenai modelscope tensormesh darkbloom parasail libertai
        cognition neosantara pinstripes gdc nadir prism clf_ai_gateway siliconflow stepfun opencode_zen cloudflare_ai_gateway cortecs sail reka
        """;

    private static final Config NONE = new Config(Map.of());

    @Test void everyNameIsServed() {
        assertEquals(List.of(), Stream.of(NAMES.split("\\s+")).filter(name -> Providers.find(name, NONE).isEmpty()).toList());
    }

    @Test void aNameMeansOneRow() {
        var rows = new HashMap<String, String>();
        var broken = new ArrayList<String>();
        for (var row : Providers.all()) for (var name : Stream.concat(Stream.of(row.id()), row.aliases().stream()).toList())
            if (rows.put(name, row.id()) != null) broken.add(name);
        assertEquals(List.of(), broken);
    }

    /// Else a key that somebody has for one would be sent to the other.
    @Test void aVariableThatFollowsFromANameIsNobodyElses() {
        var broken = new ArrayList<String>();
        for (var row : Providers.all()) for (var other : Providers.all()) for (var variable : row.keyVariables())
            if (!row.id().equals(other.id()) && !row.namedKeys().contains(variable) && other.namedKeys().contains(variable)) broken.add(variable + " of " + row.id() + " is " + other.id() + "'s");
        assertEquals(List.of(), broken);
    }
}
