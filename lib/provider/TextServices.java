package lib.provider;

import module java.base;

import lib.access.*;
import lib.cloud.*;
import lib.cloud.aws.*;
import lib.dialect.text.*;
import lib.json.*;
import lib.route.*;
import lib.subscription.*;

import static lib.access.Dialects.CHAT;
import static lib.quirk.ParameterQuirks.NO_TOP_P_WHEN_GREEDY;

/// Services that only complete a text, each with its own API. They work for plain chat, but not for Claude Code's own
/// requests, which need tools.
final class TextServices {
    private static final Dialect COMPLETIONS = new TextOnly(() -> TextApi.COMPLETIONS), TGI = new TextOnly(() -> TextApi.TGI);

    static final List<Row> ROWS = List.of(
        text("text-completion-openai",    "OpenAI, text completions",          COMPLETIONS,                          "https://api.openai.com/v1", "OPENAI_API_KEY"),
        text("azure_text",                "Azure OpenAI, text completions",    COMPLETIONS,                          "https://<resource>.openai.azure.com", "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").baseVariables("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyHeader("api-key").access(new Azure.OpenAi(COMPLETIONS, COMPLETIONS)),
        text("text-completion-codestral", "Codestral, fill in the middle",     new TextOnly(() -> TextApi.INFILL),      "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY").quirks(NO_TOP_P_WHEN_GREEDY),
        text("replicate",                 "Replicate",                         new TextOnly(() -> TextApi.REPLICATE),   "https://api.replicate.com/v1", "REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        text("sagemaker",                 "Amazon SageMaker (TGI, DJL)",       TGI,                                  "https://runtime.sagemaker.<region>.amazonaws.com").baseVariables("SAGEMAKER_API_BASE", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME").access(new SageMaker(TGI)),
        text("watsonx_text",              "IBM watsonx.ai, text generation",   new TextOnly(() -> TextApi.IBM),         "https://<region>.ml.cloud.ibm.com/ml/v1", "WATSONX_API_KEY", "WATSONX_APIKEY", "WX_API_KEY")
            .baseVariables("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL").access(new Watsonx(TextServices::ibm)),
        text("nlp_cloud",                 "NLP Cloud",                         new TextOnly(() -> TextApi.NLP_CLOUD),   "https://api.nlpcloud.io/v1/gpu/{model}").keyHeader("authorization", "Token "),
        text("aleph_alpha",               "Aleph Alpha",                       new TextOnly(() -> TextApi.ALEPH_ALPHA), "https://api.aleph-alpha.com", "ALEPHALPHA_API_KEY").alternative(CHAT, "https://api.aleph-alpha.com").unverified(),
        text("petals",                    "Petals (its public swarm is down)", new TextOnly(() -> TextApi.PETALS),      "https://chat.petals.dev/api/v1").local().unverified(),
        text("triton",                    "Triton Inference Server",           new TextOnly(() -> TextApi.TRITON),      "http://127.0.0.1:8000/v2/models/{model}").local(),
        text("langgraph",                 "LangGraph server",                  new TextOnly(() -> TextApi.LANGGRAPH),   "http://127.0.0.1:2024").keyHeader("x-api-key").local());

    private TextServices() {}

    /// A deployment includes its model and its payer.
    private static Dialect ibm(Watsonx.Payer payer, String model) {
        var settings = payer.equals(Watsonx.Payer.OF_DEPLOYMENT) ? new JsonObject() : Json.object("model_id", model, payer.field(), payer.id());
        return new TextOnly(() -> TextApi.IBM, settings);
    }

    private static Row text(String id, String name, Dialect dialect, String base, String... keys) { return Row.row(id, name, dialect, base, keys); }
}
