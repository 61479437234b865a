package lib.cloud;

import module java.base;

import lib.access.*;
import lib.config.*;
import lib.route.*;
import lib.wire.*;

/// Microsoft Entra: a client secret, a workload's federated token, or the machine's managed identity. Three short form
/// posts; the vendor's library would be 44 jars. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
final class EntraCredential implements Credential {
    private static final String AUTHORITY = "https://login.microsoftonline.com", MACHINE = "http://169.254.169.254";
    private static final String HOW = "set AZURE_API_KEY, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, "
        + "or run where a managed identity is";

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Config config;
    private final String scope;
    private final TokenServer entra, machine;
    private final Token token;

    EntraCredential(Config config, String scope) { this(config, scope, PATIENCE); }

    /// `patience` is for this machine's identity service, which answers quickly or does not exist.
    EntraCredential(Config config, String scope, Duration patience) {
        this.config = config;
        this.scope = config.get("AZURE_SCOPE", scope);
        this.entra = new TokenServer(config, "Entra", HOW);
        this.machine = TokenServer.ofMachine(HOW, patience);
        this.token = new Token(config.secrets(), this::fetch);
    }

    @Override public Ask signed(Ask ask) { return ask.with("authorization", "Bearer " + token.value()); }

    @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

    /// Whether a client with its secret or token is set, or the environment announces a managed identity.
    static boolean isSet(Config config) {
        var proof = config.get("AZURE_CLIENT_SECRET") + config.get("AZURE_FEDERATED_TOKEN_FILE");
        var client = !config.get("AZURE_TENANT_ID").isEmpty() && !config.get("AZURE_CLIENT_ID").isEmpty() && !proof.isEmpty();
        return client || !config.get("IDENTITY_ENDPOINT").isEmpty();
    }

    private Token.Grant fetch() {
        if (config.get("AZURE_TENANT_ID").isEmpty()) return ofMachine();
        var form = TokenServer.fields("grant_type", "client_credentials", "client_id", config.get("AZURE_CLIENT_ID"), "scope", scope);
        if (config.get("AZURE_CLIENT_SECRET").isEmpty()) {
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", federated());
        } else form.put("client_secret", config.get("AZURE_CLIENT_SECRET"));
        return entra.grant(TokenServer.form(authority() + "/" + config.get("AZURE_TENANT_ID") + "/oauth2/v2.0/token", Map.of(), form));
    }

    /// Sovereign clouds have their own.
    private String authority() {
        var given = config.get("AZURE_AUTHORITY_HOST").replaceFirst("/+$", "");
        return given.isEmpty() ? AUTHORITY : given.contains("://") ? given : "https://" + given;
    }

    private String federated() {
        var file = config.get("AZURE_FEDERATED_TOKEN_FILE");
        try {
            if (!file.isEmpty()) return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw ApiError.invalid("cannot read AZURE_FEDERATED_TOKEN_FILE=" + file);
        }
        throw ApiError.invalid("AZURE_TENANT_ID is set, but neither AZURE_CLIENT_SECRET nor AZURE_FEDERATED_TOKEN_FILE");
    }

    private Token.Grant ofMachine() {
        var endpoint = config.get("IDENTITY_ENDPOINT");
        var form = TokenServer.fields("api-version", endpoint.isEmpty() ? "2018-02-01" : "2019-08-01",
            "resource", scope.replace("/.default", ""));
        if (!config.get("AZURE_CLIENT_ID").isEmpty()) form.put("client_id", config.get("AZURE_CLIENT_ID"));
        if (!endpoint.isEmpty()) {
            var secret = Map.of("X-IDENTITY-HEADER", config.get("IDENTITY_HEADER"));
            return machine.grant(Ask.get(endpoint + "?" + TokenServer.query(form), secret));
        }
        var address = config.get("AZURE_POD_IDENTITY_AUTHORITY_HOST", MACHINE).replaceFirst("/+$", "");
        return machine.grant(Ask.get(address + "/metadata/identity/oauth2/token?" + TokenServer.query(form), Map.of("Metadata", "true")));
    }
}
