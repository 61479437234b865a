package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Microsoft Entra: a client secret, a workload's federated token, or the machine's managed identity. Three short form
/// posts, where the vendor's library is 44 jars. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
final class EntraCredential implements Credential {
    private static final String AUTHORITY = "https://login.microsoftonline.com", MACHINE = "http://169.254.169.254";
    private static final String HOW = "set AZURE_API_KEY, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or run where a managed identity is";

    private final Config config;
    private final String scope;
    private final Upstream upstream;
    private final Token token = new Token(this::fetch);

    EntraCredential(Config config, String scope) {
        this.config = config;
        this.scope = scope;
        this.upstream = new Upstream(new Proxies(config::get));
    }

    @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token.value()); }

    /// A tenant and a way to prove who asks, without trying a machine's identity.
    static boolean isSet(Config config) {
        return !config.get("AZURE_TENANT_ID").isEmpty() && !config.get("AZURE_CLIENT_ID").isEmpty()
            && !(config.get("AZURE_CLIENT_SECRET") + config.get("AZURE_FEDERATED_TOKEN_FILE")).isEmpty() || !config.get("IDENTITY_ENDPOINT").isEmpty();
    }

    private Token.Grant fetch() {
        if (config.get("AZURE_TENANT_ID").isEmpty()) return ofMachine();
        var form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials", "client_id", config.get("AZURE_CLIENT_ID"), "scope", scope));
        if (config.get("AZURE_CLIENT_SECRET").isEmpty()) {
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", federated());
        } else form.put("client_secret", config.get("AZURE_CLIENT_SECRET"));
        var authority = config.get("AZURE_AUTHORITY_HOST").isEmpty() ? AUTHORITY : config.get("AZURE_AUTHORITY_HOST").replaceFirst("/+$", "");
        return grant(Ask.post(authority + "/" + config.get("AZURE_TENANT_ID") + "/oauth2/v2.0/token",
            Map.of("content-type", "application/x-www-form-urlencoded"), query(form).getBytes(StandardCharsets.UTF_8)));
    }

    private String federated() {
        var file = config.get("AZURE_FEDERATED_TOKEN_FILE");
        try {
            if (!file.isEmpty()) return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new ApiError(401, "AZURE_FEDERATED_TOKEN_FILE=" + file + " cannot be read");
        }
        throw new ApiError(401, "AZURE_TENANT_ID is set, but neither AZURE_CLIENT_SECRET nor AZURE_FEDERATED_TOKEN_FILE");
    }

    private Token.Grant ofMachine() {
        var form = new LinkedHashMap<String, String>();
        var endpoint = config.get("IDENTITY_ENDPOINT");
        form.put("api-version", endpoint.isEmpty() ? "2018-02-01" : "2019-08-01");
        form.put("resource", scope.replace("/.default", ""));
        if (!config.get("AZURE_CLIENT_ID").isEmpty()) form.put("client_id", config.get("AZURE_CLIENT_ID"));
        if (!endpoint.isEmpty()) return grant(Ask.get(endpoint + "?" + query(form), Map.of("X-IDENTITY-HEADER", config.get("IDENTITY_HEADER"))));
        var machine = config.get("AZURE_POD_IDENTITY_AUTHORITY_HOST").isEmpty() ? MACHINE : config.get("AZURE_POD_IDENTITY_AUTHORITY_HOST").replaceFirst("/+$", "");
        return grant(Ask.get(machine + "/metadata/identity/oauth2/token?" + query(form), Map.of("Metadata", "true")));
    }

    private Token.Grant grant(Ask ask) {
        try (var answer = upstream.send(ask)) {
            var body = Json.objectIn(answer.text());
            if (!answer.ok()) throw new ApiError(401, "Entra refuses a token (" + answer.status() + "): "
                + Json.text(body, "error_description").lines().findFirst().orElse(Json.text(body, "error")) + "; " + HOW);
            var seconds = Long.parseLong(Json.spelled(body, "expires_in").isEmpty() ? "300" : Json.spelled(body, "expires_in"));
            return new Token.Grant(Json.text(body, "access_token"), Instant.now().plusSeconds(seconds));
        } catch (ApiError e) {
            throw e.status() == 401 ? e : new ApiError(401, "no token from Entra: " + e.getMessage() + "; " + HOW);
        }
    }

    private static String query(Map<String, String> form) {
        return form.entrySet().stream().map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }
}
