package lib.cloud.google;

import module java.base;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.GoogleCredentials;

import lib.access.*;
import lib.config.*;
import lib.json.*;
import lib.route.*;
import lib.wire.*;

/// Google's application default credentials: the file that GOOGLE_APPLICATION_CREDENTIALS names (a service account, a
/// workload's identity), the one that `gcloud` wrote, or the machine's own identity. Google's library reads the
/// files; it is loaded when it is first needed. https://cloud.google.com/docs/authentication/application-default-credentials
final class GoogleCredential implements Credential {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform", METADATA = "metadata.google.internal";
    private static final String LOGIN = "run `gcloud auth application-default login`",
        HOW = "set GOOGLE_APPLICATION_CREDENTIALS to a key file, or " + LOGIN;
    private static final List<String> NAMED = List.of("VERTEXAI_CREDENTIALS", "GOOGLE_APPLICATION_CREDENTIALS");
    private static final Duration PATIENCE = Duration.ofSeconds(4), SHORT_LIFE = Duration.ofMinutes(5);

    private final Config config;
    private final Function<Ask, Answer> connections;
    private final Token token;
    private volatile String quotaProject = "";

    GoogleCredential(Config config) { this(config, TokenServer.connections(config)::send); }

    /// `connections` sends requests to Google.
    GoogleCredential(Config config, Function<Ask, Answer> connections) {
        this.config = config;
        this.connections = connections;
        this.token = new Token(config.secrets(), this::fetch);
        if (!named().isEmpty() && !named().startsWith("{") && !Files.isRegularFile(file()))
            throw ApiError.invalid(NAMED.stream().filter(name -> config.get(name).equals(named())).findFirst().orElseThrow()
                + " names a file that does not exist; " + HOW);
    }

    /// A user's calls are charged to the project that they chose. https://cloud.google.com/docs/quotas/set-quota-project
    @Override public Ask signed(Ask ask) {
        var proved = ask.with("authorization", "Bearer " + token.value());
        return quotaProject.isEmpty() ? proved : proved.with("x-goog-user-project", quotaProject);
    }

    @Override public boolean rejected(Ask refused) { return token.rejected(refused); }

    /// The files are read each time, so that a sign-in takes effect without a restart.
    private Token.Grant fetch() {
        if (named().startsWith("{")) return granted(named());
        if (!Files.isRegularFile(file())) return ofMachine();
        try {
            return granted(Files.readString(file()));
        } catch (IOException e) {
            throw ApiError.invalid("cannot read " + file().getFileName() + "; " + HOW);
        }
    }

    /// A path, or the JSON itself.
    private String named() { return config.first(NAMED); }

    /// The named file, or the one that gcloud writes.
    private Path file() {
        if (!named().isEmpty()) return Path.of(named());
        var folder = !config.get("CLOUDSDK_CONFIG").isEmpty() ? Path.of(config.get("CLOUDSDK_CONFIG"))
            : !config.get("APPDATA").isEmpty() ? Path.of(config.get("APPDATA"), "gcloud") : Path.of(config.home(), ".config", "gcloud");
        return folder.resolve("application_default_credentials.json");
    }

    private Token.Grant granted(String json) {
        var how = Json.text(Json.objectIn(json), "type").equals("authorized_user") ? LOGIN : HOW;
        try {
            var file = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
            var credentials = GoogleCredentials.fromStream(file, () -> new GoogleTransport(connections)).createScoped(SCOPE);
            var given = credentials.refreshAccessToken();
            var own = credentials.getQuotaProjectId() == null ? "" : credentials.getQuotaProjectId();
            quotaProject = config.get("GOOGLE_CLOUD_QUOTA_PROJECT", own);
            var expires = given.getExpirationTime();
            return new Token.Grant(given.getTokenValue(), expires == null ? Instant.now().plus(SHORT_LIFE) : expires.toInstant());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw refused(e, how);
        } catch (ApiError e) {
            throw new ApiError(e.status(), "no token from Google: " + e.getMessage());
        }
    }

    /// Google's own answer says more than the library's exception.
    private static ApiError refused(Exception e, String how) {
        for (Throwable cause = e; cause != null; cause = cause.getCause())
            if (cause instanceof HttpResponseException answer) {
                var body = Json.objectIn(answer.getContent() == null ? "" : answer.getContent());
                var error = Json.text(body, "error") + Json.text(body, "error", "message");
                var words = (error + " " + Json.text(body, "error_description")).strip();
                return answer.getStatusCode() >= 500 ? new ApiError(500, "Google cannot issue a token now (" + answer.getStatusCode() + ")")
                    : new ApiError(401, "Google rejected the token request (" + answer.getStatusCode() + "): " + words + "; " + how);
            }
        return ApiError.invalid("no Google credentials: " + e.getMessage() + "; " + how);
    }

    /// https://cloud.google.com/compute/docs/metadata/overview
    private Token.Grant ofMachine() {
        var host = config.get("GCE_METADATA_HOST", METADATA);
        var url = "http://" + host + "/computeMetadata/v1/instance/service-accounts/default/token";
        return TokenServer.ofMachine(HOW, PATIENCE).grant(Ask.get(url, Map.of("Metadata-Flavor", "Google")));
    }
}
