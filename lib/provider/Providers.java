package lib.provider;

import module java.base;

import lib.access.*;
import lib.cloud.*;
import lib.cloud.aws.*;
import lib.cloud.google.*;
import lib.cloud.oracle.*;
import lib.config.*;
import lib.dialect.anthropic.*;
import lib.dialect.chat.*;
import lib.dialect.demo.*;
import lib.route.*;
import lib.subscription.*;
import lib.wire.*;

import static lib.access.Dialects.*;
import static lib.access.Row.row;
import static lib.quirk.AnthropicQuirks.*;
import static lib.quirk.HeaderQuirks.*;
import static lib.quirk.MessageQuirks.*;
import static lib.quirk.ParameterQuirks.*;
import static lib.quirk.ReasoningQuirks.*;
import static lib.quirk.ResponsesQuirks.*;
import static lib.quirk.SearchQuirks.*;
import static lib.quirk.ToolQuirks.*;

/// The table of providers. A new provider is one row: in `Hosts` if it is an OpenAI-compatible host, in `TextServices` if
/// it only completes a text, and otherwise here. At start, the first `.autodetect()` row whose key is set is used.
/// Base URLs, variables and models: each provider's API documentation, 2026-11.
public final class Providers {
    private static final Dialect SAGEMAKER = new SageMakerChat(), ORCHESTRATION = new Orchestration();

