package lib.provider;

import com.google.auth.oauth2.GoogleCredentials;
import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import lib.wire.Json;
import lib.wire.Proxies;
import lib.wire.Upstream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/// Google's application default credentials: the file that GOOGLE_APPLICATION_CREDENTIALS names (a service account, a
/// workload's identity), the one that `gcloud` wrote, or the machine's own identity. Google's library reads the
/// files; it is loaded at the first need. https://cloud.google.com/docs/authentication/application-default-credentials
final class GoogleCredential {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform", METADATA = "metadata.google.internal";
    private static final String HOW = "set GOOGLE_APPLICATION_CREDENTIALS to a key file, or run `gcloud auth application-default login`";

    private GoogleCredential() {}

    static Credential of(Config config) {
        var token = new Token(source(config));
        return ask -> ask.with("authorization", "Bearer " + token.value());
    }

    private static java.util.function.Supplier<Token.Grant> source(Config config) {
        var named = config.first(java.util.List.of("GOOGLE_APPLICATION_CREDENTIALS", "VERTEXAI_CREDENTIALS"));
        var file = named.isEmpty() ? Path.of(config.home(), ".config", "gcloud", "application_default_credentials.json") : Path.of(named);
        if (Files.isRegularFile(file)) return new OfFile(file)::grant;
        if (!named.isEmpty()) throw new ApiError(401, "GOOGLE_APPLICATION_CREDENTIALS=" + named + ": there is no such file");
        return () -> ofMachine(config);
    }

    /// Keeps the library's object, which knows how to renew itself.
    private static final class OfFile {
        private final GoogleCredentials credentials;

        OfFile(Path file) {
            try (var in = Files.newInputStream(file)) {
                credentials = GoogleCredentials.fromStream(in).createScoped(SCOPE);
            } catch (IOException | IllegalArgumentException e) {
                throw new ApiError(401, "the Google credentials in " + file.getFileName() + " cannot be read: " + e.getMessage() + "; " + HOW);
            }
        }

        Token.Grant grant() {
            try {
                credentials.refresh();
                var token = credentials.getAccessToken();
                var expires = token.getExpirationTime() == null ? Date.from(Instant.now().plusSeconds(300)) : token.getExpirationTime();
                return new Token.Grant(token.getTokenValue(), expires.toInstant());
            } catch (IOException e) {
                throw new ApiError(401, "Google refuses a token: " + e.getMessage() + "; " + HOW);
            }
        }
    }

    /// https://cloud.google.com/compute/docs/metadata/overview
    private static Token.Grant ofMachine(Config config) {
        var host = config.get("GCE_METADATA_HOST").isEmpty() ? METADATA : config.get("GCE_METADATA_HOST");
        var ask = Ask.get("http://" + host + "/computeMetadata/v1/instance/service-accounts/default/token", Map.of("Metadata-Flavor", "Google"));
        try (var answer = new Upstream(new Proxies(_ -> "")).send(ask)) {
            var body = Json.objectIn(answer.text());
            if (!answer.ok() || Json.text(body, "access_token").isEmpty()) throw new ApiError(401, "the machine has no Google identity (" + answer.status() + "); " + HOW);
            return new Token.Grant(Json.text(body, "access_token"), Instant.now().plusSeconds(Json.number(body, "expires_in")));
        } catch (ApiError e) {
            throw e.status() == 401 ? e : new ApiError(401, "no Google credentials: " + HOW);
        }
    }
}
