package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// IBM watsonx.ai: an address for each region, a project or space that pays, or `deployment/<id>`; and a key that is
/// exchanged for a token. Its variables are LiteLLM's, litellm/llms/watsonx/common_utils.py. https://cloud.ibm.com/apidocs/watsonx-ai
final class Watsonx implements Access {
    private static final List<String> REGION = List.of("WATSONX_REGION", "WX_REGION"), PROJECT = List.of("WATSONX_PROJECT_ID", "WX_PROJECT_ID"),
        SPACE = List.of("WATSONX_DEPLOYMENT_SPACE_ID", "WATSONX_SPACE_ID", "WX_SPACE_ID");
    private static final String IAM = "https://iam.cloud.ibm.com/identity/token", APIKEY = "urn:ibm:params:oauth:grant-type:apikey", DEPLOYMENT = "deployment/";
    private static final String VERSION = "2025-02-11";   // a date: the API's behaviour as of that day

    /// How to speak to a model, by who pays for it: `project_id` or `space_id`, and which; for a deployment nobody needs to.
    interface Tongue {
        Dialect of(String payer, String id, String model);
    }

    private final Tongue tongue;
    private final Identities identities = new Identities(Watsonx::identity);

    Watsonx(Tongue tongue) { this.tongue = tongue; }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var root = base.isEmpty() ? "https://" + host(config) + "/ml/v1" : row.baseOf(base);
        var version = config.get("WATSONX_API_VERSION").isEmpty() ? VERSION : config.get("WATSONX_API_VERSION");
        var path = model.startsWith(DEPLOYMENT) ? "/deployments/" + model.substring(DEPLOYMENT.length()) : "";
        return new Way(dialect(row, config, model), root + path + "?version=" + version, credential(row, config, key), model);
    }

    /// https://github.com/IBM/watsonx-ai-java-sdk, com.ibm.watsonx.ai.CloudRegion
    private static String host(Config config) {
        var region = config.first(REGION).isEmpty() ? "us-south" : config.first(REGION);
        return region.equals("ap-south-1") ? region + ".aws.wxai.ibm.com" : region + ".ml.cloud.ibm.com";
    }

    private Dialect dialect(Provider row, Config config, String model) {
        if (model.startsWith(DEPLOYMENT)) return tongue.of("", "", model);
        if (!config.first(PROJECT).isEmpty()) return tongue.of("project_id", config.first(PROJECT), model);
        if (!config.first(SPACE).isEmpty()) return tongue.of("space_id", config.first(SPACE), model);
        throw ApiError.invalid(row.id() + ": set " + PROJECT.getFirst() + " to your project, or " + SPACE.getFirst() + " to your deployment space");
    }

    private Credential credential(Provider row, Config config, String key) {
        if (!config.get("WATSONX_TOKEN").isEmpty()) return Credential.bearer(config.get("WATSONX_TOKEN"));
        if (!config.get("WATSONX_ZENAPIKEY").isEmpty()) return Credential.header("authorization", "ZenApiKey " + config.get("WATSONX_ZENAPIKEY"));
        if (key.isEmpty()) throw new ApiError(401, "no key for " + row.id() + ": set " + row.keyVariables().getFirst() + ", or WATSONX_TOKEN, or WATSONX_ZENAPIKEY for software of your own");
        return identities.of(config.with("WATSONX_API_KEY", key));
    }

    /// https://cloud.ibm.com/docs/account?topic=account-iamtoken_from_apikey
    private static Credential identity(Config config) {
        var server = new TokenServer(config, "IBM Cloud", "check WATSONX_API_KEY");
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", APIKEY);
        form.put("apikey", config.get("WATSONX_API_KEY"));
        var address = config.get("WATSONX_IAM_URL").isEmpty() ? IAM : config.get("WATSONX_IAM_URL");
        return Token.bearer(() -> server.grant(TokenServer.form(address, Map.of(), form)));
    }

    @Override public boolean isSet(Provider row, Config config) {
        return Access.super.isSet(row, config) || !(config.get("WATSONX_TOKEN") + config.get("WATSONX_ZENAPIKEY")).isEmpty();
    }
}