    private static final List<Row> MAKERS = List.of(
        row("anthropic",           "Anthropic",                        ANTHROPIC,           "https://api.anthropic.com").keyBegins("sk-ant-").alias("claude").keyHeader("x-api-key").defaultModels("claude-sonnet-5-5", "claude-haiku-5-5").autodetect().quirks(CLIENT_HEALS),
        row("openai",              "OpenAI",                           RESPONSES,           "https://api.openai.com/v1").keyBegins("sk-proj-", "sk-svcacct-", "sk-admin-").alias("oai").defaultModels("gpt-6.1-terra", "gpt-6-luna").whenBaseIsCustom(CHAT).autodetect()
            .header("openai-organization", "OPENAI_ORGANIZATION").header("openai-project", "OPENAI_PROJECT")
            .quirks(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE, FILE_PARTS, PROMPT_CACHE_KEY, SAFETY_IDENTIFIER, HOSTED_SEARCH),
        row("gemini",              "Google AI Studio",                 GEMINI,              "https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "GOOGLE_API_KEY").keyBegins("AIza").alias("google").keyHeader("x-goog-api-key")
            .defaultModels("gemini-3.8-flash", "gemini-3.1-flash-lite").autodetect().quirks(GROUNDING),
        row("vertex_ai",           "Google Vertex AI",                 GEMINI,              "https://aiplatform.googleapis.com/v1", "VERTEX_API_KEY").alias("vertex", "vertex_ai_beta").keyHeader("x-goog-api-key")
            .defaultModels("gemini-3.8-flash", "gemini-3.1-flash-lite").baseVariables("VERTEX_API_BASE", "VERTEXAI_API_BASE").access(new Vertex(GEMINI, new VertexClaude(), CHAT, new VertexChat())).quirks(SEARCHES, GROUNDING),
        row("xai",                 "xAI",                              RESPONSES,           "https://api.x.ai/v1").keyBegins("xai-").alias("grok").defaultModels("grok-4.7", "grok-4.3").whenBaseIsCustom(CHAT).autodetect()
            .quirks(MAX_COMPLETION_TOKENS, NO_STOP_WHEN_REASONING, SYSTEM_ANYWHERE, PNG_AND_JPEG, NO_INLINE_FILES, HOSTED_SEARCH_OF_FIVE),
        row("deepseek",            "DeepSeek",                         CHAT,                "https://api.deepseek.com").preferred(ANTHROPIC, "https://api.deepseek.com/anthropic").defaultModels("deepseek-v4-pro", "deepseek-flash").autodetect()
            .quirks(THINKING_TYPE, REASONING_GOES_BACK, JSON_OBJECT_ONLY, COMMON_BLOCKS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, NO_EFFORT_WITHOUT_THINKING),
        row("moonshot",            "Moonshot AI (Kimi)",               CHAT,                "https://api.moonshot.ai/v1").nickname("kimi").alternative(ANTHROPIC, "https://api.moonshot.ai/anthropic").bearerKey().defaultModels("kimi-k3.1-pro", "kimi-k2.6").autodetect()
            .quirks(THINKING_TYPE, REASONING_GOES_BACK_FILLED, AUTO_CHOICE_ONLY, NO_SAMPLING_WHEN_REASONING, COMMON_BLOCKS, ECHOED_SEARCH),
        row("zai",                 "Z.AI (GLM)",                       CHAT,                "https://api.z.ai/api/paas/v4").alias("glm", "zhipu").alternative(ANTHROPIC, "https://api.z.ai/api/anthropic").bearerKey().defaultModels("glm-5.3", "glm-5.3-flash").autodetect()
            .quirks(THINKING_KEPT, REASONING_GOES_BACK, AUTO_CHOICE_ONLY, JSON_OBJECT_ONLY, TOOL_STREAM, PNG_AND_JPEG, SEARCH_TOOL),
        row("groq",                "Groq",                             CHAT,                "https://api.groq.com/openai/v1").keyBegins("gsk_").defaultModels("openai/gpt-oss-120b", "openai/gpt-oss-20b").autodetect().quirks(MAX_COMPLETION_TOKENS, REASONING_FORMAT_PARSED, COMPOUND_SEARCH),
        row("mistral",             "Mistral AI",                       CHAT,                "https://api.mistral.ai/v1", "MISTRAL_API_KEY", "MISTRAL_AZURE_API_KEY").baseVariables("MISTRAL_API_BASE", "MISTRAL_AZURE_API_BASE")
            .defaultModels("mistral-large-4", "mistral-small-latest").autodetect()
            .quirks(NO_STREAM_OPTIONS, NO_NULLS, NINE_LETTER_IDS, NAMED_TOOL_ALONE, NO_USER_AFTER_TOOL, PREFIX_IS_MARKED, NO_TOP_P_WHEN_GREEDY, PROMPT_MODE, THINKING_PARTS, DOCUMENT_PARTS, PROMPT_CACHE_KEY, CONVERSATIONS_SEARCH),
        row("cohere",              "Cohere",                           COHERE,              "https://api.cohere.com/v2", "COHERE_API_KEY", "CO_API_KEY").alias("cohere_chat").alternative(CHAT, "https://api.cohere.ai/compatibility/v1")
            .defaultModels("command-a-plus-05-2026", "command-r7b-12-2024").autodetect(),
        row("perplexity",          "Perplexity",                       RESPONSES,           "https://api.perplexity.ai/v1", "PERPLEXITYAI_API_KEY", "PERPLEXITY_API_KEY").keyBegins("pplx-").defaultModels("openai/gpt-5.5", "openai/gpt-6-luna").quirks(PRESETS, AUTO_CHOICE_ONLY, WEB_SEARCH),
        row("cerebras",            "Cerebras",                         CHAT,                "https://api.cerebras.ai/v1").keyBegins("csk-").defaultModels("qwen-3.8-27b", "gpt-oss-120b").autodetect().quirks(MAX_COMPLETION_TOKENS, BLANK_REFUSAL_IS_OVERFLOW),
        row("together_ai",         "Together AI",                      CHAT,                "https://api.together.xyz/v1", "TOGETHER_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN").keyBegins("tgp_v1_").alias("together")
            .defaultModels("moonshotai/Kimi-K3.1-Pro", "zai-org/GLM-5.3-Flash").autodetect().quirks(REASONING_ENABLED, TOP_K),
        row("fireworks_ai",        "Fireworks AI",                     CHAT,                "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN").keyBegins("fw_").alias("fireworks")
            .alternative(ANTHROPIC, "https://api.fireworks.ai/inference").defaultModels("accounts/fireworks/models/kimi-k3p1-pro", "accounts/fireworks/models/glm-5p3-flash").autodetect().quirks(TOP_K, SESSION_AFFINITY, COMMON_BLOCKS, NO_SERVER_TOOLS, PLAIN_TOOLS, PLAIN_CACHE_MARKS),
        row("openrouter",          "OpenRouter",                       CHAT,                "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "OR_API_KEY").keyBegins("sk-or-").preferred(ANTHROPIC, "https://openrouter.ai/api").bearerKey()
            .header("http-referer", "OR_SITE_URL").header("x-title", "OR_APP_NAME").defaultModels("z-ai/glm-5.3", "z-ai/glm-5.3-flash").autodetect()
            .quirks(REASONING_OBJECT, REASONING_DETAILS_GO_BACK, FILE_PARTS, FILES_ARE_PARSED, TOP_K, SESSION_ID, SESSION_ID_HEADER, SEARCHES, GATEWAY_SEARCH));

    private static final List<Row> CLOUDS = List.of(
        row("bedrock",             "Amazon Bedrock",                   CONVERSE,            "https://bedrock-runtime.<region>.amazonaws.com", "AWS_BEARER_TOKEN_BEDROCK").keyBegins("ABSK").alias("bedrock_converse")
            .baseVariables("BEDROCK_API_BASE", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_BEDROCK_RUNTIME_ENDPOINT")
            .defaultModels("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.anthropic.claude-haiku-4-5-20251001-v1:0").access(new Bedrock.Runtime(new BedrockClaude(), CONVERSE)).quirks(NO_WEB_SEARCH),
        row("bedrock_mantle",      "Amazon Bedrock Mantle",            CHAT,                "https://bedrock-mantle.<region>.api.aws", "BEDROCK_MANTLE_API_KEY", "AWS_BEARER_TOKEN_BEDROCK")
            .alternative(RESPONSES, "https://bedrock-mantle.<region>.api.aws").alternative(ANTHROPIC, "https://bedrock-mantle.<region>.api.aws").access(new Bedrock.Mantle()).quirks(CALL_IDS_RESTART, ANSWER_TOLD_AGAIN, MANTLE_BETAS, NO_WEB_SEARCH),
        row("anthropic_aws",       "Claude Platform on AWS",           ANTHROPIC,           "https://aws-external-anthropic.<region>.api.aws").keyHeader("x-api-key").access(new Bedrock.ClaudePlatform())
            .header("anthropic-workspace-id", "ANTHROPIC_AWS_WORKSPACE_ID").defaultModels("claude-sonnet-5-5", "claude-haiku-5-5").quirks(CLIENT_HEALS),
        row("azure",               "Azure OpenAI",                     CHAT,                "https://<resource>.openai.azure.com", "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").alias("azure_openai").baseVariables("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyHeader("api-key").access(new Azure.OpenAi(CHAT, RESPONSES)).quirks(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE, HOSTED_SEARCH),
        row("azure_ai",            "Azure AI Foundry",                 CHAT,                "https://<resource>.services.ai.azure.com", "AZURE_AI_API_KEY").alias("azure_foundry").keyHeader("api-key").access(new Azure.Foundry(ANTHROPIC, CHAT, RESPONSES)).quirks(FOUNDRY_BETAS, SEARCHES),
        row("sagemaker_chat",      "Amazon SageMaker (OpenAI's chat)", SAGEMAKER,           "https://runtime.sagemaker.<region>.amazonaws.com").alias("sagemaker_nova").baseVariables("SAGEMAKER_API_BASE", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME").access(new SageMaker(SAGEMAKER)),
        row("sap",                 "SAP Generative AI Hub",            ORCHESTRATION,       "https://<api>.ml.hana.ondemand.com/v2/inference/deployments/<deployment>", "AICORE_SERVICE_KEY").baseVariables("AICORE_ORCHESTRATION_URL", "AICORE_BASE_URL").defaultModels("anthropic--claude-4.5-sonnet", "anthropic--claude-4.5-haiku")
            .access(new Sap(ORCHESTRATION)).quirks(LEVEL_FOR_BUDGET, REASONING_DETAILS_GO_BACK, CACHE_MARKS),
        row("oci",                 "OCI Generative AI",                CHAT,                "https://inference.generativeai.{OCI_REGION}.oci.oraclecloud.com/openai/v1", "OCI_GENAI_API_KEY").alternative(RESPONSES, "https://inference.generativeai.{OCI_REGION}.oci.oraclecloud.com/openai/v1")
            .header("opc-compartment-id", "OCI_COMPARTMENT_ID").header("openai-project", "OCI_GENAI_PROJECT").defaultModels("xai.grok-4-1-fast-reasoning", "xai.grok-4-1-fast-non-reasoning").access(new Oci()),
        row("snowflake",           "Snowflake Cortex",                 CHAT,                "https://{SNOWFLAKE_ACCOUNT_ID}.snowflakecomputing.com/api/v2/cortex/v1", "SNOWFLAKE_PAT", "SNOWFLAKE_JWT").alternative(ANTHROPIC, "https://{SNOWFLAKE_ACCOUNT_ID}.snowflakecomputing.com/api/v2/cortex")
            .defaultModels("claude-sonnet-4-5", "claude-haiku-4-5").access(new Snowflake()).quirks(MAX_COMPLETION_TOKENS));

    private static final List<Row> OTHERS = List.of(
        row("watsonx",             "IBM watsonx.ai",                   new IbmChat(),       "https://<region>.ml.cloud.ibm.com/ml/v1", "WATSONX_API_KEY", "WATSONX_APIKEY", "WX_API_KEY").baseVariables("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL")
            .defaultModels("openai/gpt-oss-120b", "ibm/granite-4-h-small").access(new Watsonx((payer, _) -> new IbmChat(payer.field(), payer.id()))).quirks(MAX_COMPLETION_TOKENS, OPEN_PARAMETERS),
        row("gigachat",            "GigaChat (Sber)",                  new ChatFunctions(), "https://api.giga.chat/v1", "GIGACHAT_CREDENTIALS", "GIGACHAT_API_KEY").defaultModels("GigaChat-2-Max", "GigaChat-2").access(new GigaChat()),
        row("databricks",          "Databricks",                       CHAT,                "https://<workspace>/serving-endpoints", "DATABRICKS_TOKEN", "DATABRICKS_API_KEY").keyBegins("dapi").bearerKey().baseVariables("DATABRICKS_API_BASE", "DATABRICKS_HOST")
            .alternative(ANTHROPIC, "https://<workspace>/serving-endpoints/anthropic").alternative(RESPONSES, "https://<workspace>/serving-endpoints").alternative(GEMINI, "https://<workspace>/serving-endpoints/gemini/v1beta")
            .defaultModels("databricks-claude-sonnet-5-5", "databricks-claude-haiku-5-5").access(new Databricks()).quirks(CODING_AGENT, DATABRICKS_BETAS));

    /// Personal subscriptions: the user signs in and needs no key.
    private static final List<Row> SUBSCRIPTIONS = List.of(
        row("github_copilot",      "GitHub Copilot",                   CHAT,                Copilot.BASE, "GITHUB_COPILOT_API_KEY", "COPILOT_GITHUB_TOKEN").alias("copilot").alternative(RESPONSES, Copilot.BASE).alternative(ANTHROPIC, Copilot.BASE)
            .access(new Copilot()).defaultModels("claude-sonnet-5.5", "claude-haiku-5.5").quirks(INITIATOR, VISION_IS_TOLD, FEW_BETAS, REASONING_OPAQUE_GOES_BACK, NO_EFFORT_OF_NONE),
        row("chatgpt",             "ChatGPT",                          RESPONSES,           "https://chatgpt.com/backend-api/codex").access(new ChatGpt()).defaultModels("gpt-6.1-terra", "gpt-6-luna")
            .quirks(INSTRUCTIONS, NO_LIMIT_NO_SAMPLING, ALWAYS_STREAMS, PROMPT_CACHE_KEY, SESSION_HEADER, HOSTED_SEARCH));

    /// Servers on the user's own machine. What they report: https://docs.ollama.com/api/show,
    /// https://lmstudio.ai/docs/api/rest-api, llama.cpp tools/server/README.md, https://docs.vllm.ai; 2026-11.
    private static final List<Row> LOCAL = List.of(
        row("ollama",              "Ollama",                           OLLAMA,              "http://127.0.0.1:11434").alias("ollama_chat").alternative(ANTHROPIC, "http://127.0.0.1:11434").baseVariables("OLLAMA_API_BASE", "OLLAMA_HOST").local(new LocalServer("/api/tags", LocalServer::ofOllama)).cloudBase("https://ollama.com")
            .quirks(COMMON_BLOCKS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, PNG_AND_JPEG),
        row("lm_studio",           "LM Studio",                        CHAT,                "http://127.0.0.1:1234/v1").alias("lmstudio").alternative(ANTHROPIC, "http://127.0.0.1:1234").local(new LocalServer("/models", LocalServer.inList("/api/v0/models", "loaded_context_length"))).quirks(TOP_K, PNG_AND_JPEG),
        row("llama_cpp",           "llama.cpp",                        CHAT,                "http://127.0.0.1:8080/v1", "LLAMA_API_KEY").alias("llamacpp").alternative(ANTHROPIC, "http://127.0.0.1:8080").local(new LocalServer("/models", LocalServer.at("/props", "default_generation_settings", "n_ctx")))
            .quirks(NAMED_TOOL_ALONE, TEMPLATE_SWITCH, TOP_K, COMMON_BLOCKS, NO_SERVER_TOOLS, SYSTEM_AS_REMINDER, PLAIN_TOOLS, PNG_AND_JPEG),
        row("llamafile",           "llamafile",                        CHAT,                "http://127.0.0.1:8080/v1").local().quirks(NAMED_TOOL_ALONE, TEMPLATE_SWITCH, TOP_K, PNG_AND_JPEG),
        row("hosted_vllm",         "vLLM",                             CHAT,                "http://127.0.0.1:8000/v1").alias("vllm").alternative(ANTHROPIC, "http://127.0.0.1:8000").local(new LocalServer("/models", LocalServer.inList("/v1/models", "max_model_len"))).quirks(TEMPLATE_SWITCH, TOP_K, COMMON_BLOCKS, NO_SERVER_TOOLS),
        row("docker_model_runner", "Docker Model Runner",              CHAT,                "http://127.0.0.1:12434/engines/v1").local().quirks(PNG_AND_JPEG),
        row("lemonade",            "Lemonade",                         CHAT,                "http://127.0.0.1:8000/api/v1").local().quirks(PNG_AND_JPEG),
        row("xinference",          "Xinference",                       CHAT,                "http://127.0.0.1:9997/v1").local(),
        row("oobabooga",           "text-generation-webui",            CHAT,                "http://127.0.0.1:5000/v1").local().quirks(TOP_K),
        row("litellm_proxy",       "LiteLLM proxy",                    CHAT,                "http://127.0.0.1:4000").alternative(ANTHROPIC, "http://127.0.0.1:4000").local().gateway(),
        row("demo",                "the built-in demo",                new Demo(),          "echo:demo").defaultModels("demo", "demo").local());

    private static final List<Provider> ROWS = Stream.of(MAKERS, SUBSCRIPTIONS, CLOUDS, OTHERS, Hosts.ROWS, TextServices.ROWS, LOCAL)
        .flatMap(List::stream).map(Row::build).toList();

    private Providers() {}

    public static List<Provider> all() { return ROWS; }

    /// The provider with that id or alias, or one that the user defines with {NAME}_API_BASE, which uses OpenAI's chat unless
    /// {NAME}_DIALECT says otherwise.
    public static Optional<Provider> find(String name, Config config) {
        var row = ROWS.stream().filter(provider -> provider.is(name)).findFirst();
        return row.isEmpty() && config.hasBase(name) ? Optional.of(own(name)) : row;
    }

    /// The provider whose keys start like this one.
    public static Optional<Provider> ofKey(String key) { return ROWS.stream().filter(row -> row.mayHave(key)).findFirst(); }

    /// The provider that the URL belongs to; if several share its host, the one with its path. On this machine the port
    /// decides, if only one kind of server uses it.
    public static Optional<Provider> at(String url) {
        if (Loopback.isUrl(url)) {
            var here = ROWS.stream().filter(row -> row.local() && row.usesPortOf(url)).toList();
            return here.stream().filter(row -> here.size() == 1 && row.server().isPresent() && row.mayServe(url)).findFirst();
        }
        var there = ROWS.stream().filter(row -> !row.local() && row.isAt(url)).toList();
        return there.stream().filter(row -> row.hasPathOf(url)).findFirst().or(() -> there.stream().findFirst());
    }

    /// How to query the server of a local provider, if that is possible.
    public static Optional<LocalServer> server(String id) {
        return ROWS.stream().filter(row -> row.id().equals(id)).findFirst().flatMap(Provider::server);
    }

    /// The user's own server. The host is a placeholder; the paths complete a base URL that is only a host.
    public static Provider own(String name) {
        var host = "http://127.0.0.1";
        return row(name, name, CHAT, host + "/v1").alternative(RESPONSES, host + "/v1").alternative(ANTHROPIC, host)
            .alternative(GEMINI, host + "/v1beta").alternative(OLLAMA, host).alternative(COHERE, host).local(LocalServer.WITHOUT_WINDOWS).gateway().build();
    }

    /// Suggestions for an unknown name, for the error message.
    public static String like(String name) {
        var near = ROWS.stream().flatMap(row -> Stream.concat(Stream.of(row.id()), row.aliases().stream()))
            .filter(id -> name.length() > 2 && (id.contains(name) || name.contains(id) || id.startsWith(name.substring(0, 3))))
            .limit(8).toList();
        return near.isEmpty() ? "such as openai, gemini, deepseek, groq, openrouter or ollama" : "did you mean " + String.join(", ", near) + "?";
    }
}
