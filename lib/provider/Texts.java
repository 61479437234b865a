package lib.provider;

import com.google.gson.JsonObject;
import lib.dialect.Dialect;
import lib.dialect.Form;
import lib.dialect.TextOnly;
import lib.wire.Json;

import java.util.List;

import static lib.dialect.Limits.NO_TOP_P_WHEN_GREEDY;
import static lib.provider.Dialects.CHAT;

/// The services that only go on with a text, each in a form of its own. They serve plain chat: Claude Code's own turns
/// bring tools.
final class Texts {
    private static final Dialect COMPLETIONS = new TextOnly(() -> Form.COMPLETIONS), TGI = new TextOnly(() -> Form.TGI);

    static final List<Provider> ROWS = List.of(
        text("text-completion-openai", "OpenAI, text completions", COMPLETIONS, "https://api.openai.com/v1", "OPENAI_API_KEY"),
        text("azure_text", "Azure OpenAI, text completions", COMPLETIONS, "https://<resource>.openai.azure.com", "AZURE_API_KEY", "AZURE_OPENAI_API_KEY").bases("AZURE_API_BASE", "AZURE_OPENAI_ENDPOINT")
            .keyIn("api-key").by(new Azure.OpenAi(COMPLETIONS, COMPLETIONS)),
        text("text-completion-codestral", "Codestral, fill in the middle", new TextOnly(() -> Form.INFILL), "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY").with(NO_TOP_P_WHEN_GREEDY),
        text("replicate", "Replicate", new TextOnly(() -> Form.REPLICATE), "https://api.replicate.com/v1", "REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        text("sagemaker", "Amazon SageMaker (TGI, DJL)", TGI, "https://runtime.sagemaker.<region>.amazonaws.com").bases("SAGEMAKER_API_BASE", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME").by(new SageMaker(TGI)),
        text("watsonx_text", "IBM watsonx.ai, text generation", new TextOnly(() -> Form.IBM), "https://<region>.ml.cloud.ibm.com/ml/v1", "WATSONX_API_KEY", "WATSONX_APIKEY", "WX_API_KEY")
            .bases("WATSONX_API_BASE", "WATSONX_URL", "WX_URL", "WML_URL").by(new Watsonx(Texts::ibm)),
        text("nlp_cloud", "NLP Cloud", new TextOnly(() -> Form.NLP_CLOUD), "https://api.nlpcloud.io/v1/gpu/{model}").keyIn("authorization", "Token "),
        text("aleph_alpha", "Aleph Alpha", new TextOnly(() -> Form.ALEPH_ALPHA), "https://api.aleph-alpha.com", "ALEPHALPHA_API_KEY").also(CHAT, "https://api.aleph-alpha.com").unverified(),
        text("petals", "Petals (its public swarm is down)", new TextOnly(() -> Form.PETALS), "https://chat.petals.dev/api/v1").onThisMachine().unverified(),
        text("triton", "Triton Inference Server", new TextOnly(() -> Form.TRITON), "http://127.0.0.1:8000/v2/models/{model}").onThisMachine(),
        text("langgraph", "LangGraph server", new TextOnly(() -> Form.LANGGRAPH), "http://127.0.0.1:2024").keyIn("x-api-key").onThisMachine());

    private Texts() {}

    /// A deployment knows its model.
    private static Dialect ibm(Watsonx.Payer payer, String model) {
        return new TextOnly(() -> Form.IBM, payer.equals(Watsonx.Payer.OF_DEPLOYMENT) ? new JsonObject() : Json.object("model_id", model, payer.field(), payer.id()));
    }

    private static Provider text(String id, String name, Dialect dialect, String base, String... keys) { return Provider.row(id, name, dialect, base, keys); }
}
