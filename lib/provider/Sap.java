package lib.provider;

import lib.dialect.Credential;
import lib.dialect.Dialect;
import lib.wire.ApiError;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// SAP AI Core: the customer's API by a service key, and in it the deployment of the orchestration service.
/// https://help.sap.com/docs/sap-ai-core/sap-ai-core-service-guide/create-service-key
final class Sap implements Access {
    private static final String DEPLOYMENTS = "/inference/deployments/";
    /// Stands for the deployment until it is known.
    static final String UNKNOWN = DEPLOYMENTS + "orchestration";

    /// What a credential is made of.
    private record Asked(Config config, String api, String key) { }

    private final Dialect orchestration;
    private final Map<Asked, Credential> credentials = new ConcurrentHashMap<>();

    Sap(Dialect orchestration) { this.orchestration = orchestration; }

    @Override public Way way(Provider row, Config config, String model, String base, String key) {
        var service = SapCredential.Service.of(config, key);
        var given = base.isEmpty() ? service.api() : base;
        if (given.isEmpty()) throw new ApiError(401, row.id() + ": set AICORE_SERVICE_KEY to the JSON of your service key, or AICORE_CLIENT_ID, AICORE_CLIENT_SECRET, AICORE_AUTH_URL and AICORE_BASE_URL");
        var address = Surface.cleaned(given, row.id()).replaceFirst("(/v2)?/completion$", "");
        if (!address.contains(DEPLOYMENTS)) address = address.replaceFirst("(/v2)?$", "/v2") + UNKNOWN;
        var api = address.substring(0, address.indexOf(DEPLOYMENTS));
        var credential = credentials.computeIfAbsent(new Asked(config, api, key), _ -> new SapCredential(config, service, api));
        return new Way(row.chosen(config).orElse(orchestration), address, credential, model);
    }

    @Override public boolean isSet(Provider row, Config config) { return Access.super.isSet(row, config) || !config.get("AICORE_CLIENT_ID").isEmpty(); }
}
