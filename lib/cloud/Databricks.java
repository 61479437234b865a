package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.model.*;
import lib.route.*;
import lib.wire.*;

/// Databricks: a workspace's serving endpoints, or its AI gateway for models named `catalog.schema.model`. Models are served
/// through their maker's own API, which loses least. A service principal's secret is exchanged for a token.
/// https://docs.databricks.com/aws/en/machine-learning/model-serving/score-foundation-models
public final class Databricks implements Access {
    private static final Pattern PLACE = Pattern.compile("/(serving-endpoints|ai-gateway)(/.*)?$"),
        SERVICE = Pattern.compile("^[^./]+\\.[^./]+\\.[^/]+");
    private static final String ID = "DATABRICKS_CLIENT_ID", SECRET = "DATABRICKS_CLIENT_SECRET", HOST = "DATABRICKS_HOST";

    @Override public Endpoint endpoint(Target target) {
        var id = target.provider().id();
        if (target.base().isEmpty())
            throw ApiError.invalid(id + ": set " + HOST + " to the address of your workspace, such as "
                + "https://adb-1234567890123456.7.azuredatabricks.net");
        var given = BaseUrl.cleaned(target.base().contains("://") ? target.base() : "https://" + target.base(), id);
        var workspace = PLACE.matcher(given).replaceFirst("");
        var dialect = target.chosenDialect().orElseGet(() -> dialect(target.model()));
        var gateway = given.contains("/ai-gateway") || SERVICE.matcher(target.model()).matches();
        var base = workspace + (gateway ? "/ai-gateway" : "/serving-endpoints") + path(dialect, gateway);
        return new Endpoint(dialect, base, credential(target.with(target.config().with(HOST, workspace))), target.model());
    }

    /// .../query-anthropic-messages, /query-openai-responses and /query-gemini-api beside the page above.
    private static Dialect dialect(String model) {
        return switch (Family.of(model)) {
            case CLAUDE -> Dialects.ANTHROPIC;
            case GEMINI -> Dialects.GEMINI;
            case GPT, GPT_4, O_SERIES -> Dialects.RESPONSES;
            default -> Dialects.CHAT;
        };
    }

    private static String path(Dialect dialect, boolean gateway) {
        if (dialect == Dialects.ANTHROPIC) return "/anthropic";
        if (dialect == Dialects.GEMINI) return "/gemini/v1beta";
        return gateway ? "/mlflow/v1" : "";
    }

    private static Credential credential(Target target) {
        if (!target.key().isEmpty()) return target.keyCredential();
        if (!isPrincipal(target.config())) throw target.noKey(ID + " and " + SECRET);
        return target.credentials().get(List.of(Databricks.class, target.config()), () -> principal(target.config()))
            .from(ID + " and " + SECRET);
    }

    private static boolean isPrincipal(Config config) { return !config.get(ID).isEmpty() && !config.get(SECRET).isEmpty(); }

    /// https://docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m
    private static Credential principal(Config config) {
        var server = new TokenServer(config, "Databricks", "check " + ID + " and " + SECRET + ", or set DATABRICKS_TOKEN");
        var basic = Base64.getEncoder().encodeToString((config.get(ID) + ":" + config.get(SECRET)).getBytes(StandardCharsets.UTF_8));
        var form = TokenServer.fields("grant_type", "client_credentials", "scope", "all-apis");
        var headers = Map.of("authorization", "Basic " + basic);
        return Token.bearer(config.secrets(), () -> server.grant(TokenServer.form(config.get(HOST) + "/oidc/v1/token", headers, form)));
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return !config.first(provider.baseVariables()).isEmpty() && (Access.super.isSet(provider, config) || isPrincipal(config));
    }
}
