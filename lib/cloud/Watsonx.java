package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// IBM watsonx.ai: each region has a host; a project or space pays, unless the model is `deployment/<id>`. The key is
/// exchanged for a token. The variables are LiteLLM's, litellm/llms/watsonx/common_utils.py. https://cloud.ibm.com/apidocs/watsonx-ai
public final class Watsonx implements Access {
    private static final List<String> REGION = List.of("WATSONX_REGION", "WX_REGION"),
        PROJECT = List.of("WATSONX_PROJECT_ID", "WX_PROJECT_ID"),
        SPACE = List.of("WATSONX_DEPLOYMENT_SPACE_ID", "WATSONX_SPACE_ID", "WX_SPACE_ID");
    private static final String IAM = "https://iam.cloud.ibm.com/identity/token", APIKEY = "urn:ibm:params:oauth:grant-type:apikey",
        DEPLOYMENT = "deployment/";
    private static final String VERSION = "2025-02-11";   // pins the API's behaviour to that date

    /// Who pays: the field `project_id` or `space_id`, and its value.
    public record Payer(String field, String id) {
        /// A deployment has its own payer.
        public static final Payer OF_DEPLOYMENT = new Payer("", "");
    }

    private final BiFunction<Payer, String, Dialect> dialect;

    /// `dialect` creates the dialect for a payer and a model.
    public Watsonx(BiFunction<Payer, String, Dialect> dialect) { this.dialect = dialect; }

    @Override public Endpoint endpoint(Target target) {
        var config = target.config();
        var model = target.model();
        var root = target.base().isEmpty() ? "https://" + host(config) + "/ml/v1" : target.provider().completed(target.base());
        var path = model.startsWith(DEPLOYMENT) ? "/deployments/" + model.substring(DEPLOYMENT.length()) : "";
        var base = root + path + "?version=" + config.get("WATSONX_API_VERSION", VERSION);
        return new Endpoint(dialect.apply(payer(target), model), base, credential(target), model);
    }

    /// https://github.com/IBM/watsonx-ai-java-sdk, com.ibm.watsonx.ai.CloudRegion
    private static String host(Config config) {
        var region = config.first(REGION, "us-south");
        return region.equals("ap-south-1") ? region + ".aws.wxai.ibm.com" : region + ".ml.cloud.ibm.com";
    }

    private static Payer payer(Target target) {
        if (target.model().startsWith(DEPLOYMENT)) return Payer.OF_DEPLOYMENT;
        String project = target.config().first(PROJECT), space = target.config().first(SPACE);
        if (!project.isEmpty()) return new Payer("project_id", project);
        if (!space.isEmpty()) return new Payer("space_id", space);
        throw ApiError.invalid(target.provider().id() + ": set " + PROJECT.getFirst() + " to your project, or "
            + SPACE.getFirst() + " to your deployment space");
    }

    private static Credential credential(Target target) {
        var config = target.config();
        String token = config.get("WATSONX_TOKEN"), zen = config.get("WATSONX_ZENAPIKEY");
        if (!token.isEmpty()) return Credential.bearer(token).from("WATSONX_TOKEN");
        if (!zen.isEmpty()) return Credential.header("authorization", "ZenApiKey " + zen).from("WATSONX_ZENAPIKEY");
        if (target.key().isEmpty()) throw target.noKey("WATSONX_TOKEN, or WATSONX_ZENAPIKEY for software that you host");
        return target.credentials().get(List.of(Watsonx.class, config, target.key()), () -> exchanged(config, target.key()))
            .from(target.keyVariable());
    }

    /// https://cloud.ibm.com/docs/account?topic=account-iamtoken_from_apikey
    private static Credential exchanged(Config config, String key) {
        var server = new TokenServer(config, "IBM Cloud", "check WATSONX_API_KEY");
        var form = TokenServer.fields("grant_type", APIKEY, "apikey", key);
        return Token.bearer(config.secrets(), () -> server.grant(TokenServer.form(config.get("WATSONX_IAM_URL", IAM), Map.of(), form)));
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || !(config.get("WATSONX_TOKEN") + config.get("WATSONX_ZENAPIKEY")).isEmpty();
    }
}
