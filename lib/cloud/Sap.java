package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// SAP AI Core: the customer's API and its deployment of the orchestration service, reached with a service key.
/// https://help.sap.com/docs/sap-ai-core/sap-ai-core-service-guide/create-service-key
public final class Sap implements Access {
    private static final String DEPLOYMENTS = "/inference/deployments/";
    /// A placeholder for the deployment's path until its id is known.
    static final String UNKNOWN = DEPLOYMENTS + "orchestration";

    private final Dialect orchestration;

    public Sap(Dialect orchestration) { this.orchestration = orchestration; }

    @Override public Endpoint endpoint(Target target) {
        var config = target.config();
        var service = SapCredential.Service.of(config, target.key());
        var given = target.base().isEmpty() ? service.api() : target.base();
        var id = target.provider().id();
        if (given.isEmpty()) throw ApiError.invalid(id + ": set AICORE_SERVICE_KEY to the JSON of your service key, or set "
            + "AICORE_CLIENT_ID, AICORE_CLIENT_SECRET, AICORE_AUTH_URL and AICORE_BASE_URL");
        var address = BaseUrl.cleaned(given, id).replaceFirst("(/v2)?/completion$", "");
        if (!address.contains(DEPLOYMENTS)) address = address.replaceFirst("(/v2)?$", "/v2") + UNKNOWN;
        var api = address.substring(0, address.indexOf(DEPLOYMENTS));
        var credential = target.credentials().get(List.of(Sap.class, config, api, target.key()),
            () -> new SapCredential(config, service, api));
        return new Endpoint(target.chosenDialect().orElse(orchestration), address, credential, target.model());
    }

    @Override public boolean isSet(Provider provider, Config config) {
        return Access.super.isSet(provider, config) || !config.get("AICORE_CLIENT_ID").isEmpty();
    }
}
