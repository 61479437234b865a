package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// The client of a service key: its token from XSUAA, its resource group, and the deployment of the orchestration service,
/// which is looked up once. https://help.sap.com/docs/sap-ai-core/sap-ai-core-service-guide/use-service-key
final class SapCredential implements Credential {
    private static final String HOW = "check AICORE_SERVICE_KEY, or AICORE_CLIENT_ID, AICORE_CLIENT_SECRET and AICORE_AUTH_URL";

    /// The contents of a service key or of the corresponding variables; or a token from elsewhere.
    record Service(String client, String secret, String auth, String api, String token) {
        static Service of(Config config, String key) {
            String client = config.get("AICORE_CLIENT_ID"), secret = config.get("AICORE_CLIENT_SECRET");
            if (key.isEmpty()) return new Service(client, secret, config.get("AICORE_AUTH_URL"), "", "");
            if (!key.startsWith("{") && !key.equals(config.get("AICORE_SERVICE_KEY"))) return new Service("", "", "", "", key);
            var json = Json.objectIn(key);
            var inner = Json.has(json, "credentials") ? Json.at(json, "credentials") : json;
            var service = new Service(Json.text(inner, "clientid"), Json.text(inner, "clientsecret"), Json.text(inner, "url"),
                Json.text(inner, "serviceurls", "AI_API_URL"), "");
            if (service.client.isEmpty()) throw ApiError.invalid("AICORE_SERVICE_KEY is not the JSON of a service key");
            if (service.secret.isEmpty()) throw ApiError.invalid("AICORE_SERVICE_KEY has no clientsecret: "
                + "FreeCC needs a service key with a secret, not with a certificate");
            return service;
        }

        /// The record holds a secret, so it does not print itself.
        @Override public String toString() { return "the client " + client; }
    }

    private final Service service;
    private final String api, group;
    private final TokenServer server;
    private final Upstream upstream;
    private final Token token;
    private String deployment = "";

    SapCredential(Config config, Service service, String api) {
        this.service = service;
        this.api = api;
        this.group = config.get("AICORE_RESOURCE_GROUP", "default");
        this.server = new TokenServer(config, "SAP", HOW);
        this.token = new Token(config.secrets(), this::fetch);
        this.upstream = TokenServer.connections(config);
    }

    @Override public Ask signed(Ask ask) {
        var proven = proven(ask);
        var url = ask.url().toString();
        if (!url.contains(Sap.UNKNOWN + "/")) return proven;
        var known = url.replace(Sap.UNKNOWN + "/", "/inference/deployments/" + deployment() + "/");
        return new Ask(ask.method(), URI.create(known), proven.headers(), ask.body());
    }

    @Override public boolean rejected(Ask refused) { return service.token.isEmpty() && token.rejected(refused); }

    private Ask proven(Ask ask) {
        var bearer = service.token.isEmpty() ? token.value() : service.token;
        return ask.with("authorization", "Bearer " + bearer).with("ai-resource-group", group);
    }

    private Token.Grant fetch() {
        if (service.client.isEmpty() || service.secret.isEmpty() || service.auth.isEmpty())
            throw ApiError.invalid("no key for SAP AI Core: " + HOW);
        var form = TokenServer.fields("grant_type", "client_credentials", "client_id", service.client, "client_secret", service.secret);
        var url = service.auth.replaceFirst("/+$", "").replaceFirst("(/oauth/token)?$", "/oauth/token");
        return server.grant(TokenServer.form(url, Map.of(), form));
    }

    /// The newest running one. https://help.sap.com/docs/sap-ai-core/generative-ai/get-deployment-for-orchestration
    private synchronized String deployment() {
        if (!deployment.isEmpty()) return deployment;
        try (var answer = upstream.send(proven(Ask.get(api + "/lm/deployments?scenarioId=orchestration&status=RUNNING", Map.of())))) {
            var text = answer.text();
            var said = Json.text(Json.objectIn(text), "error", "message") + Json.text(Json.objectIn(text), "message");
            if (!answer.ok()) throw new ApiError(answer.status(), "SAP AI Core did not list its deployments (" + answer.status() + ")"
                + (said.isEmpty() ? "" : ": " + said));
            var newest = Json.list(Json.objectIn(text), "resources").stream()
                .filter(found -> Json.text(found, "scenarioId").equals("orchestration"))
                .max(Comparator.comparing(found -> Json.text(found, "createdAt")));
            deployment = newest.map(found -> Json.text(found, "id")).orElseThrow(() -> new ApiError(404,
                "no deployment of the orchestration service runs in the resource group " + group + ": create one, "
                    + "set AICORE_RESOURCE_GROUP to the group that has one, or set AICORE_ORCHESTRATION_URL to its address"));
            return deployment;
        }
    }
}
