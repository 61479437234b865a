package lib.provider;

import lib.dialect.Anthropic;
import lib.dialect.BedrockClaude;
import lib.dialect.BedrockConverse;
import lib.dialect.Demo;
import lib.dialect.Dialect;
import lib.dialect.Gemini;
import lib.dialect.Ollama;
import lib.dialect.OpenAiChat;
import lib.dialect.OpenAiResponses;
import lib.dialect.VertexChat;
import lib.dialect.VertexClaude;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import static lib.dialect.Choices.*;
import static lib.dialect.Limits.*;
import static lib.dialect.Reasoning.*;
import static lib.dialect.Roles.*;
import static lib.provider.Provider.row;

/// The table of providers. A new one is one row; rows whose key is looked for at start are marked `.detect()`, in
/// the order in which they are taken. Bases, keys and models: see each provider's API documentation, 2026-11.
public final class Providers {
    private static final Dialect ANTHROPIC = new Anthropic(), CHAT = new OpenAiChat(), RESPONSES = new OpenAiResponses(), GEMINI = new Gemini(), CONVERSE = new BedrockConverse(), OLLAMA = new Ollama();

    private static final List<Provider> ROWS = List.of(
        row("anthropic",    ANTHROPIC, "https://api.anthropic.com",             "ANTHROPIC_API_KEY").as("claude").keyIn("x-api-key").usually("claude-sonnet-5-5", "claude-haiku-5-5").detect(),
        row("openai",       RESPONSES, "https://api.openai.com/v1",             "OPENAI_API_KEY").as("oai").usually("gpt-6.1-terra", "gpt-6-luna").elsewhere(CHAT).detect()
            .with(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE, FILE_PARTS, PROMPT_CACHE_KEY),
        row("gemini",       GEMINI,    "https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "GOOGLE_API_KEY").as("google").keyIn("x-goog-api-key")
            .usually("gemini-3.8-flash", "gemini-3.1-flash-lite").detect(),
        row("vertex_ai",    GEMINI,    "https://aiplatform.googleapis.com/v1",  "VERTEX_API_KEY").as("vertex", "vertex_ai_beta").keyIn("x-goog-api-key").usually("gemini-3.8-flash", "gemini-3.1-flash-lite")
            .bases("VERTEX_API_BASE", "VERTEXAI_API_BASE").by(new Vertex(GEMINI, new VertexClaude(), CHAT, new VertexChat())),
        row("xai",          RESPONSES, "https://api.x.ai/v1",                   "XAI_API_KEY").as("grok").usually("grok-4.7", "grok-4.3").elsewhere(CHAT).detect()
            .with(MAX_COMPLETION_TOKENS, NO_STOP_WHEN_REASONING, SYSTEM_ANYWHERE),
        row("deepseek",     CHAT,      "https://api.deepseek.com",              "DEEPSEEK_API_KEY").usually("deepseek-v4-pro", "deepseek-flash").detect()
            .with(THINKING_TYPE, REASONING_GOES_BACK, JSON_OBJECT_ONLY),
        row("moonshot",     CHAT,      "https://api.moonshot.ai/v1",            "MOONSHOT_API_KEY").as("kimi").usually("kimi-k3.1-pro", "kimi-k2.6").detect()
            .with(THINKING_TYPE, REASONING_GOES_BACK_FILLED, AUTO_CHOICE_ONLY, NO_SAMPLING_WHEN_REASONING),
        row("zai",          CHAT,      "https://api.z.ai/api/paas/v4",          "ZAI_API_KEY").as("glm", "zhipu").usually("glm-5.3", "glm-5.3-flash").detect()
            .with(THINKING_KEPT, REASONING_GOES_BACK, AUTO_CHOICE_ONLY, JSON_OBJECT_ONLY, TOOL_STREAM),
        row("groq",         CHAT,      "https://api.groq.com/openai/v1",        "GROQ_API_KEY").usually("openai/gpt-oss-120b", "openai/gpt-oss-20b").detect()
            .with(MAX_COMPLETION_TOKENS, REASONING_FORMAT_PARSED),
        row("mistral",      CHAT,      "https://api.mistral.ai/v1",             "MISTRAL_API_KEY").usually("mistral-large-4", "mistral-small-latest").detect()
            .with(NO_STREAM_OPTIONS, NINE_LETTER_IDS, NAMED_TOOL_ALONE, NO_USER_AFTER_TOOL, PREFIX_IS_MARKED, THINKING_PARTS, DOCUMENT_PARTS),
        row("cerebras",     CHAT,      "https://api.cerebras.ai/v1",            "CEREBRAS_API_KEY").usually("qwen-3.8-27b", "gpt-oss-120b").detect()
            .with(MAX_COMPLETION_TOKENS, BLANK_REFUSAL_IS_OVERFLOW),
        row("together_ai",  CHAT,      "https://api.together.xyz/v1",           "TOGETHER_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_TOKEN").as("together")
            .usually("moonshotai/Kimi-K3.1-Pro", "zai-org/GLM-5.3-Flash").detect().with(REASONING_ENABLED, TOP_K),
        row("fireworks_ai", CHAT,      "https://api.fireworks.ai/inference/v1", "FIREWORKS_API_KEY", "FIREWORKSAI_API_KEY", "FIREWORKS_AI_TOKEN").as("fireworks")
            .usually("accounts/fireworks/models/kimi-k3p1-pro", "accounts/fireworks/models/glm-5p3-flash").detect().with(TOP_K),
        row("openrouter",   CHAT,      "https://openrouter.ai/api/v1",          "OPENROUTER_API_KEY", "OR_API_KEY").usually("z-ai/glm-5.3", "z-ai/glm-5.3-flash").detect()
            .with(REASONING_OBJECT, REASONING_DETAILS_GO_BACK, FILE_PARTS, TOP_K, SESSION_ID),
        row("bedrock",      CONVERSE,  "https://bedrock-runtime.<region>.amazonaws.com", "AWS_BEARER_TOKEN_BEDROCK").as("bedrock_converse").bases("BEDROCK_API_BASE", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME")
            .usually("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.anthropic.claude-haiku-4-5-20251001-v1:0").by(new Bedrock("bedrock", "/model/{model}", new BedrockClaude(), CONVERSE)),
        row("bedrock_mantle", CHAT,    "https://bedrock-mantle.<region>.api.aws", "AWS_BEARER_TOKEN_BEDROCK").by(new Bedrock("bedrock-mantle", "/v1", CHAT, CHAT)),
        row("azure",        CHAT,      "https://<resource>.openai.azure.com",   "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").as("azure_openai").bases("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyIn("api-key").by(new Azure.OpenAi(CHAT, RESPONSES)).with(MAX_COMPLETION_TOKENS, NO_REASONING_WITH_TOOLS, NO_STOP_WHEN_REASONING, NO_SAMPLING_WHEN_REASONING, DEVELOPER_ROLE, SYSTEM_ANYWHERE),
        row("azure_ai",     CHAT,      "https://<resource>.services.ai.azure.com", "AZURE_AI_API_KEY").as("azure_foundry").keyIn("api-key").by(new Azure.Foundry(ANTHROPIC, CHAT, RESPONSES)),
        row("ollama",       OLLAMA,    "http://127.0.0.1:11434",                "OLLAMA_API_KEY").as("ollama_chat").bases("OLLAMA_API_BASE", "OLLAMA_HOST").onThisMachine(),
        row("lm_studio",    CHAT,      "http://127.0.0.1:1234/v1",              "LM_STUDIO_API_KEY").as("lmstudio").onThisMachine().with(TOP_K),
        row("llama_cpp",    CHAT,      "http://127.0.0.1:8080/v1",              "LLAMA_API_KEY").as("llamacpp", "llamafile").onThisMachine()
            .with(NAMED_TOOL_ALONE, TEMPLATE_SWITCH, TOP_K),
        row("hosted_vllm",  CHAT,      "http://127.0.0.1:8000/v1",              "HOSTED_VLLM_API_KEY").as("vllm").onThisMachine().with(TEMPLATE_SWITCH, TOP_K),
        row("demo",         new Demo(), "echo:demo").usually("demo", "demo").onThisMachine());

    /// The dialects that a setting can choose.
    private static final Map<String, Dialect> NAMED = Map.of("anthropic", ANTHROPIC, "chat", CHAT, "responses", RESPONSES, "gemini", GEMINI, "ollama", OLLAMA);

    private Providers() {}

    static Dialect dialect(String name, String variable) {
        var dialect = NAMED.get(name.toLowerCase(Locale.ROOT));
        if (dialect == null) throw new Config.Wrong(variable + "=" + name + " is no dialect: give one of " + String.join(", ", new TreeSet<>(NAMED.keySet())));
        return dialect;
    }

    public static List<Provider> all() { return ROWS; }

    /// The provider of that id or alias, or one of the user's own, which speaks OpenAI's chat.
    public static Optional<Provider> find(String name, Config config) {
        var row = ROWS.stream().filter(provider -> provider.is(name)).findFirst();
        return row.isEmpty() && config.hasBase(name) ? Optional.of(row(name, CHAT, "http://127.0.0.1/v1").onThisMachine()) : row;
    }
}
