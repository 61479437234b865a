package lib.provider;

import module java.base;

import lib.access.*;
import lib.cloud.*;

import static lib.access.Dialects.*;
import static lib.quirk.AnthropicQuirks.*;
import static lib.quirk.MessageQuirks.*;
import static lib.quirk.ParameterQuirks.*;
import static lib.quirk.ReasoningQuirks.*;
import static lib.quirk.SearchQuirks.*;
import static lib.quirk.ToolQuirks.*;

/// OpenAI-compatible hosts, one row each: id, name, base URL, and what differs. If a host also offers Anthropic's API, that is
/// an `alternative`, which `{ID}_DIALECT=anthropic` chooses, or `preferred` if it keeps more of what Claude Code sends.
/// Base URLs and variables: the hosts' documentation and LiteLLM's and models.dev's tables, 2026-11.
final class Hosts {
    static final List<Row> ROWS = List.of(
        host("minimax",               "MiniMax",                                       "https://api.minimax.io/v1").preferred(ANTHROPIC, "https://api.minimax.io/anthropic").defaultModels("MiniMax-M3", "MiniMax-M3.1-Flash").autodetect().quirks(REASONING_SPLIT, REASONING_DETAILS_GO_BACK, COMMON_BLOCKS, NO_SERVER_TOOLS, SYSTEM_AS_REMINDER),
        host("kimi_coding",           "Kimi for Coding",                               "https://api.kimi.com/coding/v1", "KIMI_API_KEY").preferred(ANTHROPIC, "https://api.kimi.com/coding").defaultModels("kimi-for-coding", "kimi-for-coding"),
        host("dashscope",             "Alibaba DashScope (Qwen)",                      "https://dashscope-intl.aliyuncs.com/compatible-mode/v1").alias("qwen", "alibaba").alternative(ANTHROPIC, "https://dashscope-intl.aliyuncs.com/apps/anthropic")
            .defaultModels("qwen3.8-max", "qwen3.8-flash").autodetect().quirks(ENABLE_THINKING, AUTO_CHOICE_ONLY, SYSTEM_AS_REMINDER, THINKING_BY_BUDGET, ENABLE_SEARCH, RESPONSES_SEARCH),
        host("qwencloud",             "QwenCloud",                                     "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "QWENCLOUD_API_KEY", "DASHSCOPE_API_KEY").alternative(ANTHROPIC, "https://dashscope-intl.aliyuncs.com/apps/anthropic")
            .defaultModels("qwen3.8-max", "qwen3.8-flash").quirks(ENABLE_THINKING, AUTO_CHOICE_ONLY, SYSTEM_AS_REMINDER, THINKING_BY_BUDGET, ENABLE_SEARCH, RESPONSES_SEARCH),
        host("qwen_ai_platform",      "Qianwen AI Platform (China)",                   "https://dashscope.aliyuncs.com/compatible-mode/v1", "QWEN_AI_PLATFORM_API_KEY", "DASHSCOPE_API_KEY").alternative(ANTHROPIC, "https://dashscope.aliyuncs.com/apps/anthropic")
            .defaultModels("qwen3.8-max", "qwen3.8-flash").quirks(ENABLE_THINKING, AUTO_CHOICE_ONLY, SYSTEM_AS_REMINDER, THINKING_BY_BUDGET, ENABLE_SEARCH, RESPONSES_SEARCH),
        host("volcengine",            "Volcengine Ark (Doubao)",                       "https://ark.cn-beijing.volces.com/api/v3", "VOLCENGINE_API_KEY", "ARK_API_KEY").alias("doubao", "ark").quirks(THINKING_TYPE),
        host("tencent",               "Tencent TokenHub",                              "https://tokenhub.tencentmaas.com/v1").alternative(ANTHROPIC, "https://tokenhub.tencentmaas.com").quirks(THINKING_TYPE),
        host("xiaomi_mimo",           "Xiaomi MiMo",                                   "https://api.xiaomimimo.com/v1").preferred(ANTHROPIC, "https://api.xiaomimimo.com/anthropic").defaultModels("mimo-v2.6-pro", "mimo-v2.6-flash").quirks(THINKING_TYPE, REASONING_GOES_BACK, SYSTEM_AS_REMINDER),
        host("stepfun",               "StepFun",                                       "https://api.stepfun.ai/v1").preferred(ANTHROPIC, "https://api.stepfun.ai"),
        host("siliconflow",           "SiliconFlow",                                   "https://api.siliconflow.com/v1").quirks(ENABLE_THINKING),
        host("modelscope",            "ModelScope",                                    "https://api-inference.modelscope.cn/v1").quirks(ENABLE_THINKING),
        host("meta",                  "Meta Model API",                                "https://api.meta.ai/v1", "META_API_KEY", "META_MODEL_API_KEY").preferred(RESPONSES, "https://api.meta.ai/v1").alternative(ANTHROPIC, "https://api.meta.ai").defaultModels("muse-wonder-1.0", "muse-ember-1.0"),
        host("meta_llama",            "Meta Llama API",                                "https://api.llama.com/compat/v1", "LLAMA_API_KEY").baseVariables("LLAMA_API_BASE").defaultModels("Llama-4-Maverick-17B-128E-Instruct-FP8", "Llama-3.3-8B-Instruct"),
        host("amazon_nova",           "Amazon Nova API",                               "https://api.nova.amazon.com/v1").defaultModels("nova-premier-v1", "nova-lite-v1"),
        host("codestral",             "Codestral (Mistral)",                           "https://codestral.mistral.ai/v1").defaultModels("codestral-latest", "codestral-latest")
            .quirks(NO_STREAM_OPTIONS, NO_NULLS, NINE_LETTER_IDS, NAMED_TOOL_ALONE, NO_USER_AFTER_TOOL, PREFIX_IS_MARKED, NO_TOP_P_WHEN_GREEDY),
        host("morph",                 "Morph",                                         "https://api.morphllm.com/v1", "MORPH_API_KEY").baseVariables("MORPH_API_BASE").defaultModels("morph-v3-large", "morph-v3-fast").quirks(NO_TOOLS),
        host("ai21",                  "AI21",                                          "https://api.ai21.com/studio/v1").alias("ai21_chat").defaultModels("jamba-large-1.7", "jamba-mini-1.7"),
        host("nvidia_nim",            "NVIDIA NIM",                                    "https://integrate.api.nvidia.com/v1", "NVIDIA_NIM_API_KEY", "NVIDIA_API_KEY").keyBegins("nvapi-").alias("nvidia").defaultModels("nvidia/nemotron-3-ultra-550b-a55b", "z-ai/glm-5.3-flash").quirks(TEMPLATE_SWITCH),
        host("sambanova",             "SambaNova",                                     "https://api.sambanova.ai/v1"),
        host("vercel_ai_gateway",     "Vercel AI Gateway",                             "https://ai-gateway.vercel.sh/v1", "VERCEL_AI_GATEWAY_API_KEY", "AI_GATEWAY_API_KEY", "VERCEL_OIDC_TOKEN").keyBegins("vck_").preferred(ANTHROPIC, "https://ai-gateway.vercel.sh").bearerKey()
            .defaultModels("zai/glm-5.3", "zai/glm-5.3-flash").quirks(REASONING_OBJECT, REASONING_DETAILS_GO_BACK),
        host("deepinfra",             "DeepInfra",                                     "https://api.deepinfra.com/v1/openai").alternative(ANTHROPIC, "https://api.deepinfra.com/anthropic").access(Access.BY_FAMILY).quirks(AUTO_CHOICE_ONLY, TOP_K),
        host("novita",                "Novita AI",                                     "https://api.novita.ai/openai").quirks(ENABLE_THINKING),
        host("nebius",                "Nebius Token Factory",                          "https://api.tokenfactory.nebius.com/v1"),
        host("hyperbolic",            "Hyperbolic",                                    "https://api.hyperbolic.xyz/v1"),
        host("lambda_ai",             "Lambda",                                        "https://api.lambda.ai/v1", "LAMBDA_API_KEY").baseVariables("LAMBDA_API_BASE"),
        host("nscale",                "Nscale",                                        "https://inference.api.nscale.com/v1"),
        host("featherless_ai",        "Featherless",                                   "https://api.featherless.ai/v1").baseVariables("FEATHERLESS_API_BASE"),
        host("friendliai",            "FriendliAI",                                    "https://api.friendli.ai/serverless/v1", "FRIENDLIAI_API_KEY", "FRIENDLI_TOKEN").baseVariables("FRIENDLI_API_BASE").quirks(TEMPLATE_SWITCH),
        host("galadriel",             "Galadriel",                                     "https://api.galadriel.com/v1"),
        host("baseten",               "Baseten",                                       "https://inference.baseten.co/v1").defaultModels("zai-org/GLM-5.3", "zai-org/GLM-5.3-Flash").quirks(TEMPLATE_ARGS),
        host("huggingface",           "Hugging Face Inference Providers",              "https://router.huggingface.co/v1", "HF_TOKEN", "HUGGINGFACE_API_KEY").keyBegins("hf_").alias("hf").baseVariables("HUGGINGFACE_API_BASE", "HF_API_BASE").defaultModels("zai-org/GLM-5.3", "zai-org/GLM-5.3-Flash"),
        host("github",                "GitHub Models",                                 "https://models.github.ai/inference", "GITHUB_API_KEY", "GITHUB_TOKEN").keyBegins("ghp_", "github_pat_"),
        host("cloudflare",            "Cloudflare Workers AI",                         "https://api.cloudflare.com/client/v4/accounts/{CLOUDFLARE_ACCOUNT_ID}/ai/v1", "CLOUDFLARE_API_KEY", "CLOUDFLARE_API_TOKEN")
            .alternative(RESPONSES, "https://api.cloudflare.com/client/v4/accounts/{CLOUDFLARE_ACCOUNT_ID}/ai/v1").alternative(ANTHROPIC, "https://api.cloudflare.com/client/v4/accounts/{CLOUDFLARE_ACCOUNT_ID}/ai").bearerKey().access(Access.BY_FAMILY)
            .header("cf-aig-gateway-id", "CLOUDFLARE_GATEWAY_ID").defaultModels("@cf/zai-org/glm-5.3", "@cf/zai-org/glm-5.3-flash"),
        host("cloudflare_ai_gateway", "Cloudflare AI Gateway",                         "https://gateway.ai.cloudflare.com/v1/{CLOUDFLARE_ACCOUNT_ID}/{CLOUDFLARE_GATEWAY_ID}/compat", "CLOUDFLARE_API_TOKEN").keyHeader("cf-aig-authorization", "Bearer ")
            .alternative(ANTHROPIC, "https://gateway.ai.cloudflare.com/v1/{CLOUDFLARE_ACCOUNT_ID}/{CLOUDFLARE_GATEWAY_ID}/anthropic").access(new CloudflareGateway()).defaultModels("workers-ai/@cf/zai-org/glm-5.3", "workers-ai/@cf/zai-org/glm-5.3-flash"),
        host("publicai",              "Public AI",                                     "https://api.publicai.co/v1"),
        host("helicone",              "Helicone AI Gateway",                           "https://ai-gateway.helicone.ai/v1"),
        host("veniceai",              "Venice AI",                                     "https://api.venice.ai/api/v1", "VENICE_AI_API_KEY", "VENICE_API_KEY").alias("venice"),
        host("scaleway",              "Scaleway",                                      "https://api.scaleway.ai/v1", "SCW_SECRET_KEY"),
        host("synthetic",             "Synthetic",                                     "https://api.synthetic.new/openai/v1").alternative(ANTHROPIC, "https://api.synthetic.new/anthropic"),
        host("apertis",               "Apertis (Stima)",                               "https://api.stima.tech/v1", "STIMA_API_KEY"),
        host("nano-gpt",              "NanoGPT",                                       "https://nano-gpt.com/api/v1", "NANOGPT_API_KEY").alias("nanogpt").alternative(ANTHROPIC, "https://nano-gpt.com/api"),
        host("poe",                   "Poe",                                           "https://api.poe.com/v1").alternative(RESPONSES, "https://api.poe.com/v1").alternative(ANTHROPIC, "https://api.poe.com"),
        host("chutes",                "Chutes",                                        "https://llm.chutes.ai/v1").quirks(TOP_K),
        host("abliteration",          "Abliteration",                                  "https://api.abliteration.ai/v1").alternative(ANTHROPIC, "https://api.abliteration.ai").quirks(THINKING_FLAG),
        host("llamagate",             "LlamaGate",                                     "https://api.llamagate.dev/v1"),
        host("gmi",                   "GMI Cloud",                                     "https://api.gmi-serving.com/v1").alternative(ANTHROPIC, "https://api.gmi-serving.com").access(Access.BY_FAMILY),
        host("sarvam",                "Sarvam AI",                                     "https://api.sarvam.ai/v1").quirks(NULL_EFFORT),
        host("assemblyai",            "AssemblyAI LLM Gateway",                        "https://llm-gateway.assemblyai.com/v1"),
        host("charity_engine",        "Charity Engine",                                "https://api.charityengine.services/remotejobs/v2/inference"),
        host("aihubmix",              "AIHubMix",                                      "https://aihubmix.com/v1").alternative(ANTHROPIC, "https://aihubmix.com").access(Access.BY_FAMILY),
        host("crusoe",                "Crusoe",                                        "https://api.inference.crusoecloud.com/v1"),
        host("salad_cloud",           "Salad Cloud",                                   "https://ai.salad.cloud/v1").alias("saladcloud").quirks(TEMPLATE_SWITCH),
        host("wandb",                 "W&B Inference",                                 "https://api.inference.wandb.ai/v1").quirks(TEMPLATE_SWITCH),
        host("ovhcloud",              "OVHcloud AI Endpoints",                         "https://oai.endpoints.kepler.ai.cloud.ovh.net/v1"),
        host("v0",                    "v0 (Vercel)",                                   "https://api.v0.dev/v1"),
        host("inception",             "Inception (Mercury)",                           "https://api.inceptionlabs.ai/v1").defaultModels("mercury-2", "mercury-2"),
        host("clarifai",              "Clarifai",                                      "https://api.clarifai.com/v2/ext/openai/v1", "CLARIFAI_PAT", "CLARIFAI_API_KEY"),
        host("gradient_ai",           "DigitalOcean Gradient AI",                      "https://inference.do-ai.run/v1").alternative(ANTHROPIC, "https://inference.do-ai.run").access(Access.BY_FAMILY),
        host("gradient_ai_agent",     "DigitalOcean Gradient AI, an agent's endpoint", "{GRADIENT_AI_AGENT_ENDPOINT}/api/v1", "GRADIENT_AI_API_KEY"),
        host("heroku",                "Heroku Managed Inference",                      "https://us.inference.heroku.com/v1"),
        host("cometapi",              "CometAPI",                                      "https://api.cometapi.com/v1", "COMETAPI_KEY", "COMETAPI_API_KEY").alternative(RESPONSES, "https://api.cometapi.com/v1").alternative(ANTHROPIC, "https://api.cometapi.com").access(Access.BY_FAMILY),
        host("compactifai",           "CompactifAI (Multiverse)",                      "https://api.compactif.ai/v1"),
        host("aiml",                  "AI/ML API",                                     "https://api.aimlapi.com/v1", "AIML_API_KEY", "AIMLAPI_API_KEY").alias("aimlapi"),
        host("bytez",                 "Bytez",                                         "https://api.bytez.com/models/v2/openai/v1"),
        host("datarobot",             "DataRobot",                                     "https://app.datarobot.com/api/v2/genai/llmgw", "DATAROBOT_API_TOKEN").baseVariables("DATAROBOT_ENDPOINT"),
        host("empower",               "Empower",                                       "https://app.empower.dev/api/v1"),
        host("anyscale",              "Anyscale (its public endpoints are closed)",    "https://api.endpoints.anyscale.com/v1"),
        host("predibase",             "Predibase",                                     "https://serving.app.predibase.com/{PREDIBASE_TENANT_ID}/deployments/v2/llms/{model}/v1", "PREDIBASE_API_KEY", "PREDIBASE_API_TOKEN").access(Access.BY_DEPLOYMENT).quirks(ADAPTER_AS_MODEL),
        host("maritalk",              "Maritaca",                                      "https://chat.maritaca.ai/api", "MARITALK_API_KEY", "MARITACA_API_KEY").alias("maritaca").alternative(RESPONSES, "https://chat.maritaca.ai/api").defaultModels("sabia-4", "sabia-4"),
        host("manus",                 "Manus (an agent)",                              "https://api.manus.im/v1").preferred(RESPONSES, "https://api.manus.im/v1").keyHeader("API_KEY"),
        host("empiriolabs",           "EmpirioLabs",                                   "https://api.empiriolabs.ai/v1"),
        host("scx-ai",                "SCX.ai",                                        "https://api.scx.ai/v1", "SCX_API_KEY").baseVariables("SCX_API_BASE"),
        host("edenai",                "Eden AI",                                       "https://api.edenai.run/v3").alternative(ANTHROPIC, "https://api.edenai.run/v3"),
        host("tensormesh",            "Tensormesh",                                    "https://serverless.tensormesh.ai/v1", "TENSORMESH_INFERENCE_API_KEY", "TENSORMESH_API_KEY"),
        host("darkbloom",             "Darkbloom",                                     "https://api.darkbloom.dev/v1"),
        host("parasail",              "Parasail",                                      "https://api.parasail.io/v1"),
        host("libertai",              "LibertAI",                                      "https://api.libertai.io/v1"),
        host("cognition",             "Cognition",                                     "https://api.cognition.ai/v1"),
        host("neosantara",            "Neosantara",                                    "https://api.neosantara.xyz/v1"),
        host("pinstripes",            "Pinstripes",                                    "https://pinstripes.io/v1"),
        host("nadir",                 "Nadir",                                         "https://api.getnadir.com/v1"),
        host("prism",                 "Prism",                                         "https://api.prisminference.com/v1").alternative(ANTHROPIC, "https://api.prisminference.com"),
        host("cortecs",               "Cortecs",                                       "https://api.cortecs.ai/v1").alternative(ANTHROPIC, "https://api.cortecs.ai"),
        host("sail",                  "Sail Research",                                 "https://api.sailresearch.com/v1").alternative(ANTHROPIC, "https://api.sailresearch.com"),
        host("reka",                  "Reka",                                          "https://api.reka.ai/v1"),
        host("opencode_zen",          "OpenCode Zen",                                  "https://opencode.ai/zen/v1", "OPENCODE_API_KEY").alternative(RESPONSES, "https://opencode.ai/zen/v1").alternative(ANTHROPIC, "https://opencode.ai/zen").access(Access.BY_FAMILY).defaultModels("glm-5.3", "glm-5.3-flash"),
        host("clf_ai_gateway",        "CLF AI Gateway",                                "https://api.clfaigateway.dev/v1"),
        host("ragflow",               "RAGFlow",                                       "{RAGFLOW_API_BASE}").access(Access.BY_ASSISTANT),
        host("gdc",                   "Google Distributed Cloud",                      "{GDC_API_BASE}").unverified(),
        host("openai_like",           "OpenAI-like",                                   "{OPENAI_LIKE_API_BASE}"),
        host("custom_openai",         "Any OpenAI-compatible server",                  "{CUSTOM_OPENAI_API_BASE}"));

    private Hosts() {}

    private static Row host(String id, String name, String base, String... keys) { return Row.row(id, name, CHAT, base, keys); }
}
