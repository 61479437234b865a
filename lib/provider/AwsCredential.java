package lib.provider;

import lib.dialect.Credential;
import lib.wire.ApiError;
import lib.wire.Ask;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

import java.util.HashMap;

/// Signature Version 4 with AWS's own chain of credentials: environment, profile (also SSO and processes), web
/// identity, container, instance. The SDK's modules do both; they are loaded at the first need.
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
final class AwsCredential implements Credential {
    private static final String HOW = "set AWS_BEARER_TOKEN_BEDROCK, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run `aws sso login`";

    private final String service, region;
    private final AwsCredentialsProvider source;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    AwsCredential(Config config, String service, String region) {
        this.service = service;
        this.region = region;
        this.source = source(config);
    }

    /// Keys in a `.env` file are no part of the process environment, where the SDK looks.
    private static AwsCredentialsProvider source(Config config) {
        var key = config.get("AWS_ACCESS_KEY_ID");
        if (!key.isEmpty()) {
            var secret = config.get("AWS_SECRET_ACCESS_KEY");
            if (secret.isEmpty()) throw new ApiError(401, "AWS_ACCESS_KEY_ID is set, but not AWS_SECRET_ACCESS_KEY");
            var session = config.get("AWS_SESSION_TOKEN");
            return StaticCredentialsProvider.create(session.isEmpty() ? AwsBasicCredentials.create(key, secret) : AwsSessionCredentials.create(key, secret, session));
        }
        var chain = DefaultCredentialsProvider.builder();
        if (!config.get("AWS_PROFILE").isEmpty()) chain.profileName(config.get("AWS_PROFILE"));
        return chain.build();
    }

    @Override public Ask signed(Ask ask) {
        try {
            var credentials = source.resolveCredentials();   // kept and renewed by the SDK
            var request = SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(ask.method())).uri(ask.url());
            ask.headers().forEach(request::putHeader);
            var signed = signer.sign(to -> to.identity(credentials).request(request.build()).payload(ContentStreamProvider.fromByteArray(ask.body()))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service).putProperty(AwsV4HttpSigner.REGION_NAME, region));
            var headers = new HashMap<>(ask.headers());
            signed.request().headers().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values));
            });
            return new Ask(ask.method(), ask.url(), headers, ask.body());
        } catch (SdkException | IllegalStateException e) {
            throw new ApiError(401, "no AWS credentials: " + HOW + " (" + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ")");
        }
    }
}
