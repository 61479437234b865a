package lib.provider;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.GoogleCredentials;
import lib.dialect.Credential;
import lib.wire.Answer;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Google's application default credentials: the file that GOOGLE_APPLICATION_CREDENTIALS names (a service account, a
/// workload's identity), the one that `gcloud` wrote, or the machine's own identity. Google's library reads the
/// files; it is loaded at the first need. https://cloud.google.com/docs/authentication/application-default-credentials
final class GoogleCredential implements Credential {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform", METADATA = "metadata.google.internal";
    private static final String LOGIN = "run `gcloud auth application-default login`", HOW = "set GOOGLE_APPLICATION_CREDENTIALS to a key file, or " + LOGIN;
    private static final List<String> NAMED = List.of("VERTEXAI_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS");
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Config config;
    private final Function<Ask, Answer> connections;
    private final Token token;
    private volatile String quotaProject = "";

    GoogleCredential(Config config) { this(config, TokenServer.connections(config)::send); }

    /// `connections` lead to Google.
    GoogleCredential(Config config, Function<Ask, Answer> connections) {
        this.config = config;
        this.connections = connections;
        this.token = new Token(config.secrets(), this::fetch);
        if (!named().isEmpty() && !named().startsWith("{") && !Files.isRegularFile(file()))
            throw new ApiError(401, NAMED.stream().filter(name -> config.get(name).equals(named())).findFirst().orElseThrow() + " names a file that is not there; " + HOW);
    }

    /// A user's own calls are charged to a project of its choice. https://cloud.google.com/docs/quotas/set-quota-project
    @Override public Ask signed(Ask ask) {
        var proved = ask.with("authorization", "Bearer " + token.value());
        return quotaProject.isEmpty() ? proved : proved.with("x-goog-user-project", quotaProject);
    }

    @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

    /// Everything is read anew each time, so that who signs in as the error says need not start FreeCC again.
    private Token.Grant fetch() {
        if (named().startsWith("{")) return granted(named());
        if (!Files.isRegularFile(file())) return ofMachine();
        try {
            return granted(Files.readString(file()));
        } catch (IOException e) {
            throw new ApiError(401, file().getFileName() + " cannot be read; " + HOW);
        }
    }

    /// A path, or the JSON itself.
    private String named() { return config.first(NAMED); }

    /// What is named, else where gcloud writes.
    private Path file() {
        if (!named().isEmpty()) return Path.of(named());
        var folder = !config.get("CLOUDSDK_CONFIG").isEmpty() ? Path.of(config.get("CLOUDSDK_CONFIG"))
            : !config.get("APPDATA").isEmpty() ? Path.of(config.get("APPDATA"), "gcloud") : Path.of(config.home(), ".config", "gcloud");
        return folder.resolve("application_default_credentials.json");
    }

    private Token.Grant granted(String json) {
        var how = Json.text(Json.objectIn(json), "type").equals("authorized_user") ? LOGIN : HOW;
        try {
            var credentials = GoogleCredentials.fromStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), () -> new GoogleTransport(connections)).createScoped(SCOPE);
            var given = credentials.refreshAccessToken();
            var own = credentials.getQuotaProjectId() == null ? "" : credentials.getQuotaProjectId();
            quotaProject = config.get("GOOGLE_CLOUD_QUOTA_PROJECT", own);
            return new Token.Grant(given.getTokenValue(), given.getExpirationTime() == null ? Instant.now().plus(Duration.ofMinutes(5)) : given.getExpirationTime().toInstant());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw refused(e, how);
        } catch (ApiError e) {
            throw new ApiError(e.status(), "no token from Google: " + e.getMessage());
        }
    }

    /// What Google answered says more than what the library makes of it.
    private static ApiError refused(Exception e, String how) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof HttpResponseException answer) {
                var body = Json.objectIn(answer.getContent() == null ? "" : answer.getContent());
                var words = String.join(" ", Json.text(body, "error"), Json.text(body, "error_description"), Json.text(body, "error", "message")).strip();
                return answer.getStatusCode() >= 500 ? new ApiError(500, "Google gives no token now (" + answer.getStatusCode() + ")")
                    : new ApiError(401, "Google refuses a token (" + answer.getStatusCode() + "): " + words + "; " + how);
            }
        return new ApiError(401, "no Google credentials: " + e.getMessage() + "; " + how);
    }

    /// https://cloud.google.com/compute/docs/metadata/overview
    private Token.Grant ofMachine() {
        var host = config.get("GCE_METADATA_HOST", METADATA);
        return TokenServer.ofMachine(HOW, PATIENCE).grant(Ask.get("http://" + host + "/computeMetadata/v1/instance/service-accounts/default/token", Map.of("Metadata-Flavor", "Google")));
    }
}
