package lib.provider;

import com.google.gson.JsonObject;
import lib.dialect.Dialect;
import lib.dialect.Form;
import lib.dialect.TextOnly;
import lib.wire.Json;

import java.util.List;

import static lib.dialect.Limits.NO_TOP_P_WHEN_GREEDY;
import static lib.provider.Dialects.CHAT;

/// Services that only complete a text, each with an API of its own. They serve plain chat, but not Claude Code's own turns,
/// which bring tools.
final class TextServices {
    private static final Dialect COMPLETIONS = new TextOnly(() -> Form.COMPLETIONS), TGI = new TextOnly(() -> Form.TGI);

    static final List<Row> ROWS = List.of(
        text("text-completion-openai",    "OpenAI, text completions",          COMPLETIONS,                          "https://api.openai.com/v1", "OPENAI_API_KEY"),
        text("azure_text",                "Azure OpenAI, text completions",    COMPLETIONS,                          "https://<resource>.openai.azure.com", "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").baseVariables("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyHeader("api-key").access(new Azure.OpenAi(COMPLETIONS, COMPLETIONS)),
        text("text-completion-codestral", "Codestral, fill in the middle",     new TextOnly(() -> Form.INFILL),      "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY").quirks(NO_TOP_P_WHEN_GREEDY),
        text("replicate",                 "Replicate",                         new TextOnly(() -> Form.REPLICATE),   "https://api.replicate.com/v1", "REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        text("sagemaker",                 "Amazon SageMaker (TGI, DJL)",       TGI,                                  "https://runtime.sagemaker.<region>.amazonaws.com").baseVariables("SAGEMAKER_API_BASE", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME").access(new SageMaker(TGI)),
        text("watsonx_text",              "IBM watsonx.ai, text generation",   new TextOnly(() -> Form.IBM),         "https://<region>.ml.cloud.ibm.com/ml/v1", "WATSONX_API_KEY", "WATSONX_APIKEY", "WX_API_KEY")
            .baseVariables("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL").access(new Watsonx(TextServices::ibm)),
        text("nlp_cloud",                 "NLP Cloud",                         new TextOnly(() -> Form.NLP_CLOUD),   "https://api.nlpcloud.io/v1/gpu/{model}").keyHeader("authorization", "Token "),
        text("aleph_alpha",               "Aleph Alpha",                       new TextOnly(() -> Form.ALEPH_ALPHA), "https://api.aleph-alpha.com", "ALEPHALPHA_API_KEY").alternative(CHAT, "https://api.aleph-alpha.com").unverified(),
        text("petals",                    "Petals (its public swarm is down)", new TextOnly(() -> Form.PETALS),      "https://chat.petals.dev/api/v1").local().unverified(),
        text("triton",                    "Triton Inference Server",           new TextOnly(() -> Form.TRITON),      "http://127.0.0.1:8000/v2/models/{model}").local(),
        text("langgraph",                 "LangGraph server",                  new TextOnly(() -> Form.LANGGRAPH),   "http://127.0.0.1:2024").keyHeader("x-api-key").local());

    private TextServices() {}

    /// A deployment has its model and its payer already.
    private static Dialect ibm(Watsonx.Payer payer, String model) {
        var settings = payer.equals(Watsonx.Payer.OF_DEPLOYMENT) ? new JsonObject() : Json.object("model_id", model, payer.field(), payer.id());
        return new TextOnly(() -> Form.IBM, settings);
    }

    private static Row text(String id, String name, Dialect dialect, String base, String... keys) { return Row.row(id, name, dialect, base, keys); }
}
