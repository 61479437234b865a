package lib.provider;

import lib.dialect.BedrockClaude;
import lib.dialect.ChatFunctions;
import lib.dialect.Demo;
import lib.dialect.Dialect;
import lib.dialect.IbmChat;
import lib.dialect.Orchestration;
import lib.dialect.SageMakerChat;
import lib.dialect.VertexChat;
import lib.dialect.VertexClaude;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static lib.dialect.Choices.*;
import static lib.dialect.Filters.*;
import static lib.dialect.Headers.*;
import static lib.dialect.Limits.*;
import static lib.dialect.Reasoning.*;
import static lib.dialect.Responses.*;
import static lib.dialect.Roles.*;
import static lib.provider.Dialects.*;
import static lib.provider.Provider.row;

/// The table of providers. A new one is one row, here or, where it is one more OpenAI-compatible host, in `Hosts`,
/// or in `Texts` if all it does is go on with a text.
/// Rows whose key is looked for at start are marked `.detect()`, in the order in which they are taken. Bases, keys and
/// models: see each provider's API documentation, 2026-11.
public final class Providers {
    private static final Dialect SAGEMAKER = new SageMakerChat(), ORCHESTRATION = new Orchestration();

    private static final List<Provider> MAKERS = List.of(
        row("anthropic", "Anthropic", ANTHROPIC, "https://api.anthropic.com").as("claude").keyIn("x-api-key").usually("claude-sonnet-5-5", "claude-haiku-5-5").detect().with(CLIENT_HEALS),
        row("openai", "OpenAI", RESPONSES, "https://api.openai.com/v1").as("oai").usually("gpt-6.1-terra", "gpt-6-luna").elsewhere(CHAT).detect()
            .sending("openai-organization", "OPENAI_ORGANIZATION").sending("openai-project", "OPENAI_PROJECT")
            .with(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE, FILE_PARTS, PROMPT_CACHE_KEY, SAFETY_IDENTIFIER),
        row("gemini", "Google AI Studio", GEMINI, "https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "GOOGLE_API_KEY").as("google").keyIn("x-goog-api-key")
            .usually("gemini-3.8-flash", "gemini-3.1-flash-lite").detect(),
        row("vertex_ai", "Google Vertex AI", GEMINI, "https://aiplatform.googleapis.com/v1", "VERTEX_API_KEY").as("vertex", "vertex_ai_beta").keyIn("x-goog-api-key")
            .usually("gemini-3.8-flash", "gemini-3.1-flash-lite").bases("VERTEX_API_BASE", "VERTEXAI_API_BASE").by(new Vertex(GEMINI, new VertexClaude(), CHAT, new VertexChat())),
        row("xai", "xAI", RESPONSES, "https://api.x.ai/v1").as("grok").usually("grok-4.7", "grok-4.3").elsewhere(CHAT).detect()
            .with(MAX_COMPLETION_TOKENS, NO_STOP_WHEN_REASONING, SYSTEM_ANYWHERE),
        row("deepseek", "DeepSeek", CHAT, "https://api.deepseek.com").better(ANTHROPIC, "https://api.deepseek.com/anthropic").usually("deepseek-v4-pro", "deepseek-flash").detect()
            .with(THINKING_TYPE, REASONING_GOES_BACK, JSON_OBJECT_ONLY, COMMON_BLOCKS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, NO_BILLING_LINE),
        row("moonshot", "Moonshot AI (Kimi)", CHAT, "https://api.moonshot.ai/v1").alsoCalled("kimi").also(ANTHROPIC, "https://api.moonshot.ai/anthropic").bearer().usually("kimi-k3.1-pro", "kimi-k2.6").detect()
            .with(THINKING_TYPE, REASONING_GOES_BACK_FILLED, AUTO_CHOICE_ONLY, NO_SAMPLING_WHEN_REASONING, COMMON_BLOCKS),
        row("zai", "Z.AI (GLM)", CHAT, "https://api.z.ai/api/paas/v4").as("glm", "zhipu").also(ANTHROPIC, "https://api.z.ai/api/anthropic").bearer().usually("glm-5.3", "glm-5.3-flash").detect()
            .with(THINKING_KEPT, REASONING_GOES_BACK, AUTO_CHOICE_ONLY, JSON_OBJECT_ONLY, TOOL_STREAM),
        row("groq", "Groq", CHAT, "https://api.groq.com/openai/v1").usually("openai/gpt-oss-120b", "openai/gpt-oss-20b").detect().with(MAX_COMPLETION_TOKENS, REASONING_FORMAT_PARSED),
        row("mistral", "Mistral AI", CHAT, "https://api.mistral.ai/v1", "MISTRAL_API_KEY", "MISTRAL_AZURE_API_KEY").bases("MISTRAL_API_BASE", "MISTRAL_AZURE_API_BASE")
            .usually("mistral-large-4", "mistral-small-latest").detect()
            .with(NO_STREAM_OPTIONS, NO_NULLS, NINE_LETTER_IDS, NAMED_TOOL_ALONE, NO_USER_AFTER_TOOL, PREFIX_IS_MARKED, NO_TOP_P_WHEN_GREEDY, PROMPT_MODE, THINKING_PARTS, DOCUMENT_PARTS, PROMPT_CACHE_KEY),
        row("cohere", "Cohere", COHERE, "https://api.cohere.com/v2", "COHERE_API_KEY", "CO_API_KEY").as("cohere_chat").also(CHAT, "https://api.cohere.ai/compatibility/v1")
            .usually("command-a-plus-05-2026", "command-r7b-12-2024").detect(),
        row("perplexity", "Perplexity", RESPONSES, "https://api.perplexity.ai/v1", "PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY").usually("openai/gpt-5.5", "openai/gpt-6-luna").with(PRESETS, AUTO_CHOICE_ONLY, WEB_SEARCH),
        row("cerebras", "Cerebras", CHAT, "https://api.cerebras.ai/v1").usually("qwen-3.8-27b", "gpt-oss-120b").detect().with(MAX_COMPLETION_TOKENS, BLANK_REFUSAL_IS_OVERFLOW),
        row("together_ai", "Together AI", CHAT, "https://api.together.xyz/v1", "TOGETHER_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN").as("together")
            .usually("moonshotai/Kimi-K3.1-Pro", "zai-org/GLM-5.3-Flash").detect().with(REASONING_ENABLED, TOP_K),
        row("fireworks_ai", "Fireworks AI", CHAT, "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN").as("fireworks")
            .also(ANTHROPIC, "https://api.fireworks.ai/inference").usually("accounts/fireworks/models/kimi-k3p1-pro", "accounts/fireworks/models/glm-5p3-flash").detect().with(TOP_K, SESSION_AFFINITY, COMMON_BLOCKS, NO_SERVER_TOOLS, PLAIN_TOOLS, PLAIN_CACHE_MARKS),
        row("openrouter", "OpenRouter", CHAT, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "OR_API_KEY").better(ANTHROPIC, "https://openrouter.ai/api").bearer()
            .sending("http-referer", "OR_SITE_URL").sending("x-title", "OR_APP_NAME").usually("z-ai/glm-5.3", "z-ai/glm-5.3-flash").detect()
            .with(REASONING_OBJECT, REASONING_DETAILS_GO_BACK, FILE_PARTS, TOP_K, SESSION_ID, SESSION_ID_HEADER));

    private static final List<Provider> CLOUDS = List.of(
        row("bedrock", "Amazon Bedrock", CONVERSE, "https://bedrock-runtime.<region>.amazonaws.com", "AWS_BEARER_TOKEN_BEDROCK").as("bedrock_converse")
            .bases("BEDROCK_API_BASE", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_BEDROCK_RUNTIME_ENDPOINT")
            .usually("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.anthropic.claude-haiku-4-5-20251001-v1:0").by(new Bedrock.Runtime(new BedrockClaude(), CONVERSE)),
        row("bedrock_mantle", "Amazon Bedrock Mantle", CHAT, "https://bedrock-mantle.<region>.api.aws", "BEDROCK_MANTLE_API_KEY", "AWS_BEARER_TOKEN_BEDROCK")
            .also(RESPONSES, "https://bedrock-mantle.<region>.api.aws").also(ANTHROPIC, "https://bedrock-mantle.<region>.api.aws").by(new Bedrock.Mantle()).with(CALL_IDS_RESTART, ANSWER_TOLD_AGAIN, MANTLE_BETAS),
        row("anthropic_aws", "Claude Platform on AWS", ANTHROPIC, "https://aws-external-anthropic.<region>.api.aws").keyIn("x-api-key").by(new Bedrock.ClaudePlatform())
            .sending("anthropic-workspace-id", "ANTHROPIC_AWS_WORKSPACE_ID").usually("claude-sonnet-5-5", "claude-haiku-5-5").with(CLIENT_HEALS),
        row("azure", "Azure OpenAI", CHAT, "https://<resource>.openai.azure.com", "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").as("azure_openai").bases("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyIn("api-key").by(new Azure.OpenAi(CHAT, RESPONSES)).with(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE),
        row("azure_ai", "Azure AI Foundry", CHAT, "https://<resource>.services.ai.azure.com", "AZURE_AI_API_KEY").as("azure_foundry").keyIn("api-key").by(new Azure.Foundry(ANTHROPIC, CHAT, RESPONSES)).with(FOUNDRY_BETAS),
        row("sagemaker_chat", "Amazon SageMaker (OpenAI's chat)", SAGEMAKER, "https://runtime.sagemaker.<region>.amazonaws.com").as("sagemaker_nova").bases("SAGEMAKER_API_BASE", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME").by(new SageMaker(SAGEMAKER)),
        row("sap", "SAP Generative AI Hub", ORCHESTRATION, "https://<api>.ml.hana.ondemand.com/v2/inference/deployments/<deployment>", "AICORE_SERVICE_KEY").bases("AICORE_ORCHESTRATION_URL", "AICORE_BASE_URL").usually("anthropic--claude-4.5-sonnet", "anthropic--claude-4.5-haiku")
            .by(new Sap(ORCHESTRATION)).with(LEVEL_FOR_BUDGET, REASONING_DETAILS_GO_BACK, CACHE_MARKS),
        row("oci", "OCI Generative AI", CHAT, "https://inference.generativeai.{OCI_REGION}.oci.oraclecloud.com/openai/v1", "OCI_GENAI_API_KEY").also(RESPONSES, "https://inference.generativeai.{OCI_REGION}.oci.oraclecloud.com/openai/v1")
            .sending("opc-compartment-id", "OCI_COMPARTMENT_ID").sending("openai-project", "OCI_GENAI_PROJECT").usually("xai.grok-4-1-fast-reasoning", "xai.grok-4-1-fast-non-reasoning").by(new Oci()),
        row("snowflake", "Snowflake Cortex", CHAT, "https://{SNOWFLAKE_ACCOUNT_ID}.snowflakecomputing.com/api/v2/cortex/v1", "SNOWFLAKE_PAT", "SNOWFLAKE_JWT").also(ANTHROPIC, "https://{SNOWFLAKE_ACCOUNT_ID}.snowflakecomputing.com/api/v2/cortex")
            .usually("claude-sonnet-4-5", "claude-haiku-4-5").by(new Snowflake()).with(MAX_COMPLETION_TOKENS));

    private static final List<Provider> OTHERS = List.of(
        row("watsonx", "IBM watsonx.ai", new IbmChat(), "https://<region>.ml.cloud.ibm.com/ml/v1", "WATSONX_API_KEY", "WATSONX_APIKEY", "WX_API_KEY").bases("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL")
            .usually("openai/gpt-oss-120b", "ibm/granite-4-h-small").by(new Watsonx((payer, _) -> new IbmChat(payer.field(), payer.id()))).with(MAX_COMPLETION_TOKENS, OPEN_PARAMETERS),
        row("gigachat", "GigaChat (Sber)", new ChatFunctions(), "https://api.giga.chat/v1", "GIGACHAT_CREDENTIALS", "GIGACHAT_API_KEY").usually("GigaChat-2-Max", "GigaChat-2").by(new GigaChat()),
        row("databricks", "Databricks", CHAT, "https://<workspace>/serving-endpoints", "DATABRICKS_TOKEN", "DATABRICKS_API_KEY").bearer().bases("DATABRICKS_API_BASE", "DATABRICKS_HOST")
            .also(ANTHROPIC, "https://<workspace>/serving-endpoints/anthropic").also(RESPONSES, "https://<workspace>/serving-endpoints").also(GEMINI, "https://<workspace>/serving-endpoints/gemini/v1beta")
            .usually("databricks-claude-sonnet-5-5", "databricks-claude-haiku-5-5").by(new Databricks()).with(CODING_AGENT, DATABRICKS_BETAS));

    /// A person's subscription, by a login in place of a key.
    private static final List<Provider> SUBSCRIPTIONS = List.of(
        row("github_copilot", "GitHub Copilot", CHAT, Copilot.BASE, "GITHUB_COPILOT_API_KEY", "COPILOT_GITHUB_TOKEN").as("copilot").also(RESPONSES, Copilot.BASE).also(ANTHROPIC, Copilot.BASE)
            .by(new Copilot()).usually("claude-sonnet-5.5", "claude-haiku-5.5").with(INITIATOR, VISION_IS_TOLD, FEW_BETAS, REASONING_OPAQUE_GOES_BACK, NO_EFFORT_OF_NONE),
        row("chatgpt", "ChatGPT", RESPONSES, "https://chatgpt.com/backend-api/codex").by(new ChatGpt()).usually("gpt-6.1-terra", "gpt-6-luna")
            .with(INSTRUCTIONS, NO_LIMIT_NO_SAMPLING, ALWAYS_STREAMS, PROMPT_CACHE_KEY, SESSION_HEADER));

    private static final List<Provider> MACHINES = List.of(
        row("ollama", "Ollama", OLLAMA, "http://127.0.0.1:11434").as("ollama_chat").also(ANTHROPIC, "http://127.0.0.1:11434").bases("OLLAMA_API_BASE", "OLLAMA_HOST").onThisMachine().cloud("https://ollama.com")
            .with(COMMON_BLOCKS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, NO_BILLING_LINE),
        row("lm_studio", "LM Studio", CHAT, "http://127.0.0.1:1234/v1").as("lmstudio").also(ANTHROPIC, "http://127.0.0.1:1234").onThisMachine().with(TOP_K),
        row("llama_cpp", "llama.cpp", CHAT, "http://127.0.0.1:8080/v1", "LLAMA_API_KEY").as("llamacpp").also(ANTHROPIC, "http://127.0.0.1:8080").onThisMachine()
            .with(NAMED_TOOL_ALONE, TEMPLATE_SWITCH, TOP_K, COMMON_BLOCKS, NO_SERVER_TOOLS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, NO_BILLING_LINE),
        row("llamafile", "llamafile", CHAT, "http://127.0.0.1:8080/v1").onThisMachine().with(NAMED_TOOL_ALONE, TEMPLATE_SWITCH, TOP_K),
        row("hosted_vllm", "vLLM", CHAT, "http://127.0.0.1:8000/v1").as("vllm").also(ANTHROPIC, "http://127.0.0.1:8000").onThisMachine().with(TEMPLATE_SWITCH, TOP_K, COMMON_BLOCKS, NO_SERVER_TOOLS),
        row("docker_model_runner", "Docker Model Runner", CHAT, "http://127.0.0.1:12434/engines/v1").onThisMachine(),
        row("lemonade", "Lemonade", CHAT, "http://127.0.0.1:8000/api/v1").onThisMachine(),
        row("xinference", "Xinference", CHAT, "http://127.0.0.1:9997/v1").onThisMachine(),
        row("oobabooga", "text-generation-webui", CHAT, "http://127.0.0.1:5000/v1").onThisMachine().with(TOP_K),
        row("litellm_proxy", "LiteLLM proxy", CHAT, "http://127.0.0.1:4000").also(ANTHROPIC, "http://127.0.0.1:4000").onThisMachine(),
        row("demo", "the built-in demo", new Demo(), "echo:demo").usually("demo", "demo").onThisMachine());

    private static final List<Provider> ROWS = Stream.of(MAKERS, SUBSCRIPTIONS, CLOUDS, OTHERS, Hosts.ROWS, Texts.ROWS, MACHINES).flatMap(List::stream).toList();

    private Providers() {}

    public static List<Provider> all() { return ROWS; }

    /// The provider of that id or alias, or one of the user's own, which speaks OpenAI's chat unless they say otherwise.
    public static Optional<Provider> find(String name, Config config) {
        var row = ROWS.stream().filter(provider -> provider.is(name)).findFirst();
        return row.isEmpty() && config.hasBase(name) ? Optional.of(own(name)) : row;
    }

    /// The paths are those that follow a bare host.
    private static Provider own(String name) {
        var host = "http://127.0.0.1";
        return row(name, name, CHAT, host + "/v1").also(RESPONSES, host + "/v1").also(ANTHROPIC, host).also(GEMINI, host + "/v1beta").also(OLLAMA, host).also(COHERE, host).onThisMachine();
    }

    /// What a misspelled name may have meant, for the error that says so.
    static String like(String name) {
        var near = ROWS.stream().flatMap(row -> Stream.concat(Stream.of(row.id()), row.aliases().stream()))
            .filter(id -> name.length() > 2 && (id.contains(name) || name.contains(id) || id.startsWith(name.substring(0, 3)))).limit(8).toList();
        return near.isEmpty() ? "such as openai, gemini, deepseek, groq, openrouter or ollama; the README lists all" : "did you mean " + String.join(", ", near) + "?";
    }
}
